using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Quality;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Running;

/// <summary>Step and manual mode, gates that a person skips, units in quarantine, requests of which nobody knows what
/// became.</summary>
public sealed class ModeTests
{
    private static readonly RequestId Foreign = new(0xDEADul);

    [Test]
    public async Task StepMode_AsksBeforeEachPhase_AndEachLeaveIsForOne()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        SetMode(shop, batch, ExecutionMode.Step);

        int leaves = 0;
        while (await shop.RunAsync(batch) is BatchWasHeld held)
        {
            Assert.That(held.Reason, Does.StartWith("step mode: next is "));
            Assert.That(shop.Line.Log, Has.Count.EqualTo(leaves++));
            Assert.That(shop.Answer(batch, AnswerKind.Proceed), Is.Not.Empty, "an operator signs it");
            Assert.That(shop.Answer(batch, AnswerKind.Proceed, SignerRole.Operator), Is.Empty);
        }

        Assert.That(shop.State(batch).Status, Is.EqualTo(BatchStatus.Released));
        Assert.That(leaves, Is.EqualTo(shop.Line.Log.Count));
    }

    [Test]
    public async Task ManualMode_BeginsNoPhaseUntilItIsSetBack()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        SetMode(shop, batch, ExecutionMode.Manual);
        await shop.RunAsync(batch);
        Resume(shop, batch);
        Assert.That(((BatchWasHeld)await shop.RunAsync(batch)).Reason, Does.StartWith("manual mode: "));
        Assert.That(shop.Line.Log, Is.Empty);

        SetMode(shop, batch, ExecutionMode.Automatic);
        Resume(shop, batch);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
    }

    [Test]
    public async Task Mode_SetWhileAPhaseRuns_TakesEffectBehindIt()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using Journal journal = shop.OpenJournal();
        BatchEngine engine = shop.Start(journal);
        shop.Line.Around = (call, unit, before) =>
        {
            if (call == "await" && unit == Unit.Coater && before && engine.StateOf(batch).Mode == default)
            {
                Assert.That(engine.SetMode(batch, ExecutionMode.Step, "Olga", "first coat"), Is.Null);
            }
        };

        var held = (BatchWasHeld)await engine.RunAsync(batch, CancellationToken.None);

        Assert.That(held.Reason, Is.EqualTo("step mode: next is dry coat 1"));
        Assert.That(engine.StateOf(batch).IsConcluded("coat-1/coat"), Is.True);
    }

    [Test]
    public async Task Gate_HeldByAPerson_IsSkippedWithASignatureOnly()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        const string Gate = "base/pre-dilution/04/gate";
        using (Journal journal = shop.OpenJournal())
        {
            BatchEngine engine = shop.Start(journal);
            shop.Line.Around = (call, _, before) =>
            {
                if (call == "gate" && before && Mixed(shop) == 3)
                {
                    engine.Command(batch, ControlCommand.Hold, "Olga", "the sensor is loose");
                }
            };
            Assert.That(((BatchWasHeld)await engine.RunAsync(batch, CancellationToken.None)).Step, Is.EqualTo(Gate));
            shop.Line.Around = (_, _, _) => { };
        }

        shop.Line.SlurryTemp = _ => double.NaN;
        Assert.That(shop.Answer(batch, AnswerKind.Skip, SignerRole.Operator), Is.Not.Empty);
        Assert.That(shop.Answer(batch, AnswerKind.Skip), Is.Empty);
        shop.Line.SlurryTemp = actual => actual;
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Events().OfType<StepSkipped>().Single().Step, Is.EqualTo(Gate));
        Assert.That(Mixed(shop), Is.EqualTo(34));
    }

    [Test]
    public async Task UnitWithAForeignRequest_IsInQuarantineUntilItIsFreed_AcrossRestarts()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line[Unit.Dryer].ActiveId = Foreign;
        Assert.That(((BatchWasHeld)await shop.RunAsync(batch)).Step, Is.EqualTo("coat-1/dry"));
        shop.Line[Unit.Dryer].EndForeign();

        ResumeOnly(shop, batch);
        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Reason, Does.StartWith("Dryer is in quarantine: Dryer has request 000000000000dead active"));

        Resume(shop, batch);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Events().OfType<UnitFreed>().Single().Batch, Is.Empty);
    }

    [Test]
    public async Task Echo_OtherThanMeant_IsWithdrawnFromTheUnit()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Latch = (r, p) => IsMix(r, cycle: 3) && p.Name == "RevSpeedSP" ? 1990d : null;
        await shop.RunAsync(batch);

        Assert.That(shop.Line[Unit.Mixer].State, Is.EqualTo(PackMlState.Stopped), "it cannot start it any more");
        shop.Line.Latch = (_, _) => null;
        Resume(shop, batch);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(Mixed(shop), Is.EqualTo(34));
    }

    [Test]
    public async Task RequestOfWhichNobodyKnowsWhatBecame_WrittenOff_IsNotMixedAgain()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await ForgetAsync(shop, batch);

        Assert.That(shop.Answer(batch, AnswerKind.WriteOff), Is.Empty);
        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Reason, Does.Contain("counts as run and is written off: looked at it"));
        Assert.That(
            shop.State(batch).Held!.Options!.Value.Select(o => o.Kind),
            Is.EqualTo(new[] { AnswerKind.Remake, AnswerKind.GiveUp }));
        Assert.That(shop.Answer(batch, AnswerKind.Remake), Is.Empty);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(Mixed(shop), Is.EqualTo(5 + 34));
    }

    [Test]
    public async Task RequestOfWhichAPersonSaysThatItWasNotRun_IsMadeAnewUnderAnotherId()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await ForgetAsync(shop, batch);

        Assert.That(shop.Answer(batch, AnswerKind.Repeat), Is.Empty);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());

        PhaseIntended[] asked =
            [.. shop.Events().OfType<PhaseIntended>().Where(e => e.Step == "base/pre-dilution/05")];
        Assert.That(asked.Select(e => e.Attempt), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(asked[0].RequestId, Is.Not.EqualTo(asked[1].RequestId));
    }

    [Test]
    public async Task UnitAbortedByThePlc_IsClearedOnlyOnASignedAnswer()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Around = (call, unit, before) =>
        {
            if (call == "await" && before && Mixed(shop) == 7 && unit == Unit.Mixer)
            {
                shop.Line.Clock.Advance(TimeSpan.FromSeconds(95));
                shop.Line.LosePower(Unit.Mixer, keepsMemory: true);
                shop.Line.Around = (_, _, _) => { };
            }
        };
        Assert.That(((BatchWasHeld)await shop.RunAsync(batch)).Step, Is.EqualTo("base/pre-dilution/07"));
        Assert.That(shop.Line[Unit.Mixer].State, Is.EqualTo(PackMlState.Aborted));

        shop.Answer(batch, AnswerKind.Repeat);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Events().OfType<UnitReset>().Single().From, Is.EqualTo(PackMlState.Aborted));
    }

    /// <summary>The mixer's PLC loses its memory in the fifth cycle.</summary>
    private static async Task ForgetAsync(Workshop shop, string batch)
    {
        shop.Line.Around = (call, unit, before) =>
        {
            if (call == "await" && before && Mixed(shop) == 5 && unit == Unit.Mixer)
            {
                shop.Line.LosePower(Unit.Mixer, keepsMemory: false);
                shop.Line.Around = (_, _, _) => { };
            }
        };
        await shop.RunAsync(batch);
        ResumeOnly(shop, batch);
        Assert.That(
            ((BatchWasHeld)await shop.RunAsync(batch)).Reason,
            Does.StartWith("what became of request").And.EndsWith("is not known"));
    }

    private static void SetMode(Workshop shop, string batch, ExecutionMode mode)
    {
        using Journal journal = shop.OpenJournal();
        Assert.That(shop.Start(journal).SetMode(batch, mode, "Olga", "commissioning"), Is.Null);
    }

    private static void ResumeOnly(Workshop shop, string batch)
    {
        using Journal journal = shop.OpenJournal();
        Assert.That(shop.Start(journal).Resume(batch, "looked at it", "Olga"), Is.True);
    }
}
