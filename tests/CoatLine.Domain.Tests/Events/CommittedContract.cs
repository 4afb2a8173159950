using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CoatLine.Domain.Events.Contract;
using NJsonSchema;
using NJsonSchema.Validation;

namespace CoatLine.Domain.Tests.Events;

/// <summary>The committed schemas, and the recorded events that they must describe.</summary>
internal static class CommittedContract
{
    private static readonly Dictionary<string, JsonSchema> Read = [];

    public static readonly string Folder = Path.Combine(Root(), "src", "CoatLine.Domain", "Events", "Schemas");

    /// <summary>The contract as the records are now.</summary>
    public static EventContract Made()
    {
        using FileStream documentation =
            File.OpenRead(Path.Combine(AppContext.BaseDirectory, EventContract.DocumentationFile));
        return EventContract.Make(documentation);
    }

    public static string[] Recordings => [.. Directory
        .EnumerateFiles(Path.Combine(Root(), "tests", "CoatLine.Engine.Tests", "Recordings"), "*.jsonl")
        .Select(f => Path.GetFileName(f))
        .Order(StringComparer.Ordinal)];

    public static IEnumerable<JsonObject> EventsOf(string recording) => File
        .ReadLines(Path.Combine(Root(), "tests", "CoatLine.Engine.Tests", "Recordings", recording))
        .Select(line => JsonNode.Parse(line)!.AsObject());

    public static JsonObject Document(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

    /// <summary>What is wrong with an event by the schema of its type.</summary>
    public static ICollection<ValidationError> Errors(string type, JsonNode e)
    {
        if (!Read.TryGetValue(type, out JsonSchema? schema))
        {
            JsonObject document = Document(type + ".json");
            ConstAsEnum(document);
            schema = JsonSchema.FromJsonAsync(document.ToJsonString()).GetAwaiter().GetResult();
            Read.Add(type, schema);
        }

        return schema.Validate(e.ToJsonString());
    }

    // The validator reads draft-04 with additions and passes over const, which is an enum of one.
    private static void ConstAsEnum(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return;
        }

        foreach ((_, JsonNode? member) in schema)
        {
            ConstAsEnum(member);
        }

        if (schema["const"] is JsonValue only)
        {
            schema["enum"] = new JsonArray(only.DeepClone());
        }
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
