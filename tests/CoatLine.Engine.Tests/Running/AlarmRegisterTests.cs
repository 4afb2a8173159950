using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Engine.Tests.Running;

public sealed class AlarmRegisterTests
{
    [Test]
    public async Task Alarm_RaisedShelvedAndAcknowledged_IsTheSameAfterARestart_AndAfterItsRowsAreGone()
    {
        using var shop = new Workshop();
        using (Journal journal = shop.OpenJournal())
        {
            await Reported(
                shop, journal, Alarm("SpeedDev", 600, isActive: true), Alarm("LidOpen", 950, isActive: true));
            var register = new AlarmRegister(journal, shop.Line.Clock);
            Assert.That(
                register.Shelve(Unit.Mixer, "SpeedDev", "Olga", "known", TimeSpan.FromHours(1)).Refusals, Is.Empty);
            Assert.That(register.Acknowledge(Unit.Mixer, "LidOpen", "Olga", "closing it").Refusals, Is.Empty);
            Assert.That(register.Acknowledge(Unit.Mixer, "LidOpen", "Olga", "").Refusals, Is.Not.Empty);
            journal.Confirm(journal.HeadSeq, journal.HeadHash);
            Assert.That(journal.Read(0, 10), Is.Empty, "facts of the line are retired with the ledger's word");
        }

        using Journal again = shop.OpenJournal();
        DateTimeOffset now = shop.Line.Clock.GetUtcNow();
        Assert.That(again.Alarms.Alarm(Unit.Mixer, "SpeedDev")!.ConditionAt(now), Is.EqualTo(AlarmCondition.Shelved));
        Assert.That(
            again.Alarms.Alarm(Unit.Mixer, "LidOpen")!.ConditionAt(now), Is.EqualTo(AlarmCondition.Acknowledged));
        long head = again.HeadSeq;
        await Reported(shop, again, Alarm("LidOpen", 950, isActive: true));
        Assert.That(again.HeadSeq, Is.EqualTo(head), "an alarm that stood before the restart is not raised again");
    }

    [Test]
    public async Task Shelf_ThatExpires_IsRecordedAndTheAlarmIsShownAgain()
    {
        using var shop = new Workshop();
        using Journal journal = shop.OpenJournal();
        await Reported(shop, journal, Alarm("SpeedDev", 600, isActive: true));
        new AlarmRegister(journal, shop.Line.Clock)
            .Shelve(Unit.Mixer, "SpeedDev", "Olga", "known", TimeSpan.FromHours(1));
        Assert.That(journal.Alarms.Shown(shop.Line.Clock.GetUtcNow()), Is.Empty);

        shop.Line.Clock.Advance(TimeSpan.FromHours(2));
        await Reported(shop, journal, Alarm("DoorOpen", 700, isActive: true));

        AlarmUnshelved back = Workshop.EventsOf(journal).OfType<AlarmUnshelved>().Single();
        Assert.That((back.Alarm, back.By), Is.EqualTo(("SpeedDev", (string?)null)));
        Assert.That(
            journal.Alarms.Shown(shop.Line.Clock.GetUtcNow()).Select(a => a.Name),
            Is.EqualTo(new[] { "DoorOpen", "SpeedDev" }));
    }

    [Test]
    public async Task Flood_IsOneFactThatNamesTheFirstAlarm()
    {
        using var shop = new Workshop();
        using Journal journal = shop.OpenJournal();
        await Reported(
            shop, journal, [.. Enumerable.Range(0, 30).Select(i => Alarm($"A{i}", 700, isActive: true))]);
        AlarmFloodBegan flood = Workshop.EventsOf(journal).OfType<AlarmFloodBegan>().Single();
        Assert.That((flood.FirstAlarm, flood.Alarms), Is.EqualTo(("A0", 11)));
        Assert.That(journal.Alarms.Flood, Is.EqualTo(flood));
    }

    private static UnitAlarm Alarm(string name, int severity, bool isActive) =>
        new(Unit.Mixer, name, severity, isActive, IsAcked: false, At, "");

    private static readonly DateTimeOffset At = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private static async Task Reported(Workshop shop, Journal journal, params UnitAlarm[] alarms)
    {
        var recorder = new LineFactRecorder(
            journal, shop.Line, shop.Line.Clock, NullLogger<LineFactRecorder>.Instance);
        foreach (UnitAlarm alarm in alarms)
        {
            shop.Line.Report(alarm);
        }

        await recorder.DisposeAsync();
    }
}
