using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events.Contract;

/// <summary>
/// What readers of events may rely on, made from the records: a JSON Schema (draft 2020-12) for each event type, and an
/// AsyncAPI 3.0 document that refers to them. Immutable and thread-safe.
/// </summary>
public sealed class EventContract
{
    /// <summary>Name of the file that holds the AsyncAPI document.</summary>
    public const string AsyncApiFile = "asyncapi.json";

    /// <summary>Name of the file with the documentation of this assembly; the compiler puts it beside it.</summary>
    public const string DocumentationFile = "CoatLine.Domain.xml";

    private readonly ImmutableSortedDictionary<string, Described> _types;

    private EventContract(ImmutableSortedDictionary<string, Described> types) => _types = types;

    /// <summary>Every event type that is written today, in alphabetical order.</summary>
    public IEnumerable<string> Types => _types.Keys;

    /// <summary>Makes the contract of every type in the <see cref="EventCatalog"/>.</summary>
    /// <param name="documentation">What <see cref="DocumentationFile"/> holds; the descriptions are taken from it.
    /// </param>
    /// <exception cref="System.Xml.XmlException">The documentation is not XML.</exception>
    /// <exception cref="InvalidOperationException">A field of a record has no description, or a number no unit.
    /// </exception>
    public static EventContract Make(Stream documentation)
    {
        var text = new DocumentationText(documentation);
        var types = ImmutableSortedDictionary.CreateBuilder<string, Described>(StringComparer.Ordinal);
        foreach (string type in EventCatalog.TypeNames)
        {
            Type record = EventCatalog.RecordOf(type);
            string description = text.Of(record);
            types[type] = new Described(
                description, EventSchema.Of(type, description, DataSchema.Of(record, text)));
        }

        return new EventContract(types.ToImmutable());
    }

    /// <summary>Whether a type is written today.</summary>
    /// <param name="type">Type name with its version.</param>
    public bool Has(string type) => _types.ContainsKey(type);

    /// <summary>The newest version of a type that is named without prefix and version, e.g. <c>batch-released</c>.
    /// </summary>
    /// <returns>The whole type name; null when there is no such type.</returns>
    public string? Newest(string bareName) => _types.Keys
        .Where(t => TypeVersion.Parse(t).BareName == bareName)
        .MaxBy(static t => TypeVersion.Parse(t).Version);

    /// <summary>What an event of the type says, in words.</summary>
    /// <exception cref="KeyNotFoundException">The type is not written today, see <see cref="Has"/>.</exception>
    public string Describe(string type) => _types[type].Description;

    /// <summary>The schema of a whole event; that of its data is its <c>properties/data</c>. Indented JSON, each line
    /// ended by a line feed.</summary>
    /// <exception cref="KeyNotFoundException">The type is not written today, see <see cref="Has"/>.</exception>
    public string Schema(string type) => Text(_types[type].Schema);

    /// <summary>The AsyncAPI document; it refers to each schema as a file beside it.</summary>
    public string AsyncApiDocument() => Text(AsyncApi.Of(
        typeof(EventContract).Assembly.GetName().Version!.ToString(3),
        [.. _types.Select(static t => (t.Key, t.Value.Description))]));

    /// <summary>Every file by its name: one schema a type, and the AsyncAPI document.</summary>
    public ImmutableSortedDictionary<string, string> Files() => _types.Keys
        .Select(type => KeyValuePair.Create(AsyncApi.FileOf(type), Schema(type)))
        .Append(KeyValuePair.Create(AsyncApiFile, AsyncApiDocument()))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static string Text(JsonObject document)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            // µ and ≤ stay readable; the text goes into no HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            document.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private sealed record Described(string Description, JsonObject Schema);
}
