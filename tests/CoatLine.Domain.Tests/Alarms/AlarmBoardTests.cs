using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Tests.Alarms;

public sealed class AlarmBoardTests
{
    private const string Dev = "SpeedDev";
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    // The state diagram of ISA-18.2 as a table: from, what happens, to.
    [TestCase("", "raise", AlarmCondition.Unacknowledged)]
    [TestCase("raise", "ack", AlarmCondition.Acknowledged)]
    [TestCase("raise", "clear", AlarmCondition.ReturnedUnacknowledged)]
    [TestCase("raise", "raise", AlarmCondition.Unacknowledged)]
    [TestCase("raise", "shelve", AlarmCondition.Shelved)]
    [TestCase("raise ack", "clear", AlarmCondition.Normal)]
    [TestCase("raise ack", "raise", AlarmCondition.Unacknowledged)]
    [TestCase("raise ack", "shelve", AlarmCondition.Shelved)]
    [TestCase("raise clear", "ack", AlarmCondition.Normal)]
    [TestCase("raise clear", "raise", AlarmCondition.Unacknowledged)]
    [TestCase("raise clear", "shelve", AlarmCondition.Shelved)]
    [TestCase("raise shelve", "unshelve", AlarmCondition.Unacknowledged)]
    [TestCase("raise shelve", "expire", AlarmCondition.Unacknowledged)]
    [TestCase("raise shelve", "clear", AlarmCondition.Shelved)]
    [TestCase("raise shelve", "raise", AlarmCondition.Shelved)]
    [TestCase("raise shelve clear", "unshelve", AlarmCondition.ReturnedUnacknowledged)]
    [TestCase("raise ack shelve clear", "expire", AlarmCondition.Normal)]
    [TestCase("raise ack shelve clear raise", "expire", AlarmCondition.Unacknowledged)]
    [TestCase("", "clear", AlarmCondition.Normal)]
    [TestCase("", "ack", AlarmCondition.Normal)]
    public void Alarm_InAState_GoesOnAsTheDiagramSays(string before, string happens, AlarmCondition after)
    {
        (AlarmBoard board, DateTimeOffset now) = Play($"{before} {happens}", Dev, 600);
        Assert.That(board.Alarm(Unit.Mixer, Dev)?.ConditionAt(now) ?? AlarmCondition.Normal, Is.EqualTo(after));
    }

    [Test]
    public void UrgentAlarmThatStandsUnacknowledged_IsShown_WhateverHappened()
    {
        string[] events = ["raise", "ack", "clear", "shelve", "unshelve", "expire"];
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string story = string.Join(' ', Enumerable.Range(0, 8).Select(_ => events[random.Next(events.Length)]));
            (AlarmBoard board, DateTimeOffset now) = Play(story, "LidOpen", 950);
            string[] since = [.. story.Split(' ').SkipWhile(e => e != "raise")];
            int raised = Array.LastIndexOf(since, "raise");
            bool stands = raised >= 0 && !since.Skip(raised).Any(e => e is "clear" or "ack");
            Assert.That(
                board.Shown(now).Any(a => a is { Name: "LidOpen", IsActive: true, IsAcked: false }),
                Is.EqualTo(stands),
                story);
        }
    }

    [Test]
    public void Shelf_HasANameAReasonAnEndAndALimit()
    {
        AlarmBoard board = Play("raise", Dev, 799).Board;
        Assert.That(Shelve(board, Dev, "", "why", 1).Refusals.Single(), Is.EqualTo("by: a name is needed"));
        Assert.That(Shelve(board, Dev, "Olga", " ", 1).Refusals.Single(), Is.EqualTo("a reason is needed"));
        Assert.That(Shelve(board, Dev, "Olga", "why", 8.01).Refusals.Single(), Does.Contain("at most 8 h, not 8.01 h"));
        Assert.That(Shelve(board, Dev, "Olga", "why", 0).Refusals, Is.Not.Empty);
        Assert.That(Shelve(board, Dev, "Olga", "why", 8).Refusals, Is.Empty);
        Assert.That(Shelve(board, "Imbalance", "Olga", "why", 1).Refusals.Single(), Does.Contain("has no alarm"));
        Assert.That(
            Shelve(Play("raise", "LidOpen", 800).Board, "LidOpen", "Olga", "why", 1).Refusals.Single(),
            Is.EqualTo("severity 800 is 800 or above: it is never shelved"));
    }

    [Test]
    public void FirstAlarmOfAUnit_IsMarked_UntilNoneStands()
    {
        AlarmBoard board = Raised(Raised(AlarmBoard.Empty, Unit.Press, "PressureDrop"), Unit.Press, "TempDev");
        board = Raised(board, Unit.Dryer, "DoorOpen");
        Assert.That(
            board.Alarms.Values.Where(a => a.IsFirstOut).Select(a => a.Name),
            Is.EquivalentTo(new[] { "PressureDrop", "DoorOpen" }));
    }

    [TestCase(10, 0)]
    [TestCase(11, 1)]
    public void Flood_IsMoreThanTenInTenMinutes_AndEndsBelowFive(int alarms, int floods)
    {
        var flood = new AlarmFlood();
        BatchEvent[] found =
        [
            .. Enumerable.Range(0, alarms)
                .Select(i => flood.Take(Raise(Unit.Mixer, $"A{i}", Now.AddSeconds(i))))
                .OfType<BatchEvent>(),
        ];
        Assert.That(found, Has.Length.EqualTo(floods));
        Assert.That(flood.Pass(Now.AddMinutes(9)), Is.Null, "it stands as long as they are so many");
        BatchEvent? over = flood.Pass(Now.AddMinutes(11));
        Assert.That(over is AlarmFloodEnded, Is.EqualTo(floods == 1));
        if (over is AlarmFloodEnded ended)
        {
            Assert.That(((AlarmFloodBegan)found[0]).FirstAlarm, Is.EqualTo("A0"));
            Assert.That(ended.Alarms, Is.EqualTo(alarms));
        }
    }

    [Test]
    public void KeptAlarm_IsReadAsItWas()
    {
        AlarmState alarm = Play("raise shelve", Dev, 600).Board.Alarm(Unit.Mixer, Dev)!;
        Assert.That(AlarmText.ToAlarm(AlarmText.Of(alarm)), Is.EqualTo(alarm));
        Assert.That(() => AlarmText.ToAlarm("null"), Throws.InstanceOf<FormatException>());
    }

    private static (AlarmBoard Board, DateTimeOffset Now) Play(string story, string name, int severity)
    {
        AlarmBoard board = AlarmBoard.Empty;
        DateTimeOffset now = Now;
        foreach (string what in story.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            now = what == "expire" ? now.AddHours(9) : now.AddSeconds(1);
            board = (what switch
            {
                "raise" => [new AlarmRaised("", Unit.Mixer, name, severity, now, "")],
                "clear" => [new AlarmCleared("", Unit.Mixer, name, severity, now)],
                "ack" => AlarmDecisions.Acknowledge(board, Unit.Mixer, name, "Olga", "", now).Facts,
                "shelve" => Shelve(board, name, "Olga", "why", 8, now).Facts,
                "unshelve" => AlarmDecisions.Unshelve(board, Unit.Mixer, name, "Olga", now).Facts,
                _ => AlarmDecisions.Expire(board, now),
            }).Aggregate(board, static (b, fact) => b.Apply(fact));
        }

        return (board, now);
    }

    private static FactsOrRefusals Shelve(
        AlarmBoard board, string name, string by, string reason, double hours, DateTimeOffset? now = null) =>
        AlarmDecisions.Shelve(board, Unit.Mixer, name, by, reason, TimeSpan.FromHours(hours), now ?? Now);

    private static AlarmRaised Raise(Unit unit, string name, DateTimeOffset at) => new("", unit, name, 700, at, "");

    private static AlarmBoard Raised(AlarmBoard board, Unit unit, string name) => board.Apply(Raise(unit, name, Now));
}
