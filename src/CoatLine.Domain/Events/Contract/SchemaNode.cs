using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events.Contract;

/// <summary>Small questions to a JSON Schema, and its references put in place.</summary>
internal static class SchemaNode
{
    /// <summary>Whether values of a JSON type are allowed by the schema's <c>type</c>.</summary>
    public static bool Allows(JsonNode? schema, string type) => (schema as JsonObject)?["type"] switch
    {
        JsonValue one => one.GetValue<string>() == type,
        JsonArray several => several.Any(t => t!.GetValue<string>() == type),
        _ => false,
    };

    /// <summary>Whether numbers are allowed.</summary>
    public static bool IsNumber(JsonNode? schema) => Allows(schema, "number") || Allows(schema, "integer");

    /// <summary>Marks what is no longer written: its description begins with "Deprecated".</summary>
    public static void MarkDeprecated(JsonObject schema, string description)
    {
        if (description.StartsWith("Deprecated", StringComparison.Ordinal))
        {
            schema["deprecated"] = true;
        }
    }

    /// <summary>
    /// A copy in which what a <c>$ref</c> points to stands where the <c>$ref</c> was; members beside it win. Event
    /// records do not contain themselves, so this ends.
    /// </summary>
    /// <param name="root">The schema that the pointers are relative to.</param>
    public static JsonObject Expand(JsonObject root) => (JsonObject)Expand(root, root)!;

    private static JsonNode? Expand(JsonNode? node, JsonObject root)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Expand(item, root))]);
            case JsonObject schema:
                JsonObject copy = schema["$ref"] is { } reference
                    ? (JsonObject)Expand(Find(root, reference.GetValue<string>()), root)!
                    : [];
                foreach ((string name, JsonNode? member) in schema.Where(static m => m.Key != "$ref"))
                {
                    copy[name] = Expand(member, root);
                }

                return copy;
            default:
                return node?.DeepClone();
        }
    }

    private static JsonNode Find(JsonObject root, string pointer)
    {
        JsonNode at = root;
        foreach (string name in pointer.Split('/').Skip(1))
        {
            at = at[name] ?? throw new InvalidOperationException($"{pointer} points to nothing");
        }

        return at;
    }
}
