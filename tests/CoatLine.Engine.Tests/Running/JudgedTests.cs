using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Engine.Journaling;
using CoatLine.Faults.Engine;
using CoatLine.Faults.Line;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Running;

/// <summary>Results that may not pass: the batch stops with the numbers, or the electrode is rejected.</summary>
public sealed class JudgedTests
{
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
        shop.Line.Distort = (r, result) =>
            IsMix(r, cycle: 12) ? With(result, name, v => v with { Value = value }) : result;

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
            return With(
                result,
                "Thickness",
                v => v with { Value = ((double[])v.Value!).Select((t, i) => i == 8 ? 37.1 : t).ToArray() });
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("press/dried-checks"));
        Assert.That(held.Reason, Does.StartWith("R30").And.Contain("predicted pressed"));
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.PressCycle), Is.False);
    }

    [Test]
    public async Task Ratio_InsideItsGuardBandOnly_IsReleasedByAQaManagerOnly()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        bool second = false;
        shop.Line.Distort = (r, result) =>
        {
            bool isPressed = shop.Line.Log.Any(a => a.Phase == PhaseKind.PressCycle);
            if (r.Phase != PhaseKind.MeasureProfile || isPressed || !second)
            {
                second |= r.Phase == PhaseKind.MeasureProfile;
                return result;
            }

            // 33.5 µm over 3.94 µm is 8.50 dried and 9.53 predicted: inside 10, above what is sure.
            return With(
                result,
                "Thickness",
                v => v with { Value = ((double[])v.Value!).Select((t, i) => i == 8 ? 37.44 : t).ToArray() });
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Step, Is.EqualTo("qc/judge"));
        Assert.That(
            shop.Answer(batch, AnswerKind.Release, SignerRole.ProcessEngineer),
            Is.EqualTo(new[] { "Release needs the signature of a QA manager" }));
        Assert.That(shop.Answer(batch, AnswerKind.Release, SignerRole.QaManager), Is.Empty);
        var released = (BatchWasReleased)await shop.RunAsync(batch);

        Assert.That(released.Disposition, Is.EqualTo(Disposition.Conditional));
        Assert.That(shop.Events().OfType<BatchReleased>().Single().ConditionalRules, Is.EqualTo(new[] { "R30" }));
    }

    [Test]
    public async Task Gap_NoneIsPermissible_HoldsBeforeTheTopSlurryIsMade()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.MeasureProfile
            ? With(result, "Thickness", v => v with { Value = ((double[])v.Value!).Select(t => t / 5d).ToArray() })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("coat-2/gap"));
        Assert.That(held.Reason, Does.StartWith("no permissible gap"));
        GapPlanned planned = shop.Events().OfType<GapPlanned>().Single();
        Assert.That((planned.ProposedUm, planned.WindowLowUm), Is.EqualTo(((decimal?)null, (decimal?)null)));
        Assert.That(Mixed(shop), Is.EqualTo(17));
    }

    [TestCase(7200, true)]
    [TestCase(7201, false)]
    public async Task TopSlurry_AtItsPotLife_IsCoatedInsideItOnly(int ageSeconds, bool coated)
    {
        using var shop = new Workshop();
        string batch = shop.Create();

        shop.Delay(TimeSpan.FromSeconds(ageSeconds), _ => Mixed(shop) == 34);

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome is BatchWasReleased, Is.EqualTo(coated));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.Coat), Is.EqualTo(coated ? 2 : 1));
    }

    [Test]
    public async Task Clock_BehindTheLines_IsPutRightAndTheAgeJudgedAgain()
    {
        using var plant = new Plant { Time = { Offset = TimeSpan.FromSeconds(-11) } };
        using Journal journal = plant.Open();
        BatchEngine engine = plant.Start(journal);
        string batch = engine.CreateBatch(Workshop.Recipe("embodiment-4"), Workshop.Yaml("embodiment-4")).Batch!;

        var held = (BatchWasHeld)await engine.RunAsync(batch, CancellationToken.None);
        Assert.That(held.Reason, Does.StartWith("S07 slurry age -11 s"));

        plant.Time.Offset = TimeSpan.Zero;
        var again = new Answer(
            AnswerKind.Repeat,
            "the clock was behind",
            [new Signature("Erik", SignerRole.ProcessEngineer, plant.Time.GetUtcNow())]);
        Assert.That(engine.Answer(batch, again), Is.Empty);
        Assert.That(await engine.RunAsync(batch, CancellationToken.None), Is.InstanceOf<BatchWasReleased>());
        int cycles = plant.Line.Log.Count(a => a.Phase == PhaseKind.MixCycle);
        Assert.That(cycles, Is.EqualTo(34), "no slurry is made again");
    }

    [Test]
    public async Task Roughness_OneSampleOfThreeAtTheLimit_IsHeldAndRejectedWhenScrapped()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.MeasureRoughness
            ? With(result, "Sa", v => v with { Value = new[] { 0.07, 0.08, 0.10 } })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Reason, Does.Contain("R36"));
        Assert.That(shop.Answer(batch, AnswerKind.ScrapSheet), Is.Empty);
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
}
