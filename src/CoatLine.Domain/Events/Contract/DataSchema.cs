using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events.Contract;

/// <summary>
/// The JSON Schema of an event's <c>data</c>, made from its record as the serializer reads and writes it: required is
/// what a reader requires, so an event of an older program that has the same version is valid too.
/// </summary>
internal sealed class DataSchema
{
    private readonly DocumentationText _documentation;
    private readonly Type _record;

    private DataSchema(Type record, DocumentationText documentation)
    {
        _record = record;
        _documentation = documentation;
    }

    /// <summary>Makes the schema.</summary>
    /// <exception cref="InvalidOperationException">A field has no description, or a number no unit.</exception>
    public static JsonObject Of(Type record, DocumentationText documentation)
    {
        var making = new DataSchema(record, documentation);
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => making.Describe(context, node),
        };
        var exported = (JsonObject)EventJson.Options.GetJsonSchemaAsNode(record, options);
        JsonObject schema = SchemaNode.Expand(exported);
        RequireUnits(schema, record.Name);
        return schema;
    }

    private JsonObject Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        bool nullable = type != context.TypeInfo.Type;
        JsonObject schema = node as JsonObject ?? [];
        if (type == typeof(RequestId))
        {
            schema["type"] = nullable ? new JsonArray("string", "null") : "string";
            schema["pattern"] = "^[0-9a-f]{16}$";
        }
        else if (type.IsEnum && schema["$ref"] is null)
        {
            schema.Insert(0, "type", nullable ? new JsonArray("string", "null") : "string");
            schema["x-meanings"] = Meanings(type);
        }
        else if (FieldUnits.IsQuantity(type) && schema["$ref"] is null)
        {
            schema["required"] = new JsonArray("value");
        }

        if (context.PropertyInfo is { AttributeProvider: PropertyInfo property } field)
        {
            Type owner = context.Path.Length == 2 ? _record : property.DeclaringType!;
            Put(schema, "description", _documentation.Of(owner, property));
            AddUnit(schema, owner, field.Name);
            AddUnit(schema["items"] as JsonObject, owner, field.Name);
            AddUnit(schema["additionalProperties"] as JsonObject, owner, field.Name);
            FieldRanges.Add(schema, field.Name);
        }
        else if (schema["properties"] is not null)
        {
            Put(schema, "description", _documentation.Of(type));
        }

        return schema;
    }

    private JsonObject Meanings(Type type)
    {
        var meanings = new JsonObject();
        foreach (string name in Enum.GetNames(type))
        {
            meanings[JsonNamingPolicy.SnakeCaseLower.ConvertName(name)] = _documentation.Of(type, name);
        }

        return meanings;
    }

    private static void AddUnit(JsonObject? schema, Type owner, string field)
    {
        if (!SchemaNode.IsNumber(schema))
        {
            return;
        }

        if (FieldUnits.Neighbour(owner, field) is { } neighbour)
        {
            Put(schema!, "x-unit-from", neighbour);
        }
        else if (FieldUnits.Of(owner, field, SchemaNode.Allows(schema, "integer")) is { } unit)
        {
            Put(schema!, "x-unit", unit);
        }
    }

    private static void Put(JsonObject schema, string name, string text)
    {
        schema.Remove(name);
        int at = schema.ContainsKey("type") || schema.ContainsKey("$ref") ? 1 : 0;
        schema.Insert(at, name, text);
        if (name == "description")
        {
            SchemaNode.MarkDeprecated(schema, text);
        }
    }

    private static void RequireUnits(JsonNode? node, string path)
    {
        if (SchemaNode.IsNumber(node) && node!["x-unit"] is null && node["x-unit-from"] is null)
        {
            throw new InvalidOperationException(
                $"{path} is a number without a unit: its name must end in one, or FieldUnits must know it");
        }

        foreach ((string name, JsonNode? member) in node as JsonObject ?? [])
        {
            RequireUnits(member, name == "properties" ? path : $"{path}.{name}");
        }
    }
}
