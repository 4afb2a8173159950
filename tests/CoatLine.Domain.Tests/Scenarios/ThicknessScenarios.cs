using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Tests.Quality;

namespace CoatLine.Domain.Tests.Scenarios;

/// <summary>Acceptance scenarios about thickness, ratio and gap, by their numbers.</summary>
public sealed class ThicknessScenarios
{
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");
    private static readonly SiteParameters Site = Embodiment4.Site;
    private static readonly decimal Beta = GapPlanner.Beta(Embodiment4.Slurry(SubLayer.Top)!, Site);

    [Test]
    public void Scenario01_BaseMax41OverTopMin4_Is1025AndFailsNamingBothPoints()
    {
        DriedMeasurement dried = new(
            Profiles.Base(LayerState.Dried, 38.0m, 41.0m, 39.0m),
            Profiles.Total(LayerState.Dried, 42.4m, 45.2m, 43.0m),
            new(3.5m));

        RuleCheck[] checks = [.. DriedRules.Check(Embodiment4, dried)];

        RuleCheck ratio = checks.First(c => c.Rule == "R30");
        Assert.That(ratio.Value, Is.EqualTo(10.25m));
        Assert.That(ratio.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(ratio.Message, Does.Contain("Base point 2").And.Contain("Top point 3"));
        Assert.That(Dispositions.Of(checks), Is.EqualTo(Disposition.Reject), "a fail among them blocks the press");
    }

    [TestCase(41.0, 4.1, 10.00, Verdict.Conditional)]
    [TestCase(20.0, 4.0, 5.00, Verdict.Conditional)]
    [TestCase(30.0, 6.1, 4.918, Verdict.Fail)]
    public void Scenario02_RatioAtTheEndsOfTheLimit_IsInsideButConditional(
        decimal below, decimal above, decimal ratio, Verdict verdict)
    {
        RuleCheck check = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, below), Profiles.Top(LayerState.Dried, above)).Single();

        Assert.That(check.Value, Is.EqualTo(ratio).Within(0.0005m));
        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [Test]
    public void Scenario03_Ratio927Dried_PassesAndItsPredicted1039BlocksThePress()
    {
        DriedMeasurement dried = new(
            Profiles.Base(LayerState.Dried, 38.0m), Profiles.Total(LayerState.Dried, 42.1m), new(3.5m));

        RuleCheck[] ratios = [.. DriedRules.Check(Embodiment4, dried).Where(c => c.Rule == "R30")];

        Assert.That(ratios[0].Value, Is.EqualTo(9.27m).Within(0.005m));
        Assert.That(ratios[0].Verdict, Is.EqualTo(Verdict.Conditional), "inside 5 to 10, for a person to release");
        Assert.That(ratios[1].Subject, Does.StartWith("predicted pressed"));
        Assert.That(ratios[1].Value, Is.EqualTo(10.39m).Within(0.005m));
        Assert.That(ratios[1].Verdict, Is.EqualTo(Verdict.Fail));
    }

    [TestCase(60.0, GapVerdict.Accepted)]
    [TestCase(55.0, GapVerdict.OutsideGuard)]
    [TestCase(50.0, GapVerdict.OutsideLimits)]
    public void Scenario04_GapAtCpk133_IsAcceptedRefusedInsideSpecOrRefusedOutright(decimal gap, GapVerdict verdict)
    {
        GapPlan printed = GapPlanner.AtUncertainty(new Micrometres(33.5m), Beta, Site, 0.0586, 4m);
        GapPlan binding = GapPlanner.SelfConsistent(new Micrometres(33.5m), Beta, Site, 4m);

        Assert.That(Beta, Is.EqualTo(0.1885m).Within(0.00005m));
        Assert.That(printed.Window!.Low.Value, Is.EqualTo(58.7m).Within(0.05m));
        Assert.That(printed.Window.High.Value, Is.EqualTo(61.6m).Within(0.05m));
        Assert.That(printed.Judge(new(gap)), Is.EqualTo(verdict));
        Assert.That(binding.Judge(new(gap)), Is.EqualTo(verdict), "each edge with its own uncertainty says the same");
    }

    [Test]
    public void Scenario05_Uncertainty012AtZ3_HasNoPermissibleGapAndNoNumber()
    {
        GapPlan plan = GapPlanner.AtUncertainty(new Micrometres(33.5m), Beta, Site, 0.12, 3m);

        Assert.That(plan.Feasible, Is.False);
        Assert.That(plan.Reason, Does.StartWith("no permissible gap"));
        Assert.That(new object?[] { plan.Window, plan.Proposed, plan.ExpectedDried, plan.ExpectedPressed },
            Has.All.Null);
        Assert.That(plan.RatioLow * (decimal)Math.Exp(0.36), Is.EqualTo(7.17m).Within(0.005m));
        Assert.That(plan.RatioHigh * (decimal)Math.Exp(-0.36), Is.EqualTo(6.22m).Within(0.005m));
    }

    [TestCase(0.5, Verdict.Pass)]
    [TestCase(5, Verdict.Fail)]
    [TestCase(null, Verdict.NotMeasured)]
    public void Scenario18_ProfileFromAFiveMicrometreGauge_IsRefusedForTheTop(decimal? gaugeClass, Verdict verdict)
    {
        ThicknessProfile top = Profiles.Top(LayerState.Dried, [.. Enumerable.Repeat(5.0m, 9)]);

        RuleCheck check = GaugeRules.CheckProfile(top, gaugeClass is { } um ? new(um) : null, Site)
            .Single(c => c.Rule == "S03");

        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }
}
