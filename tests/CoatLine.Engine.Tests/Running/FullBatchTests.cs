using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine.Tests.Running;

public sealed class FullBatchTests
{
    [Test]
    public async Task Embodiment4_UndisturbedLine_IsReleasedWithExactlyItsPhases()
    {
        using var shop = new Workshop();
        string batch = shop.Create();

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome, Is.EqualTo(new BatchWasReleased(batch, Disposition.Accept)));
        List<BatchEvent> events = shop.Events();
        Assert.That(batch, Is.EqualTo("B-2026-0001"));
        Assert.That(events.OfType<MixCycleCompleted>().Count(), Is.EqualTo(34));
        Assert.That(events.OfType<MixCycleCompleted>().Count(e => e.Stage == MixStageKind.PreDilution), Is.EqualTo(24));
        Assert.That(events.OfType<CoatCompleted>().Count(), Is.EqualTo(2));
        Assert.That(events.OfType<DryingCompleted>().Count(), Is.EqualTo(2));
        Assert.That(events.OfType<ProfileRegistered>().Count(), Is.EqualTo(3));
        Assert.That(events.OfType<PressCycleCompleted>().Count(), Is.EqualTo(1));
        Assert.That(events.OfType<QcJudged>().Count(), Is.EqualTo(1));
        Assert.That(events.OfType<BatchReleased>().Count(), Is.EqualTo(1));
        Assert.That(shop.Line.Log.Select(a => a.Id), Is.Unique);
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.MixCycle), Is.EqualTo(34));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.Weigh), Is.EqualTo(11));
    }

    [Test]
    public async Task Embodiment4_Released_RatioIsMeasuredInBothStates()
    {
        using var shop = new Workshop();
        string batch = shop.Create();

        await shop.RunAsync(batch);

        QcJudged qc = shop.Events().OfType<QcJudged>().Single();
        Assert.That(qc.RatioDried, Is.InRange(6m, 7.5m));
        Assert.That(qc.RatioPressed, Is.InRange(6.5m, 8.5m));
        Assert.That(qc.PorosityPercent, Is.InRange(36m, 40m));
    }

    [Test]
    public async Task Embodiment1_SingleLayer_IsReleasedWithoutTopSteps()
    {
        using var shop = new Workshop();
        string batch = shop.Create("embodiment-1");

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome, Is.EqualTo(new BatchWasReleased(batch, Disposition.Accept)));
        List<BatchEvent> events = shop.Events();
        Assert.That(events.OfType<MixCycleCompleted>().Count(), Is.EqualTo(17));
        Assert.That(events.OfType<CoatCompleted>().Count(), Is.EqualTo(1));
        Assert.That(events.OfType<GapPlanned>(), Is.Empty);
    }

    [Test]
    public async Task Batch_Run_EveryIntentIsDurableBeforeItsUnitIsAsked()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using Journal journal = shop.OpenJournal();
        BatchEngine engine = shop.Start(journal);
        List<ulong> intended = [];
        journal.Appended += e =>
        {
            if (EventCatalog.Read(e) is PhaseIntended intent)
            {
                intended.Add(intent.RequestId.Value);
            }
        };
        int asked = 0;
        shop.Line.Around = (call, unit, before) =>
        {
            if (call == "request" && before)
            {
                asked++;
                Assert.That(intended, Has.Count.EqualTo(asked), $"before request {asked} to {unit}");
            }
        };

        await engine.RunAsync(batch, CancellationToken.None);

        Assert.That(asked, Is.EqualTo(shop.Line.Log.Count));
    }

    [Test]
    public async Task Journal_OfAFullBatch_IsOneWholeChain()
    {
        using var shop = new Workshop();
        await shop.RunAsync(shop.Create());

        using Journal journal = shop.OpenJournal();
        IReadOnlyList<ChainedEvent> events = journal.Read(0, Journal.MaxRead);

        ChainAssert.IsWhole(events);
        Assert.That(events[^1].Hash, Is.EqualTo(journal.HeadHash));
    }

    [Test]
    public async Task Batch_AlreadyReleased_IsNotRunAgain()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await shop.RunAsync(batch);
        int events = shop.Events().Count;

        BatchOutcome again = await shop.RunAsync(batch);

        Assert.That(again, Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Events(), Has.Count.EqualTo(events));
    }

    [TestCase("comparative-1", "R01")]
    [TestCase("comparative-2", "R03")]
    [TestCase("comparative-3", "R05")]
    public void CreateBatch_ComparativeExample_IsRefusedAndCreatesNothing(string recipe, string rule)
    {
        using var shop = new Workshop();
        using Journal journal = shop.OpenJournal();
        BatchEngine engine = shop.Start(journal);

        BatchCreation creation = engine.CreateBatch(Workshop.Recipe(recipe), Workshop.Yaml(recipe));

        Assert.That(creation.Batch, Is.Null);
        Assert.That(creation.Refusals, Has.Some.Contains("engineering"));
        Assert.That(creation.Refusals, Has.Some.StartsWith(rule));
        Assert.That(journal.HeadSeq, Is.Zero);
    }

    [Test]
    public void CreateBatch_TextOfAnotherRecipe_IsAMistake()
    {
        using var shop = new Workshop();
        using Journal journal = shop.OpenJournal();
        BatchEngine engine = shop.Start(journal);

        Assert.That(
            () => engine.CreateBatch(Workshop.Recipe("embodiment-4"), Workshop.Yaml("embodiment-1")),
            Throws.ArgumentException);
    }

    [Test]
    public void CreateBatch_Twice_NumbersGoOn()
    {
        using var shop = new Workshop();

        Assert.That(shop.Create(), Is.EqualTo("B-2026-0001"));
        Assert.That(shop.Create(), Is.EqualTo("B-2026-0002"));
    }
}
