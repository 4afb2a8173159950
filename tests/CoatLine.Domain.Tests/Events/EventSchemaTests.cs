using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CoatLine.Domain.Events;
using NJsonSchema.Validation;

namespace CoatLine.Domain.Tests.Events;

public sealed class EventSchemaTests
{
    private const string WriteAnew = "./ops/coatline events schema --out src/CoatLine.Domain/Events/Schemas";

    private static IEnumerable<string> Types => EventCatalog.TypeNames;

    private static string[] Recordings => CommittedContract.Recordings;

    [Test]
    public void Files_AsCommitted_AreWhatTheRecordsSay()
    {
        ImmutableSortedDictionary<string, string> made = CommittedContract.Made().Files();
        Dictionary<string, string> committed = Directory.EnumerateFiles(CommittedContract.Folder, "*.json")
            .ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

        // Of a version that is written no more the schema stays as it was.
        string[] older = [.. EventCatalog.OlderTypeNames.Select(t => t + ".json")];
        string[] differences =
        [
            .. made.Where(m => committed.GetValueOrDefault(m.Key) is { } text && text != m.Value)
                .Select(m => $"{m.Key} differs"),
            .. made.Keys.Except(committed.Keys).Select(f => $"{f} is missing"),
            .. committed.Keys.Except(made.Keys).Except(older).Select(f => $"{f} belongs to no event type"),
            .. older.Except(committed.Keys).Select(f => $"{f}, which is still read, is missing"),
        ];

        Assert.That(
            differences,
            Is.Empty,
            $"The committed schemas are not what the records say: {string.Join("; ", differences)}. "
            + $"Write them anew with '{WriteAnew}', and see src/CoatLine.Domain/Events/VERSIONS.md whether the change "
            + "needs a new version.");
    }

    [TestCaseSource(nameof(Recordings))]
    public void Recording_EveryEvent_IsValid(string recording)
    {
        int events = 0;
        foreach (JsonObject e in CommittedContract.EventsOf(recording))
        {
            AssertValid(e);
            events++;
        }

        Assert.That(events, Is.GreaterThan(300));
    }

    [TestCaseSource(nameof(Recordings))]
    public void Recording_EveryField_IsDescribed(string recording)
    {
        foreach (JsonObject e in CommittedContract.EventsOf(recording))
        {
            AssertDescribed(e);
        }
    }

    [Test]
    public void Fact_OfEveryType_AsWritten_IsValidAndDescribed(
        [ValueSource(nameof(Types))] string type, [Values] bool full)
    {
        ChainedEvent recorded = FactSamples.Recorded(type, full);
        foreach (byte[] document in (byte[][])[recorded.Payload.ToArray(), CloudEvent.WithHash(recorded)])
        {
            JsonObject e = JsonNode.Parse(document)!.AsObject();
            AssertValid(e);
            AssertDescribed(e);
        }
    }

    [TestCaseSource(nameof(Types))]
    public void Fact_OfEveryType_ChangedInAnyPlace_IsRefused(string type)
    {
        JsonObject schema = CommittedContract.Document(type + ".json");
        JsonObject e = JsonNode.Parse(CloudEvent.WithHash(FactSamples.Recorded(type, full: true)))!.AsObject();
        Mutant[] mutants = [.. Mutants.Of(schema, e)];

        Assert.That(
            mutants.Where(m => CommittedContract.Errors(type, m.Document).Count == 0).Select(m => m.What),
            Is.Empty);
        Assert.That(mutants, Has.Length.GreaterThan(80));
    }

    [TestCase("\"temp_degc\":34.9", "\"temp_c\":34.9")]
    [TestCase("\"temp_degc\":34.9", "\"temp_degc\":\"34.9 °C\"")]
    [TestCase("\"temp_degc\":34.9,", "")]
    [TestCase("\"layer\":\"base\"", "\"layer\":\"bottom\"")]
    [TestCase("\"seq\":1", "\"seq\":0")]
    [TestCase("gate-passed.v1", "gate-passed.v2")]
    public void Event_WithOneChange_IsRefused(string good, string bad)
    {
        const string Type = "coatline.temperature-gate-passed.v1";
        string text =
            $$$"""
            {"specversion":"1.0","id":"019b8cbd-af00-7236-a10d-04812fc9472b","source":"/coatline/line-1",
            "type":"{{{Type}}}","subject":"B-2026-0001","time":"2026-01-05T06:00:00.5000000Z",
            "datacontenttype":"application/json","line":"line-1","seq":1,"prevhash":"{{{ChainHash.Zero}}}",
            "data":{"layer":"base","temp_degc":34.9,"limit_degc":35,"waited_s":65.5,
            "step":"base/pre-dilution/02/gate","batch":"B-2026-0001"}}
            """;

        Assert.That(CommittedContract.Errors(Type, JsonNode.Parse(text)!), Is.Empty);
        Assert.That(text, Does.Contain(good));
        Assert.That(CommittedContract.Errors(Type, JsonNode.Parse(text.Replace(good, bad))!), Is.Not.Empty);
    }

    [Test]
    public void Event_WithAFieldOfALaterProgram_IsValid()
    {
        ChainedEvent recorded = FactSamples.Recorded("coatline.batch-released.v1", full: true);
        JsonObject e = JsonNode.Parse(recorded.Payload.Span)!.AsObject();
        e["data"]!["later"] = 1;
        e["traceparent"] = "00";

        AssertValid(e);
    }

    private static void AssertValid(JsonObject e)
    {
        string type = e["type"]!.GetValue<string>();
        ICollection<ValidationError> errors = CommittedContract.Errors(type, e);
        if (errors.Count > 0)
        {
            Assert.Fail($"{type} seq {e["seq"]}: {string.Join("; ", errors.Select(x => $"{x.Path} {x.Kind}"))}\n{e}");
        }
    }

    private static void AssertDescribed(JsonObject e)
    {
        JsonObject schema = CommittedContract.Document(e["type"]!.GetValue<string>() + ".json");
        Assert.That(Unknown(schema, e, "event"), Is.Empty, $"{e["type"]} seq {e["seq"]}");
    }

    private static IEnumerable<string> Unknown(JsonObject schema, JsonNode? value, string path) => value switch
    {
        JsonArray array => array.SelectMany(i => Unknown(schema["items"]!.AsObject(), i, path)),
        JsonObject members when schema["additionalProperties"] is null => members.SelectMany(m =>
            schema["properties"]?[m.Key] is JsonObject member
                ? Unknown(member, m.Value, $"{path}.{m.Key}")
                : [$"{path}.{m.Key}"]),
        _ => [],
    };
}
