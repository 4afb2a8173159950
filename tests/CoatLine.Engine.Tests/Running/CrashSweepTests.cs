using CoatLine.Domain.Events;
using CoatLine.Engine.Journaling;
using CoatLine.Faults.Line;

namespace CoatLine.Engine.Tests.Running;

/// <summary>
/// Kills the MES at every journal write (before it, before its commit, after its commit) and at every call to the line
/// (before and after it) of a full Embodiment 4 batch. The killed process leaves the journal's files as they lie on
/// disk at that moment and a line that goes on by itself; a new process then runs the batch to its end. Moments that
/// leave the same files and the same line are one state and are lived on from once.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed class CrashSweepTests
{
    private const int Parts = 4;

    private static readonly TimeSpan ShortDowntime = TimeSpan.Zero;

    // Longer than any phase but drying and pressing, shorter than every pot life.
    private static readonly TimeSpan LongDowntime = TimeSpan.FromMinutes(20);

    [Test]
    public async Task Batch_KilledAtEveryPoint_RunsExactlyThePlannedPhases([Range(0, Parts - 1)] int part)
    {
        List<string> planned = await PlannedAsync();
        using var shop = new Workshop();
        string batch = shop.Create();
        var sweep = new Sweep(shop, batch, planned, part);
        shop.Line.Around = (call, unit, before) =>
            sweep.KillAt($"{(before ? "before" : "after")} {call} {unit}");

        await shop.RunAsync(batch, sweep.KillAt);

        TestContext.Out.WriteLine($"{sweep.Points} points, {sweep.States} states, {sweep.Lives} lives in this part");
        Assert.That(sweep.Points, Is.GreaterThan(1200));
        Assert.That(shop.Line.Log.Select(a => a.What), Is.EqualTo(planned));
    }

    private static async Task<List<string>> PlannedAsync()
    {
        using var shop = new Workshop();
        await shop.RunAsync(shop.Create());
        return [.. shop.Line.Log.Select(a => a.What)];
    }

    private sealed class Sweep(Workshop shop, string batch, List<string> planned, int part)
    {
        private readonly HashSet<string> _states = [];
        private int _commits;

        public int Points { get; private set; }

        public int States => _states.Count;

        public int Lives { get; private set; }

        public void KillAt(JournalMoment moment, string transaction)
        {
            _commits += moment == JournalMoment.AfterCommit ? 1 : 0;
            KillAt($"{moment} of {transaction}", moment == JournalMoment.BeforeCommit);
        }

        /// <summary>Copies what a kill at this very moment would leave, and lives on from the copy.</summary>
        public void KillAt(string point, bool midWrite = false)
        {
            Points++;
            bool isNew = _states.Add($"{_commits} {shop.Line.Fingerprint} {midWrite}");
            if (!isNew || States % Parts != part)
            {
                return;
            }

            Lives++;
            InMemoryLine line = shop.Line.Fork();
            using var survivor = new Workshop(line, starts: 100);
            shop.CopyJournalTo(survivor);
            line.Clock.Advance(Lives % 2 == 0 ? ShortDowntime : LongDowntime);
            BatchOutcome outcome = survivor.RunAsync(batch).GetAwaiter().GetResult();

            Assert.That(outcome, Is.InstanceOf<BatchWasReleased>(), point);
            Assert.That(line.Log.Select(a => a.What), Is.EqualTo(planned), point);
            Assert.That(line.Log.Select(a => a.Id), Is.Unique, point);
            AssertRecord(survivor, point);
        }

        private static void AssertRecord(Workshop survivor, string point)
        {
            using Journal journal = survivor.OpenJournal();
            IReadOnlyList<ChainedEvent> chain = journal.Read(0, Journal.MaxRead);
            ChainAssert.IsWhole(chain);
            List<BatchEvent> events = [.. chain.Select(EventCatalog.Read)];
            Assert.That(
                events.OfType<StepConcluded>().Select(e => (e.GetType(), e.Step)), Is.Unique, point);
            Assert.That(events.OfType<PhaseIntended>().Select(e => e.RequestId), Is.Unique, point);
            Assert.That(events.OfType<MixCycleCompleted>().Count(), Is.EqualTo(34), point);
            Assert.That(events.OfType<EngineStarted>().Select(e => e.Epoch), Is.Ordered.And.Unique, point);
        }
    }
}
