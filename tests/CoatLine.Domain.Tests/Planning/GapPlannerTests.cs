using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CsCheck;

namespace CoatLine.Domain.Tests.Planning;

public sealed class GapPlannerTests
{
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");
    private static readonly SiteParameters Site = Embodiment4.Site;
    private static readonly decimal Beta = GapPlanner.Beta(Embodiment4.Slurry(SubLayer.Top)!, Site);
    private static readonly Micrometres BaseMax = new(33.5m);
    private static readonly double PrintedU = GapPlanner.Uncertainty(BaseMax, new(60m), Site.Planning);

    [Test]
    public void Beta_OfEmbodiment4_HasThePrintedDigits()
    {
        Assert.That(Beta, Is.EqualTo(0.188456m).Within(0.0000005m));
        Assert.That(GapPlanner.PressingFactor(Site), Is.EqualTo(1.121m).Within(0.0005m));
        Assert.That(PrintedU, Is.EqualTo(0.0586).Within(0.00005));
    }

    [TestCase(0, 53.4, 69.1)]
    [TestCase(1.645, 55.4, 65.8)]
    [TestCase(3, 57.3, 63.3)]
    [TestCase(4, 58.7, 61.6)]
    public void Window_WithTheUncertaintyOfGap60_HasThePrintedDigits(decimal z, decimal low, decimal high)
    {
        GapPlan plan = GapPlanner.AtUncertainty(BaseMax, Beta, Site, PrintedU, z);

        Assert.That(plan.Feasible, Is.True);
        Assert.That(plan.Window!.Low.Value, Is.EqualTo(low).Within(0.05m));
        Assert.That(plan.Window.High.Value, Is.EqualTo(high).Within(0.05m));
        Assert.That(plan.TargetRatio, Is.EqualTo(6.68m).Within(0.005m));
        Assert.That(plan.TargetRatio * plan.PressingFactor, Is.EqualTo(7.49m).Within(0.005m));
        Assert.That(plan.RatioLow, Is.EqualTo(5.00m).Within(0.005m));
        Assert.That(plan.RatioHigh, Is.EqualTo(8.92m).Within(0.005m));
    }

    [Test]
    public void Window_WhenTheGuardBandsOverlap_IsRefusedWithoutANumber()
    {
        GapPlan plan = GapPlanner.AtUncertainty(BaseMax, Beta, Site, 0.12, 3m);

        Assert.That(plan.Feasible, Is.False);
        Assert.That(plan.Window, Is.Null);
        Assert.That(plan.Proposed, Is.Null);
        Assert.That(plan.ExpectedDried, Is.Null);
        Assert.That(plan.ExpectedPressed, Is.Null);
        Assert.That(plan.Reason, Does.StartWith("no permissible gap"));
        Assert.That(plan.Judge(new(60m)), Is.Not.EqualTo(GapVerdict.Accepted));
    }

    [TestCase(60.0, GapVerdict.Accepted)]
    [TestCase(58.8, GapVerdict.Accepted)]
    [TestCase(61.5, GapVerdict.Accepted)]
    [TestCase(55.0, GapVerdict.OutsideGuard)]
    [TestCase(65.0, GapVerdict.OutsideGuard)]
    [TestCase(50.0, GapVerdict.OutsideLimits)]
    [TestCase(69.2, GapVerdict.OutsideLimits)]
    public void Gap_AtCpk133_IsJudgedByBothWindows(decimal gap, GapVerdict verdict)
    {
        GapPlan plan = GapPlanner.AtUncertainty(BaseMax, Beta, Site, PrintedU, 4m);

        Assert.That(plan.Judge(new(gap)), Is.EqualTo(verdict));
    }

    [Test]
    public void Plan_OfTheWorkedExample_ProposesTheTargetGap()
    {
        GapPlan plan = GapPlanner.Plan(BaseProfile(33.5m), Embodiment4.Slurry(SubLayer.Top)!, Site);

        Assert.That(plan.Feasible, Is.True);
        Assert.That(plan.BaseMax.Value, Is.EqualTo(33.5m));
        Assert.That(plan.Proposed!.Value.Value, Is.EqualTo(60.1m));
        Assert.That(plan.ExpectedDried, Is.EqualTo(6.68m).Within(0.01m));
        Assert.That(plan.ExpectedPressed, Is.EqualTo(7.49m).Within(0.01m));
        Assert.That(plan.Judge(plan.Proposed.Value), Is.EqualTo(GapVerdict.Accepted));
        Assert.That(plan.Reason, Is.Null);
    }

    [TestCase(0)]
    [TestCase(1.645)]
    [TestCase(3)]
    [TestCase(4)]
    public void SelfConsistentEdges_AreWhereTheGuardBandIsUsedUp(decimal z)
    {
        GapPlan plan = GapPlanner.SelfConsistent(BaseMax, Beta, Site, z);

        // At the lower edge the ratio is RU·e^(−z·u), at the upper edge RL·e^(z·u), each with its own u.
        GapWindow window = plan.Window!;
        Assert.That(Ratio(window.Low), Is.EqualTo(Guarded(plan.RatioHigh, -1d, window.Low, z)).Within(1e-6));
        Assert.That(Ratio(window.High), Is.EqualTo(Guarded(plan.RatioLow, 1d, window.High, z)).Within(1e-6));
    }

    [Test]
    public void SelfConsistentWindow_OfAnyBase_LiesInsideTheLimitsAndHoldsTheProposal()
    {
        Gen.Select(Gen.Int[24, 80], Gen.Int[0, 40]).Holds((um, tenthZ) =>
        {
            GapPlan plan = GapPlanner.SelfConsistent(new(um), Beta, Site, tenthZ / 10m);
            return plan is { Window: { } window, Limits: { } limits, Proposed: { } proposed }
                && window.Low.Value >= limits.Low.Value - 1e-9m
                && window.High.Value <= limits.High.Value + 1e-9m
                && window.Contains(proposed)
                && plan.ExpectedDried >= 5m
                && plan.ExpectedPressed <= 10m;
        });
    }

    [Test]
    public void Plan_OfABaseTooThinForItsUncertainty_HasNoGap()
    {
        GapPlan plan = GapPlanner.SelfConsistent(new(10m), Beta, Site, 4m);

        Assert.That(plan.Feasible, Is.False);
        Assert.That(plan.Proposed, Is.Null);
    }

    [Test]
    public void Plan_OfAWetOrPressedBase_IsAProgrammersMistake()
    {
        ThicknessProfile wet = new(SubLayer.Base, LayerState.Wet, BaseProfile(33.5m).Points);

        Assert.That(
            () => GapPlanner.Plan(wet, Embodiment4.Slurry(SubLayer.Top)!, Site), Throws.ArgumentException);
    }

    [Test]
    public void SelfConsistentWindow_OfTheWorkedExample_LiesUpFromThePrintedOne()
    {
        // Near the Base a gap is less certain, far from it more: both edges lie higher than with u at 60 µm.
        GapPlan plan = GapPlanner.SelfConsistent(BaseMax, Beta, Site, 4m);

        Assert.That(plan.Window!.Low.Value, Is.EqualTo(58.82m).Within(0.005m));
        Assert.That(plan.Window.High.Value, Is.EqualTo(61.82m).Within(0.005m));
    }

    [Test]
    public void Window_WithTheUncertaintyOfTheTarget_HasThePrintedDigitsAtCpk133()
    {
        GapPlan plan = GapPlanner.AtTarget(new GapQuestion(BaseMax, Beta, Site, 4m));

        Assert.That(plan.GuardCpk, Is.EqualTo(1.33m).Within(0.005m));
        Assert.That(plan.Window!.Low.Value, Is.EqualTo(58.7m).Within(0.05m));
        Assert.That(plan.Window.High.Value, Is.EqualTo(61.6m).Within(0.05m));
    }

    [TestCase(60.0, "60 µm accepted: R 6.71 dried, 7.52 pressed, inside the guard band at z 4 (Cpk 1.33)")]
    [TestCase(55.0, "55 µm refused: R 8.27 dried, 9.27 pressed keeps R30 5 ≤ R ≤ 10, but not with the guard band at "
        + "z 4 (Cpk 1.33)")]
    [TestCase(50.0, "50 µm refused: R 10.77 dried, 12.08 pressed breaks R30 5 ≤ R ≤ 10 ([0052], cl.11)")]
    [TestCase(33.5, "33.5 µm refused: the blade would touch the Base, which is 33.5 µm thick")]
    public void Gap_AskedAbout_IsExplainedWithItsNumbers(decimal gap, string says)
    {
        Assert.That(GapPlanner.SelfConsistent(BaseMax, Beta, Site, 4m).Explain(new(gap)), Is.EqualTo(says));
    }

    [Test]
    public void Window_OnTheCoatedSurface_IsTheClearanceAndMoreCertain()
    {
        GapQuestion question = new(BaseMax, Beta, Site, 4m);
        GapPlan foil = GapPlanner.SelfConsistent(question);
        GapPlan surface = GapPlanner.SelfConsistent(question with { Datum = BladeDatum.CoatedSurface });

        Assert.That(surface.Limits!.Low.Value, Is.EqualTo(foil.Limits!.Low.Value - 33.5m).Within(1e-9m));
        Assert.That(surface.Limits.High.Value, Is.EqualTo(foil.Limits.High.Value - 33.5m).Within(1e-9m));
        Assert.That(surface.RelativeUncertainty, Is.LessThan(foil.RelativeUncertainty));
        Assert.That(surface.Window!.Low.Value + 33.5m, Is.LessThan(foil.Window!.Low.Value));
        Assert.That(surface.ExpectedDried, Is.EqualTo(6.68m).Within(0.02m));
        Assert.That(surface.RatioAt(surface.Proposed!.Value), Is.EqualTo(surface.ExpectedDried).Within(1e-9m));
    }

    [Test]
    public void Target_InsideTheWindow_IsProposedToTheResolutionOfTheCoater()
    {
        GapPlan plan = GapPlanner.SelfConsistent(new GapQuestion(BaseMax, Beta, Site, 1.645m, TargetRatio: 7.5m));

        Assert.That(plan.TargetRatio, Is.EqualTo(7.5m));
        Assert.That(plan.Proposed!.Value.Value, Is.EqualTo(57.2m));
        Assert.That(plan.ExpectedDried, Is.EqualTo(7.5m).Within(0.02m));
    }

    [TestCase(9.9, 58.9)]
    [TestCase(5.1, 61.8)]
    public void Target_OutsideTheWindow_IsHeldAtItsEdge(decimal target, decimal proposed)
    {
        GapPlan plan = GapPlanner.SelfConsistent(new GapQuestion(BaseMax, Beta, Site, 4m, TargetRatio: target));

        Assert.That(plan.Proposed!.Value.Value, Is.EqualTo(proposed));
        Assert.That(plan.Window!.Contains(plan.Proposed.Value), Is.True);
    }

    [Test]
    public void Gap_InsideTheWindowOfAnyProfile_GivesARatioInsideTheLimitsDriedAndPressed()
    {
        Gen<int[]> profiles = Gen.Int[240, 600].Array[9, 25];
        Gen.Select(profiles, Gen.Int[1, 999], Gen.Int[0, 40]).Holds((tenths, place, tenthZ) =>
        {
            ThicknessProfile below = new(
                SubLayer.Base,
                LayerState.Dried,
                [.. tenths.Select((t, i) => new ProfilePoint(i + 1, 10m * i, 0m, new(t / 10m)))]);
            GapPlan plan = GapPlanner.SelfConsistent(new GapQuestion(below.Max, Beta, Site, tenthZ / 10m));
            if (plan.Window is not { } window)
            {
                return false;
            }

            decimal gap = window.Low.Value + ((window.High.Value - window.Low.Value) * place / 1000m);
            ThicknessProfile above = new(
                SubLayer.Top,
                LayerState.Dried,
                [.. below.Points.Select(p => p with { Thickness = new(Beta * (gap - p.Thickness.Value)) })]);
            return CoatRules.CheckRatio(below, above, Site)[0].Verdict != Verdict.Fail
                && CoatRules.CheckPredicted(below, above, Site)[0].Verdict != Verdict.Fail;
        });
    }

    [Test]
    public void Gap_InsideTheGuardedWindow_KeepsTheLimitsAtZStandardUncertainties()
    {
        Gen.Select(Gen.Int[240, 600], Gen.Int[1, 999], Gen.Int[0, 40]).Holds((tenths, place, tenthZ) =>
        {
            Micrometres max = new(tenths / 10m);
            GapPlan plan = GapPlanner.SelfConsistent(new GapQuestion(max, Beta, Site, tenthZ / 10m));
            decimal low = plan.Window!.Low.Value;
            Micrometres gap = new(low + ((plan.Window.High.Value - low) * place / 1000m));
            double guard = Math.Exp(tenthZ / 10d * GapPlanner.Uncertainty(max, gap, Site.Planning));
            double ratio = (double)plan.RatioAt(gap)!.Value;
            return ratio * guard <= (double)plan.RatioHigh + 1e-9 && ratio / guard >= (double)plan.RatioLow - 1e-9;
        });
    }

    [Test]
    public void Uncertainty_AtOrBelowTheBase_HasNoMeaning()
    {
        Assert.That(
            () => GapPlanner.Uncertainty(BaseMax, BaseMax, Site.Planning),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double Ratio(Micrometres gap) =>
        (double)(BaseMax.Value / (Beta * (gap.Value - BaseMax.Value)));

    private static double Guarded(decimal ratio, double sign, Micrometres gap, decimal z) =>
        (double)ratio * Math.Exp(sign * (double)z * GapPlanner.Uncertainty(BaseMax, gap, Site.Planning));

    private static ThicknessProfile BaseProfile(decimal max) => new(
        SubLayer.Base, LayerState.Dried, [new(1, 0m, 0m, new(30.2m)), new(2, 10m, 0m, new(max))]);
}
