using System.Collections.Concurrent;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;
using CoatLine.Simulator.Log;
using CoatLine.Simulator.Tags;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Simulator.Tests.Serving;

/// <summary>The line as a client sees it, over a real connection; the test moves line time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RoundTripTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider lineTime = new(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource bound = new(Patience);
    private readonly ConcurrentDictionary<string, object?> seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim changed = new(0);
    private readonly SimulatedLine line;
    private UaClient? client;
    private ushort index;

    public RoundTripTests() =>
        line = new SimulatedLine(new SimulatorOptions { AllowInsecure = true }, lineTime, TimeProvider.System);

    [SetUp]
    public async Task Connect()
    {
        await line.StartAsync(bound.Token);
        client = await UaClient.ConnectAsync(
            new UaClientOptions { EndpointUrl = line.EndpointUrl, AllowInsecure = true },
            TimeProvider.System, bound.Token);
        index = client.NamespaceIndex("urn:coatline:plc-tags:1")!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisposeAsync();
        }

        await line.DisposeAsync();
        bound.Dispose();
        changed.Dispose();
    }

    [Test]
    public async Task Server_EveryTagOfTheContract_IsFoundByPathAndGood()
    {
        TagDefinition[] tags = [.. TagTable.Load().Tags];
        ResolvedPath[] paths = await client!.TranslateAsync(
            [.. tags.Select(t => BrowsePath.Of(new NodeId(85), [.. Names(t)]))], bound.Token);
        DataValue[] values = await client.ReadAsync([.. paths.Select(p => p.NodeId)], bound.Token);

        Assert.Multiple(() =>
        {
            for (int i = 0; i < tags.Length; i++)
            {
                Assert.That(paths[i].NodeId, Is.EqualTo(Node(tags[i].NodeId)), tags[i].NodeId);
                Assert.That(values[i].Status.IsGood, tags[i].NodeId);
                Assert.That(values[i].Value.Value, Is.InstanceOf(tags[i].ValueType), tags[i].NodeId);
            }
        });
    }

    [Test]
    public async Task Alarm_OfAFault_IsToldByTheWordAndAsACondition()
    {
        var told = new ConcurrentQueue<AlarmReport>();
        await using UaSubscription subscription = await client!.CreateBatchSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(20) }, _ => { }, bound.Token);
        await subscription.AddItemsAsync(
            [
                MonitoredItemRequest.OfEvents(ObjectIds.Server, AlarmFields.Filter, report =>
                {
                    if (AlarmFields.Read(report.Fields) is { } alarm)
                    {
                        told.Enqueue(alarm);
                        changed.Release();
                    }
                }),
            ],
            bound.Token);
        line.SetAlarm("Dryer", "LelHi", isActive: true);
        await changed.WaitAsync(bound.Token);
        DataValue word = (await client.ReadAsync([Node("Dryer.Alarm.Word")], bound.Token))[0];
        line.SetAlarm("Dryer", "LelHi", isActive: false);
        await changed.WaitAsync(bound.Token);

        Assert.That(word.Value, Is.EqualTo(Variant.Of(1u << 4)));
        Assert.That(
            told.Select(a => (a.SourceName, a.ConditionName, a.Severity, a.IsActive)),
            Is.EqualTo(new[] { ("Dryer", "LelHi", (ushort)850, true), ("Dryer", "LelHi", (ushort)850, false) }));
    }

    [Test]
    public async Task Server_UnitAndRange_AreReadBeneathAnAnalogTag()
    {
        ResolvedPath[] paths = await client!.TranslateAsync(
            [
                BrowsePath.Of(Node("Mixer.Request.RevSpeedSP"), new QualifiedName(0, "EngineeringUnits")),
                BrowsePath.Of(Node("Mixer.Request.RevSpeedSP"), new QualifiedName(0, "EURange")),
            ],
            bound.Token);
        DataValue[] values = await client.ReadAsync([.. paths.Select(p => p.NodeId)], bound.Token);

        var unit = (EUInformation)((ExtensionObject)values[0].Value.Value!).Structure!;
        var range = (UaRange)((ExtensionObject)values[1].Value.Value!).Structure!;
        Assert.That(unit.UnitId, Is.EqualTo(5394509));
        Assert.That(unit.DisplayName.Text, Is.EqualTo("rpm"));
        Assert.That((range.Low, range.High), Is.EqualTo((0.0, 2000.0)));
    }

    [Test]
    public async Task Server_WriteToAReadOnlyTagOrOfAWrongType_IsRefused()
    {
        StatusCode[] results = await client!.WriteAsync(
            [
                WriteValue.Of(Node("Mixer.Active.Id"), Variant.Of(5ul)),
                WriteValue.Of(Node("Mixer.Request.RevSpeedSP"), Variant.Of(2000)),
                WriteValue.Of(Node("Mixer.Request.RevSpeedSP"), Variant.Of(2000.0)),
            ],
            bound.Token);

        Assert.That(results[0], Is.EqualTo(StatusCodes.BadNotWritable));
        Assert.That(results[1], Is.EqualTo(StatusCodes.BadTypeMismatch));
        Assert.That(results[2].IsGood);
    }

    [Test]
    public async Task Line_DrivenOverTheWire_WeighsAndMixesExactlyOnce()
    {
        await WatchAsync("Balance", "Mixer");
        await RunAsync(
            "Balance", 1, 11, ("ContainerId", "J"), ("Material", "cb-40"), ("TargetMass", 3.0), ("Tolerance", 0.03));
        await RunAsync(
            "Balance", 1, 12, ("ContainerId", "J"), ("Material", "nmp"), ("TargetMass", 20.0), ("Tolerance", 0.2));
        var gross = (double)(await client!.ReadAsync([Node("Balance.Result.Gross")], bound.Token))[0].Value.Value!;
        await RunAsync(
            "Mixer", 10, 13, ("ContainerId", "J"), ("RevSpeedSP", 2000.0), ("StepTimeSP", 180.0), ("StageId", 1),
            ("CycleIndex", 1), ("BalanceDial", gross));

        DataValue[] result = await client.ReadAsync(
            [
                Node("Mixer.Result.StepSeconds"), Node("Mixer.Result.EndTime"), Node("Mixer.Active.Id"),
                Node("Mixer.Command.CntrlCmd"),
            ],
            bound.Token);
        Assert.That(result[0].Value.Value, Is.EqualTo(180.0));
        Assert.That(result[0].SourceTimestamp, Is.EqualTo(result[1].Value.Value), "source time is line time");
        Assert.That(result[2].Value.Value, Is.Zero);
        Assert.That(result[3].Value.Value, Is.Zero);
        Assert.That(line.Log.Entries.Count(e => e.What == LogWhat.Completed), Is.EqualTo(3));
    }

    private static (string Name, Variant Value) Parameter((string Name, object Value) parameter) => (
        parameter.Name,
        parameter.Value switch
        {
            double number => Variant.Of(number),
            int number => Variant.Of(number),
            _ => Variant.Of((string)parameter.Value),
        });

    private IEnumerable<QualifiedName> Names(TagDefinition tag)
    {
        string path = tag.Unit == "Line" ? tag.NodeId : "Line." + tag.NodeId;
        return path.Split('.').Select(name => new QualifiedName(index, name));
    }

    private NodeId Node(string tag) => new(index, tag);

    private async Task RunAsync(string unit, int phase, ulong id, params (string Name, object Value)[] parameters)
    {
        WriteValue[] writes =
        [
            .. parameters.Select(Parameter).Select(p => WriteValue.Of(Node($"{unit}.Request.{p.Name}"), p.Value)),
            WriteValue.Of(Node($"{unit}.Request.Phase"), Variant.Of(phase)),
            WriteValue.Of(Node($"{unit}.Request.Epoch"), Variant.Of(1ul)),
            WriteValue.Of(Node($"{unit}.Request.Id"), Variant.Of(id)),
        ];
        Assert.That(await client!.WriteAsync(writes, bound.Token), Has.All.EqualTo(StatusCodes.Good));
        await UntilAsync($"{unit}.Ack.Id", id);
        Assert.That(
            (await client.ReadAsync([Node($"{unit}.Ack.Code")], bound.Token))[0].Value.Value, Is.EqualTo(1));

        await client.WriteAsync(
            [
                WriteValue.Of(Node($"{unit}.Command.Id"), Variant.Of(id)),
                WriteValue.Of(Node($"{unit}.Command.CntrlCmd"), Variant.Of(2)),
            ],
            bound.Token);
        await UntilAsync($"{unit}.State.Current", 3);
        lineTime.Advance(TimeSpan.FromSeconds(300));
        await UntilAsync($"{unit}.Result.Id", id);
    }

    private async Task WatchAsync(params string[] units)
    {
        UaSubscription subscription = await client!.CreateSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(20) },
            change =>
            {
                seen[(string)change.Item.Context!] = change.Value.Value.Value;
                changed.Release();
            },
            bound.Token);
        await subscription.AddItemsAsync(
            [
                .. units.SelectMany(u => new[] { $"{u}.Ack.Id", $"{u}.State.Current", $"{u}.Result.Id" })
                    .Select(tag => new MonitoredItemRequest(Node(tag)) { Context = tag }),
            ],
            bound.Token);
    }

    private async Task UntilAsync(string tag, object wanted)
    {
        while (!wanted.Equals(seen.GetValueOrDefault(tag)))
        {
            await changed.WaitAsync(bound.Token);
        }
    }
}
