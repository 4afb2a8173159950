using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine.Tests.Line;

namespace CoatLine.Engine.Tests.Running;

/// <summary>What stops a batch with a reason and a question, and that nothing is run on after it.</summary>
public sealed class HeldTests
{
    private static readonly RequestId Foreign = new(0xDEADul);

    [Test]
    public async Task Echo_OtherThanMeant_IsNotStarted()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Latch = (r, p) => IsMix(r, cycle: 3) && p.Name == "RevSpeedSP" ? 1990d : null;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/03"));
        Assert.That(held.Reason, Does.Contain("RevSpeedSP 1990 instead of 2000"));
        Assert.That(Mixed(shop), Is.EqualTo(2));
        PhaseRefused refused = shop.Events().OfType<PhaseRefused>().Single();
        Assert.That(refused.EchoDifferences.Single(), Is.EqualTo(new EchoDifference("RevSpeedSP", "2000", "1990")));
    }

    [Test]
    public async Task Request_Refused_IsHeldAndGoesOnWithTheNextAttemptWhenResumed()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Refuse = r => r.Phase == PhaseKind.Coat ? (AckCode.WrongMaterial, "container is not here") : null;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        shop.Line.Refuse = _ => null;
        Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(held.Reason, Is.EqualTo("Coater refused Coat: WrongMaterial container is not here"));
        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(
            shop.Events().OfType<PhaseIntended>().Where(e => e.Step == "coat-1/coat").Select(e => e.Attempt),
            Is.EqualTo(new[] { 1, 2 }));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.Coat), Is.EqualTo(2));
    }

    [Test]
    public async Task HeldBatch_RunAgain_StaysHeldAndRecordsNothing()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Refuse = _ => (AckCode.Interlocked, "the lid is open");
        BatchOutcome first = await shop.RunAsync(batch);
        int events = shop.Events().Count;

        BatchOutcome again = await shop.RunAsync(batch);

        Assert.That(again, Is.EqualTo(first));
        Assert.That(shop.Events(), Has.Count.EqualTo(events));
    }

    [Test]
    public async Task Unit_WithAForeignRequestActive_IsNotWritten()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line[Unit.Mixer].ActiveId = Foreign;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Question, Does.Contain("Mixer has request 000000000000dead active"));
        Assert.That(Mixed(shop), Is.Zero);
    }

    [Test]
    public async Task Unit_ThatRanSomethingElseWhileTheMesWasDown_IsAskedAbout()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(shop, batch, (call, unit, before) => unit == Unit.Balance && call == "request" && Mixed(shop) == 12);
        shop.Line[Unit.Mixer].ResultId = Foreign;
        shop.Line[Unit.Mixer].AckId = Foreign;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/post-dilution/01"));
        Assert.That(held.Question, Does.Contain("what was run there in between"));
        Assert.That(Mixed(shop), Is.EqualTo(12));
    }

    [Test]
    public async Task Unit_ThatWasSomeoneElsesBefore_IsNobodysConcern()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        (shop.Line[Unit.Dryer].ResultId, shop.Line[Unit.Dryer].AckId) = (Foreign, Foreign);

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
    }

    [Test]
    public async Task Person_WhoAcceptsWhatWasRunInBetween_LetsTheBatchGoOn()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(shop, batch, (call, unit, before) => Mixed(shop) == 17);
        (shop.Line[Unit.Balance].ResultId, shop.Line[Unit.Balance].AckId) = (Foreign, Foreign);
        BatchOutcome held = await shop.RunAsync(batch);

        Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(held, Is.InstanceOf<BatchWasHeld>());
        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(Mixed(shop), Is.EqualTo(34));
    }

    [Test]
    public async Task OpenRequest_UnitHasForgottenEverything_IsAskedAbout()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(shop, batch, (call, unit, before) => unit == Unit.Mixer && call == "await" && Mixed(shop) == 7);
        UnitPlc mixer = shop.Line[Unit.Mixer];
        (mixer.ActiveId, mixer.AckId, mixer.State) = (RequestId.None, RequestId.None, PackMlState.Idle);

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/07"));
        Assert.That(held.Question, Does.Contain("was the phase run?"));
        Assert.That(Mixed(shop), Is.EqualTo(7), "no cycle is run on a guess");
    }

    [Test]
    public async Task JournalLost_UnitKnowsTheVeryRequest_IsAskedAbout()
    {
        var line = new InMemoryLine(new(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero)));
        using (var before = new Workshop(line))
        {
            await KillAsync(
                before, before.Create(), (call, unit, first) => unit == Unit.Balance && call == "await" && !first);
        }

        using var after = new Workshop(line);
        var held = (BatchWasHeld)await after.RunAsync(after.Create());

        Assert.That(held.Question, Does.Contain("never sent from this journal"));
        Assert.That(line.Log, Has.Count.EqualTo(1));
    }

    [TestCase(PhaseKind.Weigh, "Net", "base/weigh/01-cb-40")]
    [TestCase(PhaseKind.MixCycle, "RevSpeedMean", "base/pre-dilution/01")]
    [TestCase(PhaseKind.MixCycle, "SlurryTempPeak", "base/pre-dilution/01")]
    [TestCase(PhaseKind.Coat, "GapLeft", "coat-1/coat")]
    [TestCase(PhaseKind.Dry, "ResidualNmp", "coat-1/dry")]
    [TestCase(PhaseKind.MeasureProfile, "Thickness", "coat-1/profile")]
    [TestCase(PhaseKind.WeighPunch, "PunchMass", "coat-1/punch")]
    [TestCase(PhaseKind.PressCycle, "DwellSeconds", "press/cycle")]
    [TestCase(PhaseKind.MeasureRoughness, "Sa", "qc/roughness")]
    public async Task Value_NotGood_NeverPasses(PhaseKind phase, string name, string step)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == phase
            ? With(result, name, v => v with { Value = null, Good = false })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo(step));
        Assert.That(held.Reason, Does.Contain($"{name} is not Good"));
        ImmutableArray<NamedValue> kept = shop.Events().OfType<PhaseConcluded>().Last() switch
        {
            PhaseFailed e => e.Values,
            MixCycleAborted e => e.Values,
            _ => [],
        };
        Assert.That(kept.Single(v => !v.Good).Name, Is.EqualTo(name));
    }

    [Test]
    public async Task Cycle7_AbortedAt95Seconds_DoesNotCountAndDilutionIsOutOfReach()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => IsMix(r, cycle: 7)
            ? With(result, "StepSeconds", v => v with { Value = 95d }) with { Code = ResultCode.Aborted }
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        List<BatchEvent> events = shop.Events();
        MixCycleAborted aborted = events.OfType<MixCycleAborted>().Single();
        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/07"));
        Assert.That((aborted.Cycle, aborted.StepS), Is.EqualTo((7, (decimal?)95m)));
        Assert.That(events.OfType<MixCycleCompleted>().Count(), Is.EqualTo(6));
        Assert.That(events.OfType<MaterialWeighed>().Any(e => e.Dilution), Is.False);
        Assert.That(Mixed(shop), Is.EqualTo(7));
    }

    [TestCase("StepSeconds", 177.9)]
    [TestCase("StepSeconds", 182.1)]
    [TestCase("StepSeconds", 2160.0)]
    [TestCase("RevSpeedMin", 1979.9)]
    [TestCase("RevSpeedMax", 2020.1)]
    public async Task Cycle_OutsideItsTolerance_DoesNotCount(string name, double value)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => IsMix(r, cycle: 12) ? With(result, name, v => v with { Value = value }) : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/12"));
        Assert.That(held.Reason, Does.Contain("R60"));
        Assert.That(shop.Events().OfType<MixCycleCompleted>().Count(), Is.EqualTo(11));
    }

    [Test]
    public async Task Cycle_OfAnotherContainer_DoesNotCount()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => IsMix(r, cycle: 2)
            ? With(result, "ContainerId", v => v with { Value = "J-OTHER" })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Does.Contain("ContainerId is 'J-OTHER', not 'J-B-2026-0001-BASE'"));
    }

    [Test]
    public async Task Slurry_Above60Degrees_IsHeld()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) =>
            IsMix(r, cycle: 5) ? With(result, "SlurryTempPeak", v => v with { Value = 61d }) : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Does.Contain("61 °C"));
        Assert.That(Mixed(shop), Is.EqualTo(5));
    }

    [TestCase(41d)]
    [TestCase(double.NaN)]
    public async Task Gate_NeverOpen_StartsNoCycle(double reading)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.SlurryTemp = actual => Mixed(shop) == 5 ? reading : actual;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/06/gate"));
        Assert.That(Mixed(shop), Is.EqualTo(5));
    }

    [Test]
    public async Task TopSilver_OverTolerance_IsHeldWithTheNumbers()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.Weigh && SimpleWorld.Number(r, "TargetMass") == 0.3
            ? With(result, "Net", v => v with { Value = 0.304 })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("top/weigh/02-silver"));
        Assert.That(held.Reason, Does.Contain("0.304").And.Contain("0.303"));
    }

    [Test]
    public async Task Ratio_PredictedToFailAfterPressing_BlocksThePress()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        bool second = false;
        shop.Line.Distort = (r, result) =>
        {
            if (r.Phase != PhaseKind.MeasureProfile || !second)
            {
                second |= r.Phase == PhaseKind.MeasureProfile;
                return result;
            }

            // 33.5 µm over 3.6 µm is 9.31 dried, inside; times 1.121 it is 10.43 pressed, outside.
            return With(result, "Thickness", v => v with { Value = ((double[])v.Value!).Select((t, i) => i == 8 ? 37.1 : t).ToArray() });
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("press/dried-checks"));
        Assert.That(held.Reason, Does.StartWith("R30").And.Contain("predicted pressed"));
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.PressCycle), Is.False);
    }

    [Test]
    public async Task Roughness_OneSampleOfThreeAtTheLimit_Rejects()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.MeasureRoughness
            ? With(result, "Sa", v => v with { Value = new[] { 0.07, 0.08, 0.10 } })
            : result;

        var rejected = (BatchWasRejected)await shop.RunAsync(batch);

        Assert.That(rejected.FailedRules, Is.EqualTo(new[] { "R36" }));
        Assert.That(shop.Events().OfType<BatchReleased>(), Is.Empty);
    }

    [Test]
    public async Task Roughness_TwoSamples_IsIncompleteAndHeld()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.MeasureRoughness
            ? With(
                With(
                    With(result, "Sa", v => v with { Value = new[] { 0.07, 0.08 } }),
                    "Sz",
                    v => v with { Value = new[] { 0.9, 0.9 } }),
                "SampleId",
                v => v with { Value = new[] { 1, 2 } })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("qc/judge"));
        Assert.That(held.Reason, Does.StartWith("R38"));
    }

    [Test]
    public async Task Phase_WithoutEndInItsBound_IsAskedAboutAndItsResultTakenLater()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.PressCycle
            ? result with { EndedAt = result.StartedAt.AddHours(30) }
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        shop.Line.Clock.Advance(TimeSpan.FromHours(30));
        Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(held.Question, Does.StartWith("does Press still run request"));
        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.PressCycle), Is.EqualTo(1));
    }

    [Test]
    public async Task Unit_AgainstItsContract_IsHeld()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit == Unit.Dryer && call == "request")
            {
                throw new LineContractException("Dryer.Ack.Code is 42");
            }
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Is.EqualTo("Dryer.Ack.Code is 42"));
    }

    [Test]
    public async Task Unit_ThatHasSeenANewerEpoch_RefusesThisEngine()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line[Unit.Balance].OwnerEpoch = 99;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Does.Contain("StaleEpoch"));
        Assert.That(shop.Line.Log, Is.Empty);
    }

    [Test]
    public async Task Recipe_ReadOtherwiseThanItWasPinned_IsNotRun()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        BatchCreated created = shop.Events().OfType<BatchCreated>().Single();
        using (Journal journal = shop.OpenJournal())
        {
            journal.Append(created with { Batch = "B-2026-0009", SiteHash = new string('0', 64) });
        }

        var held = (BatchWasHeld)await shop.RunAsync("B-2026-0009");

        Assert.That(held.Reason, Does.Contain("site parameters"));
        Assert.That(shop.Line.Log, Is.Empty);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
    }

    [Test]
    public async Task OpenRequest_WithOtherParametersThanTheStepHasNow_IsAskedAbout()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using (Journal journal = shop.OpenJournal())
        {
            journal.Append(new ChecksJudged(batch, "recipe", CoatLine.Domain.Rules.RuleStage.Recipe, []));
            journal.Append(new PhaseIntended(
                batch,
                "base/weigh/01-cb-40",
                1,
                Unit.Balance,
                PhaseKind.Weigh,
                RequestId.Derive(batch, "base/weigh/01-cb-40", 1),
                1,
                RequestId.None,
                RequestId.None,
                [new NamedValue("TargetMass", 99d)]));
        }

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Does.Contain("other parameters"));
        Assert.That(shop.Line.Log, Is.Empty);
    }

    private static bool IsMix(PhaseRequest request, int cycle) =>
        request.Phase == PhaseKind.MixCycle && (int)SimpleWorld.Value(request, "CycleIndex") == cycle;

    private static int Mixed(Workshop shop) => shop.Line.Log.Count(a => a.Phase == PhaseKind.MixCycle);

    private static PhaseResult With(PhaseResult result, string name, Func<ResultValue, ResultValue> change) =>
        result with { Values = [.. result.Values.Select(v => v.Name == name ? change(v) : v)] };

    private static void Resume(Workshop shop, string batch)
    {
        using Journal journal = shop.OpenJournal();
        using BatchEngine engine = shop.Start(journal);
        Assert.That(engine.Resume(batch, "looked at it, put right"), Is.True);
    }

    private static async Task KillAsync(Workshop shop, string batch, Func<string, Unit, bool, bool> when)
    {
        shop.Line.Around = (call, unit, before) =>
        {
            if (when(call, unit, before))
            {
                throw new InvalidOperationException("killed");
            }
        };
        try
        {
            await shop.RunAsync(batch);
            Assert.Fail("the batch ended before it was killed");
        }
        catch (InvalidOperationException e) when (e.Message == "killed")
        {
            shop.Line.Around = (_, _, _) => { };
        }
    }
}
