using System.Text;
using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine.Tests.Events;

public sealed class EventCatalogTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 6, 0, 0, 500, TimeSpan.Zero);

    private static IEnumerable<Type> FactTypes => typeof(BatchEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(BatchEvent)) && !t.IsAbstract);

    [Test]
    public void Catalogue_AgainstTheAssembly_HasEveryFactUnderItsName()
    {
        IEnumerable<string> expected = FactTypes
            .Select(t => JsonNamingPolicy.KebabCaseLower.ConvertName(t.Name))
            .Order(StringComparer.Ordinal);

        Assert.That(EventCatalog.TypeNames, Has.All.Match(@"^coatline\.[a-z-]+\.v[1-9][0-9]*$"));
        Assert.That(
            EventCatalog.TypeNames.Select(n => n.Split('.')[1]).Order(StringComparer.Ordinal), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(FactTypes))]
    public void Fact_EveryNumber_NamesItsUnit(Type fact)
    {
        string[] plain =
        [
            "RecipeVersion", "JournalHead", "Epoch", "Attempt", "Cycle", "Of", "CyclesPreDilution",
            "CyclesPostDilution", "CoatIndex", "RepumpCount", "TargetRatio", "RelativeUncertainty", "RatioDried",
            "RatioPressed",
            "Severity", "LostMessages", "Alarms", "CheckpointSeq",
        ];
        string[] units =
        [
            "G", "Degc", "S", "Rpm", "MmPerS", "Um", "Mm", "Kpa", "Percent", "Ppm", "UmPerUm", "Mpa", "MpaPerMin", "Mg",
            "Cm2", "MgPerCm2",
        ];

        Assert.That(
            fact.GetProperties()
                .Where(p => IsNumber(p.PropertyType) && !plain.Contains(p.Name))
                .Where(p => !units.Any(u => p.Name.EndsWith(u, StringComparison.Ordinal)))
                .Select(p => p.Name),
            Is.Empty);
    }

    [Test]
    public void Payload_OfAFact_IsACloudEventInSnakeCase()
    {
        ChainedEvent e = Chain(new TemperatureGatePassed(
            "B-2026-0001", "base/pre-dilution/02/gate", SubLayer.Base, 34.9m, 35m, 65.5m));

        Assert.That(Encoding.UTF8.GetString(e.Payload.Span), Is.EqualTo(
            """
            {"specversion":"1.0","id":"ID","source":"/coatline/line-1","type":"coatline.temperature-gate-passed.v1",
            "subject":"B-2026-0001","time":"2026-01-05T06:00:00.5000000Z","datacontenttype":"application/json",
            "line":"line-1","seq":1,"prevhash":"0000000000000000000000000000000000000000000000000000000000000000",
            "data":{"layer":"base","temp_degc":34.9,"limit_degc":35,"waited_s":65.5,
            "step":"base/pre-dilution/02/gate","batch":"B-2026-0001"}}
            """.ReplaceLineEndings("").Replace("ID", e.EventId)));
    }

    [Test]
    public void Payload_OfAFactOfTheLine_HasNoSubject()
    {
        ChainedEvent e = Chain(new EngineStarted("", 3, 17));

        using JsonDocument document = JsonDocument.Parse(e.Payload);
        Assert.That(document.RootElement.TryGetProperty("subject", out _), Is.False);
        Assert.That(EventCatalog.Read(e), Is.EqualTo(new EngineStarted("", 3, 17)));
    }

    [Test]
    public void WithHash_OfAnEvent_IsThePayloadAndItsHash()
    {
        ChainedEvent e = Chain(new EngineStarted("", 3, 17));

        using JsonDocument document = JsonDocument.Parse(CloudEvent.WithHash(e));
        Assert.That(document.RootElement.GetProperty("hash").GetString(), Is.EqualTo(e.Hash.ToString()));
        Assert.That(document.RootElement.GetProperty("data").GetProperty("epoch").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public void Read_UnknownType_SaysWhichEvent()
    {
        ChainedEvent e = Chain(new EngineStarted("", 3, 17)) with { Type = "coatline.engine-started.v9" };

        Assert.That(
            () => EventCatalog.Read(e),
            Throws.TypeOf<EventFormatException>()
                .With.Message.Contains("event 1 of line-1 is a coatline.engine-started.v9")
                .And.Message.Contains("reads engine-started up to version 1"));
    }

    [TestCase("\"epoch\":3,", "")]
    [TestCase("\"epoch\":3", "\"epoch\":\"three\"")]
    [TestCase("\"data\":", "\"date\":")]
    [TestCase("{\"specversion\"", "{{\"specversion\"")]
    public void Read_DamagedPayload_IsAFormatError(string good, string bad)
    {
        ChainedEvent e = Chain(new EngineStarted("", 3, 17));
        e = Altered(e, good, bad);

        Assert.That(() => EventCatalog.Read(e), Throws.TypeOf<EventFormatException>());
    }

    [Test]
    public void Read_FieldOfALaterVersion_IsLeftAlone()
    {
        ChainedEvent e = Chain(new EngineStarted("", 3, 17));
        e = Altered(e, "\"epoch\":3", "\"node\":\"b\",\"epoch\":3");

        Assert.That(EventCatalog.Read(e), Is.EqualTo(new EngineStarted("", 3, 17)));
    }

    private static bool IsNumber(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(decimal) || plain == typeof(double) || plain == typeof(int) || plain == typeof(long)
            || plain == typeof(ulong);
    }

    private static ChainedEvent Altered(ChainedEvent e, string good, string bad) => e with
    {
        Payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(e.Payload.Span).Replace(good, bad)),
    };

    private static ChainedEvent Chain(BatchEvent fact) => CloudEvent.Chain(
        fact, new LineId("line-1"), 1, ChainHash.Zero, EventIdSource.Seeded(1).Next(Now), Now);
}
