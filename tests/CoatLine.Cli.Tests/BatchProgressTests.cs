using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Cli.Tests;

[TestFixture]
internal sealed class BatchProgressTests
{
    [Test]
    public void Cycles_OfANewBatch_ComeFromItsPinnedRecipe()
    {
        BatchProgress progress = new SampleBatch().Record(SampleBatch.Created()).Progress;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(progress.Cycles(SubLayer.Base, MixStageKind.PreDilution), Is.EqualTo((0, 12)));
            Assert.That(progress.Cycles(SubLayer.Top, MixStageKind.PostDilution), Is.EqualTo((0, 5)));
            Assert.That(progress.State(Milestone.MixBase), Is.EqualTo(MilestoneState.Running));
        }
    }

    [Test]
    public void Cycles_AfterACompletedCycle_CountIt()
    {
        BatchProgress progress = new SampleBatch()
            .Record(SampleBatch.Created(), SampleBatch.Cycle(SubLayer.Top, MixStageKind.PreDilution, 7)).Progress;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(progress.Cycles(SubLayer.Top, MixStageKind.PreDilution), Is.EqualTo((7, 12)));
            Assert.That(progress.Layer, Is.EqualTo(SubLayer.Top));
        }
    }

    [Test]
    public void Phase_FromIntentToConclusion_IsShownAndThenGone()
    {
        SampleBatch batch = new();
        batch.Record(SampleBatch.Created(), SampleBatch.Intended(Unit.Mixer, PhaseKind.MixCycle));
        (bool asked, bool running) = (batch.Progress.Phase is not null, batch.Progress.Running);
        batch.Record(SampleBatch.Started());
        bool started = batch.Progress.Running;
        batch.Record(SampleBatch.Cycle(SubLayer.Base, MixStageKind.PreDilution, 1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((asked, running, started), Is.EqualTo((true, false, true)));
            Assert.That(batch.Progress.Phase, Is.Null);
        }
    }

    [Test]
    public void Profiles_AsTheyAreRegistered_AreToldApartByLayerAndState()
    {
        BatchProgress progress = new SampleBatch().Record(
            SampleBatch.Profile(SubLayer.Base, LayerState.Dried, 30, 31),
            SampleBatch.Profile(null, LayerState.Dried, 35, 36),
            SampleBatch.Profile(null, LayerState.Pressed, 24, 25)).Progress;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(progress.BaseDried!.Max.Value, Is.EqualTo(31));
            Assert.That(progress.TotalDried!.Max.Value, Is.EqualTo(36));
            Assert.That(progress.TotalPressed!.Max.Value, Is.EqualTo(25));
        }
    }

    [Test]
    public void Checks_OfAllStages_AreKeptWithTheirStage()
    {
        BatchProgress progress = new SampleBatch().Record(
            new ChecksJudged(SampleBatch.Id, "s", RuleStage.Dried, [SampleBatch.Check("R30", Verdict.Pass)]),
            SampleBatch.Judged(SampleBatch.Check("R35", Verdict.Fail))).Progress;

        Assert.That(
            progress.Checks.Select(static c => (c.Stage, c.Check.Rule)),
            Is.EqualTo([(RuleStage.Dried, "R30"), (RuleStage.AfterWip, "R35")]));
    }

    [Test]
    public void End_OfAHeldBatchThatGoesOn_IsForgotten()
    {
        BatchProgress progress = new SampleBatch()
            .Record(SampleBatch.Held(), new BatchResumed(SampleBatch.Id, "repeat it")).Progress;

        Assert.That(progress.End, Is.Null);
    }

    [Test]
    public void Recent_AfterManyFacts_KeepsTheLastFew()
    {
        SampleBatch batch = new();
        for (int cycle = 1; cycle <= 12; cycle++)
        {
            batch.Record(SampleBatch.Cycle(SubLayer.Base, MixStageKind.PreDilution, cycle));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(batch.Progress.Recent, Has.Count.EqualTo(BatchProgress.RecentLines));
            Assert.That(batch.Progress.Recent.Last(), Does.Contain("cycle 12 of 12"));
        }
    }

    [Test]
    public void Link_LostAndRestored_IsAbnormalOnlyMeanwhile()
    {
        SampleBatch batch = new();
        batch.Record(new LinkLost(SampleBatch.Id, Unit.Press, "no answer"));
        string? meanwhile = batch.Progress.Abnormal;
        batch.Record(new LinkRestored(SampleBatch.Id, Unit.Press));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meanwhile, Does.Contain("Press"));
            Assert.That(batch.Progress.Abnormal, Is.Null);
        }
    }
}
