using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Handshake;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class LineAlarmsTests
{
    private static readonly DateTime At = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<UnitAlarm> told = [];

    [SetUp]
    public void Forget() => told.Clear();

    [Test]
    public async Task Word_OfAUnitWithoutEvents_TellsItsAlarms()
    {
        LineAlarms alarms = await AskedAsync();
        alarms.OnWords([Word(0b1000_0001)]);
        alarms.OnWords([Word(0b1000_0000)]);

        Assert.That(told, Is.EqualTo(new[]
        {
            Alarm("LidOpen", 950, isActive: true),
            Alarm("SlurryTempHi", 500, isActive: true),
            Alarm("LidOpen", 950, isActive: false),
        }));
    }

    [Test]
    public async Task Word_BeforeItIsKnownWhetherThereAreEvents_WaitsForIt()
    {
        var server = new FakeConnection();
        await server.ConnectAsync(CancellationToken.None);
        var alarms = new LineAlarms(server, told.Add);
        alarms.OnWords([Word(1)]);
        Assert.That(told, Is.Empty);
        await alarms.AskAsync(CancellationToken.None);
        Assert.That(told, Is.EqualTo(new[] { Alarm("LidOpen", 950, isActive: true) }));
    }

    [TestCase(0x80000000u)]
    [TestCase(0x40900000u)]
    public async Task Word_ThatIsNotGood_SaysNothing(uint status)
    {
        LineAlarms alarms = await AskedAsync();
        alarms.OnWords([Word(1)]);
        alarms.OnWords(
        [
            new TagChange(new TagAddress("Mixer.Alarm.Word"), new DataValue(Variant.Of(0u), new StatusCode(status))),
        ]);
        Assert.That(told, Has.Count.EqualTo(1), "least of all that the alarm has gone");
    }

    [Test]
    public async Task Unit_WithEvents_TellsByThemAndNotByItsWord()
    {
        LineAlarms alarms = await AskedAsync("Mixer");
        alarms.OnWords([Word(1)]);
        alarms.OnCondition(Condition("Mixer", isActive: true, isAcked: false));
        alarms.OnCondition(Condition("Mixer", isActive: true, isAcked: true));

        Assert.That(told, Is.EqualTo(new[]
        {
            Alarm("LidOpen", 950, isActive: true),
            Alarm("LidOpen", 950, isActive: true) with { IsAcked = true },
        }));
    }

    [Test]
    public async Task Condition_OfAUnitThatTellsByItsWord_IsNotToldTwice()
    {
        LineAlarms alarms = await AskedAsync("Coater");
        alarms.OnWords([Word(1)]);
        alarms.OnCondition(Condition("Mixer", isActive: true, isAcked: false));
        Assert.That(told, Has.Count.EqualTo(1));
    }

    [TestCase("Boiler")]
    [TestCase("")]
    [TestCase("99")]
    public async Task Condition_OfSomethingElse_IsNoAlarmOfTheLine(string source)
    {
        LineAlarms alarms = await AskedAsync("Mixer");
        alarms.OnCondition(Condition(source, isActive: true, isAcked: false));
        Assert.That(told, Is.Empty);
    }

    [Test]
    public async Task Line_WithAWordThatChanges_RaisesItsEvent()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Line.AlarmChanged += told.Add;
        test.Server.Set("Mixer.Alarm.Word", new DataValue(Variant.Of(1u), StatusCodes.Good, At));
        Assert.That(told, Is.EqualTo(new[] { Alarm("LidOpen", 950, isActive: true) }));
    }

    private async Task<LineAlarms> AskedAsync(params string[] withEvents)
    {
        var server = new FakeConnection();
        await server.ConnectAsync(CancellationToken.None);
        foreach (string unit in withEvents)
        {
            server.Alter(new TagAddress(unit), AttributeId.EventNotifier, Variant.Of((byte)1));
        }

        var alarms = new LineAlarms(server, told.Add);
        await alarms.AskAsync(CancellationToken.None);
        return alarms;
    }

    private static TagChange Word(uint word) =>
        new(new TagAddress("Mixer.Alarm.Word"), new DataValue(Variant.Of(word), StatusCodes.Good, At));

    private static UnitAlarm Alarm(string name, int severity, bool isActive) =>
        new(Unit.Mixer, name, severity, isActive, IsAcked: false, At, string.Empty);

    private static ConditionReport Condition(string source, bool isActive, bool isAcked) =>
        new(NodeId.Null, [1], source, "LidOpen", string.Empty, 950, isActive, isAcked, true, At);
}
