using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events.Contract;

/// <summary>
/// The JSON Schema of a whole event, the CloudEvents document in structured mode, with the schema of its <c>data</c>
/// in its place, <c>#/properties/data</c>. One document without references, which every validator can read.
/// </summary>
internal static class EventSchema
{
    /// <summary>The dialect that the schemas are written in; they use nothing that draft-07 reads otherwise.</summary>
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private const string Hash = "^[0-9a-f]{64}$";

    /// <summary>Makes the schema of one event type.</summary>
    /// <param name="type">Type name, <c>coatline.&lt;kebab-name&gt;.v&lt;n&gt;</c>.</param>
    /// <param name="description">What the event says, in words.</param>
    /// <param name="data">The schema of its data.</param>
    public static JsonObject Of(string type, string description, JsonObject data)
    {
        var schema = new JsonObject
        {
            ["$schema"] = Dialect,
            ["$id"] = $"urn:coatline:event:{type}",
            ["title"] = Title(type),
            ["description"] = description,
            ["type"] = "object",
            ["required"] = new JsonArray(
                "specversion", "id", "source", "type", "time", "datacontenttype", "line", "seq", "prevhash", "data"),
            ["properties"] = Attributes(type, data),
        };
        SchemaNode.MarkDeprecated(schema, description);
        return schema;
    }

    /// <summary>The name of a type as words: <c>coatline.batch-held.v1</c> is "Batch held".</summary>
    public static string Title(string type)
    {
        string words = TypeVersion.Parse(type).BareName.Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static JsonObject Attributes(string type, JsonObject data) => new()
    {
        ["specversion"] = Constant("1.0", "Version of CloudEvents."),
        ["id"] = Text(
            "UUIDv7 of the event. The same id is the same event, however often it arrives.",
            "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"),
        ["source"] = Text("The line as a path.", $"^/coatline/[a-z0-9-]{{1,{LineId.MaxLength}}}$"),
        ["type"] = Constant(type, "Event type and version."),
        ["subject"] = new JsonObject
        {
            ["type"] = "string",
            ["minLength"] = 1,
            ["description"] = "Batch id. Absent in a fact of the line itself.",
        },
        ["time"] = new JsonObject
        {
            ["type"] = "string",
            ["format"] = "date-time",
            ["description"] = "When it was recorded: line time, UTC. A simulated line has a time of its own.",
        },
        ["datacontenttype"] = Constant("application/json", "Media type of data."),
        ["line"] = Text("The line that recorded it.", $"^[a-z0-9-]{{1,{LineId.MaxLength}}}$"),
        ["seq"] = new JsonObject
        {
            ["type"] = "integer",
            ["x-unit"] = FieldUnits.PureNumber,
            ["minimum"] = 1,
            ["description"] = "Sequence number in the line, from 1, without gaps: a missing one was missed.",
        },
        ["prevhash"] = Text("Hash of the event before it; 64 zeros in the first one.", Hash),
        ["hash"] = Text(
            "Hash of this event, which covers the document without it. On the exchange always; absent in the stored "
            + "bytes, which cannot hold their own hash.",
            Hash),
        ["data"] = data,
    };

    private static JsonObject Constant(string value, string description) => new()
    {
        ["type"] = "string",
        ["const"] = value,
        ["description"] = description,
    };

    private static JsonObject Text(string description, string pattern) => new()
    {
        ["type"] = "string",
        ["pattern"] = pattern,
        ["description"] = description,
    };
}
