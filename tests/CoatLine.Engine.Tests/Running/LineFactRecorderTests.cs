using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Faults.Line;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Engine.Tests.Running;

public sealed class LineFactRecorderTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 6, 7, 8, TimeSpan.Zero);

    [Test]
    public async Task Alarm_ThatComesIsAcknowledgedAndGoes_IsThreeFacts()
    {
        IReadOnlyList<BatchEvent> facts = await RecordAsync(line =>
        {
            line.Report(Alarm(isActive: true, isAcked: false));
            line.Report(Alarm(isActive: true, isAcked: true));
            line.Report(Alarm(isActive: false, isAcked: true));
        });

        Assert.That(facts, Is.EqualTo(new BatchEvent[]
        {
            new AlarmRaised("", Unit.Mixer, "LidOpen", 950, At, "lid"),
            new AlarmAcknowledged("", Unit.Mixer, "LidOpen", 950, At),
            new AlarmCleared("", Unit.Mixer, "LidOpen", 950, At),
        }));
    }

    [Test]
    public async Task Alarm_ReportedAgainByARefresh_IsOneFact()
    {
        IReadOnlyList<BatchEvent> facts = await RecordAsync(line =>
        {
            line.Report(Alarm(isActive: true, isAcked: false));
            line.Report(Alarm(isActive: true, isAcked: false));
        });

        Assert.That(facts, Has.Count.EqualTo(1));
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public async Task Alarm_FirstSeenAcknowledged_IsRaisedOnlyWhenItStands(bool isActive, int count)
    {
        IReadOnlyList<BatchEvent> facts =
            await RecordAsync(line => line.Report(Alarm(isActive, isAcked: true)));

        Assert.That(facts.Count, Is.EqualTo(count));
    }

    [Test]
    public async Task Alarm_OfTheSameNameOnAnotherUnit_IsAnother()
    {
        IReadOnlyList<BatchEvent> facts = await RecordAsync(line =>
        {
            line.Report(Alarm(isActive: true, isAcked: false));
            line.Report(Alarm(isActive: true, isAcked: false) with { Unit = Unit.Coater });
        });

        Assert.That(facts.OfType<AlarmRaised>().Select(f => f.Unit), Is.EqualTo(new[] { Unit.Mixer, Unit.Coater }));
    }

    [Test]
    public async Task Gap_OfReports_IsRecordedWithItsBounds()
    {
        IReadOnlyList<BatchEvent> facts =
            await RecordAsync(line => line.Report(new DataGap(At, At.AddSeconds(8), 3, "the server forgot them")));

        Assert.That(facts, Is.EqualTo(new[]
        {
            new DataGapFound("", At, At.AddSeconds(8), 3, "the server forgot them"),
        }));
    }

    [Test]
    public async Task Facts_OfTheLine_KeepTheChainWhole()
    {
        using var workshop = new Workshop();
        using Journal journal = workshop.OpenJournal();
        await using (NewRecorder(workshop, journal))
        {
            for (int i = 0; i < 500; i++)
            {
                workshop.Line.Report(Alarm(isActive: i % 2 == 0, isAcked: false));
            }
        }

        ChainAssert.IsWhole(journal.Read(0, Journal.MaxRead));
        Assert.That(journal.HeadSeq, Is.EqualTo(500 + 1), "250 times in a moment are a flood, which is a fact too");
    }

    [Test]
    public async Task Reports_AfterTheJournalIsClosed_EndTheRecorderQuietly()
    {
        using var workshop = new Workshop();
        Journal journal = workshop.OpenJournal();
        LineFactRecorder recorder = NewRecorder(workshop, journal);
        journal.Dispose();
        workshop.Line.Report(Alarm(isActive: true, isAcked: false));
        await recorder.DisposeAsync();

        Assert.That(workshop.Events(), Is.Empty);
    }

    [Test]
    public async Task Reports_FasterThanTheyCanBeRecorded_AreAFactThemselves()
    {
        const int tooMany = 7;
        using var workshop = new Workshop();
        using Journal journal = workshop.OpenJournal();
        using var recording = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        journal.Appended += _ =>
        {
            recording.Set();
            mayGoOn.Wait(TimeSpan.FromSeconds(30));
        };
        await using (NewRecorder(workshop, journal))
        {
            workshop.Line.Report(new DataGap(At, At, 1, "one"));
            Assert.That(recording.Wait(TimeSpan.FromSeconds(30)), Is.True);
            for (int i = 0; i < LineFactRecorder.Backlog + tooMany; i++)
            {
                workshop.Line.Report(new DataGap(At, At, 1, "one"));
            }

            mayGoOn.Set();
        }

        DataGapFound[] gaps = [.. journal.Read(0, Journal.MaxRead).Select(EventCatalog.Read).Cast<DataGapFound>()];
        Assert.That(gaps.Count(g => g.Why == "one"), Is.EqualTo(LineFactRecorder.Backlog + 1));
        Assert.That(gaps.Where(g => g.Why != "one").Sum(g => g.LostMessages), Is.EqualTo(tooMany));
    }

    private static LineFactRecorder NewRecorder(Workshop workshop, Journal journal) =>
        new(journal, workshop.Line, workshop.Line.Clock, NullLogger<LineFactRecorder>.Instance);

    private static async Task<IReadOnlyList<BatchEvent>> RecordAsync(Action<InMemoryLine> report)
    {
        using var workshop = new Workshop();
        using (Journal journal = workshop.OpenJournal())
        {
            await using LineFactRecorder recorder = NewRecorder(workshop, journal);
            report(workshop.Line);
        }

        return workshop.Events();
    }

    private static UnitAlarm Alarm(bool isActive, bool isAcked) =>
        new(Unit.Mixer, "LidOpen", 950, isActive, isAcked, At, "lid");
}
