using System.Text;
using System.Text.Json.Nodes;
using CoatLine.Domain.Events;
using CoatLine.Domain.Events.Contract;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Events;

/// <summary>A type whose version was raised twice, as the program would read it that writes version 3.</summary>
public sealed class EventVersionsTests
{
    private const string Name = "coatline.temperature-gate-passed";

    private static readonly KeyValuePair<string, Type>[] Newest =
        [new($"{Name}.v3", typeof(TemperatureGatePassed)), new("coatline.engine-started.v1", typeof(EngineStarted))];

    // Version 1 had kelvins, version 2 degrees Celsius but no waiting time.
    private static readonly EventUpcaster[] Steps =
    [
        new($"{Name}.v1", static data =>
        {
            foreach (string name in (string[])["temp", "limit"])
            {
                data[name + "_degc"] = data[name + "_k"]!.GetValue<decimal>() - 273.15m;
                data.Remove(name + "_k");
            }
        }),
        new($"{Name}.v2", static data => data["waited_s"] = 0),
    ];

    private static readonly EventVersions Versions = new(Newest, Steps);

    private static readonly TemperatureGatePassed Meant =
        new("B-1", "base/gate", SubLayer.Base, 34.9m, 35m, 0m);

    [TestCase("v1", """{"layer":"base","temp_k":308.05,"limit_k":308.15,"step":"base/gate","batch":"B-1"}""")]
    [TestCase("v2", """{"layer":"base","temp_degc":34.9,"limit_degc":35,"step":"base/gate","batch":"B-1"}""")]
    [TestCase(
        "v3", """{"layer":"base","temp_degc":34.9,"limit_degc":35,"waited_s":0,"step":"base/gate","batch":"B-1"}""")]
    public void Read_OfAnyVersion_IsTheNewestRecord(string version, string data)
    {
        ChainedEvent e = Event($"{Name}.{version}", data);
        byte[] before = e.Payload.ToArray();

        Assert.That(Versions.Read(e), Is.EqualTo(Meant));
        Assert.That(e.Payload.ToArray(), Is.EqualTo(before), "stored bytes never change");
    }

    [TestCase($"{Name}.v4", "by a newer program: this one reads temperature-gate-passed up to version 3")]
    [TestCase("coatline.engine-started.v2", "by a newer program: this one reads engine-started up to version 1")]
    [TestCase("coatline.something-else.v1", "which this version does not know")]
    [TestCase("coatline.engine-started.v01", "which this version does not know")]
    [TestCase("engine-started", "which this version does not know")]
    public void Read_OfAVersionNotKnown_SaysWhichAndWhy(string type, string why) =>
        Assert.That(
            () => Versions.Read(Event(type, "{}")),
            Throws.TypeOf<EventFormatException>()
                .With.Message.StartsWith($"event 7 of line-1 is a {type}, ").And.Message.Contains(why));

    [Test]
    public void Read_OfAnOlderVersionWithoutStep_SaysThatNoneLeadsOn()
    {
        EventVersions without = new(Newest, Steps[1..]);

        Assert.That(
            () => without.Read(Event($"{Name}.v1", "{}")),
            Throws.TypeOf<EventFormatException>()
                .With.Message.Contains("no upcaster leads from version 1 of temperature-gate-passed to version 3"));
    }

    [TestCase("v1", """{"layer":"base"}""", "v1: ")]
    [TestCase("v1", """{"temp_k":"warm","limit_k":1}""", "v1: ")]
    [TestCase("v1", """[]""", "v1: ")]
    [TestCase("v2", """{"layer":"base","temp_degc":34.9}""", "v2: ")]
    public void Read_OfAnOlderVersionThatIsDamaged_IsAFormatError(string version, string data, string named) =>
        Assert.That(
            () => Versions.Read(Event($"{Name}.{version}", data)),
            Throws.TypeOf<EventFormatException>()
                .With.Message.Contains($"event 7 of line-1 is not a readable {Name}.{named}"));

    [Test]
    public void Older_OfSteps_AreTheirBeginnings() =>
        Assert.That(Versions.Older, Is.EqualTo([$"{Name}.v1", $"{Name}.v2"]));

    [Test]
    public void Steps_ThatLeadNowhere_AreRefused()
    {
        Assert.That(() => new EventVersions(Newest, Steps[..1]), Throws.ArgumentException.With.Message.Contains("v2"));
        Assert.That(
            () => new EventVersions(Newest, [.. Steps, new EventUpcaster($"{Name}.v3", static _ => { })]),
            Throws.ArgumentException);
        Assert.That(
            () => new EventVersions([.. Newest, new($"{Name}.v2", typeof(EngineStarted))], []),
            Throws.ArgumentException);
    }

    [Test]
    public void Schema_OfADeprecatedType_SaysSo()
    {
        JsonObject old = EventSchema.Of($"{Name}.v1", "Deprecated: see the phases.", []);
        JsonObject current = EventSchema.Of($"{Name}.v2", "The gate was passed.", []);

        Assert.That((bool?)old["deprecated"], Is.True);
        Assert.That(current.ContainsKey("deprecated"), Is.False);
    }

    private static ChainedEvent Event(string type, string data) => new(
        new LineId("line-1"),
        7,
        "id",
        type,
        "B-1",
        DateTimeOffset.UnixEpoch,
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","type":"{{type}}","data":{{data}}}"""),
        ChainHash.Zero,
        ChainHash.Zero);
}
