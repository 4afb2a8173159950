using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Spc;
using CoatLine.Domain.Tests.Quality;

namespace CoatLine.Domain.Tests.Scenarios;

/// <summary>Acceptance scenarios about porosity, waivers and the published tables, by their numbers.</summary>
public sealed class ReleaseScenarios
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [TestCase(40.0, Verdict.Pass)]
    [TestCase(40.1, Verdict.Fail)]
    public void Scenario13_PressedPorosity_IsJudgedAndDriedOneOnlyRecorded(decimal percent, Verdict verdict)
    {
        Recipe recipe = RecipeFiles.Read("embodiment-1");
        SlurryComposition solids = SlurryComposition.Of(recipe.Slurries[0], recipe.Site.Densities);
        var mass = Porosity.ArealMass(new(20m), percent / 100m, solids.SolidsDensity);
        decimal driedUm = 20m * (1m - (percent / 100m)) / (1m - 0.571m);
        DriedMeasurement dried = new(Profiles.Base(LayerState.Dried, driedUm), null, mass);

        RuleCheck pressed = PressedRules
            .Check(recipe, new PressedMeasurement(dried, Profiles.Total(LayerState.Pressed, 20m), []))
            .Single(c => c.Rule == "R35");

        Assert.That(pressed.Verdict, Is.EqualTo(verdict), pressed.Message);
        Assert.That(
            SheetSolids.Of(recipe, dried)!.PorosityAt(new(driedUm)), Is.EqualTo(0.571m).Within(1e-20m));
        Assert.That(DriedRules.Check(recipe, dried).Select(c => c.Rule), Has.None.EqualTo("R35"));
    }

    [Test]
    public void Scenario17_WaiverOfRatio1025_NeedsTwoPeopleAndTakesTheLotOutOfEveryStatistic()
    {
        RuleCheck broken = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, 41.0m), Profiles.Top(LayerState.Dried, 4.0m)).Single();
        DeviatingLot lot = new("B-7", RecipeClass.Production, ["carl"], Now);
        Signature engineer = new("ann", SignerRole.ProcessEngineer, Now.AddHours(-1));
        Deviation alone = new(
            "W-1", DeviationKind.Waiver, "R30", "bench cells only",
            [engineer, engineer with { Role = SignerRole.QaManager }],
            Now.AddDays(7), 1);
        Deviation together = alone with
        {
            Signatures = [engineer, engineer with { Role = SignerRole.QaManager, Person = "bob" }],
        };

        LotDecision refused = LotDecision.Of(lot, [broken], [new(alone, 0)]);
        LotDecision waived = LotDecision.Of(lot, [broken], [new(together, 0)]);

        Assert.That(refused.IsProduct, Is.False);
        Assert.That(refused.Reasons, Has.Some.Contain("two different people"));
        Assert.That(waived.Outcome, Is.EqualTo(LotOutcome.ProductByWaiver));
        AssertIsLeftOut(waived.Standing);
    }

    [Test]
    public void Scenario17_WaiverOnR06ForAProductionLot_IsImpossible()
    {
        RuleCheck[] checks = [.. RecipeRules.Check(RecipeFiles.Read("comparative-2"))];
        DeviationInUse[] waivers =
        [
            .. checks.Where(c => c.Verdict == Verdict.Fail).Select(c => c.Rule).Distinct()
                .Select(rule => new DeviationInUse(
                    new Deviation(
                        "W-" + rule, DeviationKind.Waiver, rule, "try",
                        [new("ann", SignerRole.ProcessEngineer, Now), new("bob", SignerRole.QaManager, Now)],
                        Now.AddDays(7), 1),
                    0)),
        ];

        LotDecision decision =
            LotDecision.Of(new DeviatingLot("B-8", RecipeClass.Production, [], Now), checks, waivers);

        Assert.That(decision.Outcome, Is.EqualTo(LotOutcome.Reject));
        Assert.That(decision.Reasons, Has.Some.Contain("R06 can never be waived"));
        Assert.That(decision.Reasons, Has.None.Contain("R01 can never"));
    }

    // Table 1: porosity before and after pressing, void reduction in whole per cent; the thickness factor follows.
    [TestCase(57.1, 36.4, 36, 0.6745, Verdict.Pass)]
    [TestCase(66.6, 44.5, 33, 0.6018, Verdict.Fail)]
    [TestCase(69.3, 50.3, 27, 0.6177, Verdict.Fail)]
    [TestCase(71.0, 53.0, 25, 0.6170, Verdict.Fail)]
    public void Table1_OfThePublication_GivesVoidReductionFactorAndVerdict(
        decimal before, decimal after, decimal reduction, decimal factor, Verdict porosity)
    {
        Assert.That(Math.Round(100m * (before - after) / before), Is.EqualTo(reduction));
        Assert.That(
            new PorosityChange(before / 100m, after / 100m).ThicknessFactor, Is.EqualTo(factor).Within(0.00005m));
        Assert.That(
            RuleCatalogue.PressedPorosity.Limits.Contains(after) ? Verdict.Pass : Verdict.Fail, Is.EqualTo(porosity));
    }

    // Table 2: Sa and Sz after pressing.
    [TestCase(0.07, 0.92, 0)]
    [TestCase(0.13, 1.13, 6)]
    [TestCase(0.18, 1.52, 6)]
    public void Table2_OfThePublication_PassesTheEmbodimentAndFailsTheComparatives(decimal sa, decimal sz, int fails)
    {
        RoughnessSample[] samples = [new(1, sa, sz), new(2, sa, sz), new(3, sa, sz)];

        Assert.That(PressedRules.Roughness([.. samples], 3).Count(c => c.Verdict == Verdict.Fail), Is.EqualTo(fails));
    }

    [TestCase(57.1, 36.4, Verdict.Pass)]
    [TestCase(66.6, 44.63, Verdict.Advisory)] // 32.99 %
    [TestCase(69.3, 50.3, Verdict.Advisory)]
    public void VoidReduction_BelowTheSitesLimit_IsAnAdvisory(decimal before, decimal after, Verdict verdict)
    {
        Recipe recipe = RecipeFiles.Read("embodiment-1");
        SlurryComposition solids = SlurryComposition.Of(recipe.Slurries[0], recipe.Site.Densities);
        var mass = Porosity.ArealMass(new(30m), before / 100m, solids.SolidsDensity);
        decimal pressedUm = 30m * (1m - (before / 100m)) / (1m - (after / 100m));
        DriedMeasurement dried = new(Profiles.Base(LayerState.Dried, 30m), null, mass);

        RuleCheck check = PressedRules
            .Check(recipe, new PressedMeasurement(dried, Profiles.Total(LayerState.Pressed, pressedUm), []))
            .Single(c => c.Rule == "R39");

        Assert.That(check.Value, Is.EqualTo(100m * (before - after) / before).Within(1e-10m));
        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    private static void AssertIsLeftOut(LotStanding standing)
    {
        RunSetting setting = new("blade", "foil", "v1");
        RunToRun before = RunToRun.Fresh(setting);
        LotValue[] lots = [new("1", 6.9), new("2", 7.1), new("3", 7.0)];
        LotValue[] more = [.. lots, new LotValue("B-7", 10.25, standing)];
        ProcessCapability.TryOfRatio(lots, out ProcessCapability? without, out _);
        ProcessCapability.TryOfRatio(more, out ProcessCapability? with, out _);

        Assert.That(with, Is.Not.Null.And.EqualTo(without));
        CoatOutcome outcome = new("B-7", standing, setting, new(150m), new(41m));
        Assert.That(before.Learn(outcome, new RunToRunTuning(0.2122m, 0.3m, new(5m))), Is.EqualTo(before));
    }
}
