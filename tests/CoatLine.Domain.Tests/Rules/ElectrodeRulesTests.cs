using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Tests.Quality;

namespace CoatLine.Domain.Tests.Rules;

public sealed class ElectrodeRulesTests
{
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");

    // The worked example: Base 30.2 to 33.5, mean 31.8; Top 4.99 to 5.62, mean 5.31; 3.13 + 0.40 mg/cm².
    private static readonly DriedMeasurement Example = new(
        Profiles.Base(LayerState.Dried, 30.2m, 31.7m, 33.5m),
        Profiles.Total(LayerState.Dried, 35.82m, 37.02m, 38.49m),
        new(3.53m));

    [TestCase(41.0, 4.0, Verdict.Fail)] // 10.25
    [TestCase(41.0, 4.1, Verdict.Conditional)] // 10.00 is inside
    [TestCase(20.0, 4.0, Verdict.Conditional)] // 5.00 is inside
    [TestCase(30.0, 6.1, Verdict.Fail)] // 4.918
    [TestCase(41.0, 4.0999, Verdict.Fail)]
    [TestCase(19.9999, 4.0, Verdict.Fail)]
    [TestCase(28.0, 5.0, Verdict.Advisory)] // 5.60, outside the preferred 6 to 10
    [TestCase(33.5, 5.0, Verdict.Pass)]
    public void Ratio_AtTheLimits_IsJudgedWithItsUncertainty(decimal below, decimal above, Verdict verdict)
    {
        RuleCheck check = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, below), Profiles.Top(LayerState.Dried, above)).Single();

        Assert.That(check.Rule, Is.EqualTo("R30"));
        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [TestCase(5.35, Verdict.Conditional)]
    [TestCase(5.37, Verdict.Advisory)]
    [TestCase(9.31, Verdict.Pass)]
    [TestCase(9.33, Verdict.Conditional)]
    public void Ratio_WithTopOfFiveMicrometres_IsSureFrom536To932(decimal ratio, Verdict verdict)
    {
        // u_g 0.15 µm and T 5.0 µm give u 4.3 %; what the Base adds hardly counts.
        RuleCheck check = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, 5m * ratio), Profiles.Top(LayerState.Dried, 5m)).Single();

        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [Test]
    public void Ratio_ThatFails_NamesBothPoints()
    {
        RuleCheck check = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, 38m, 40m, 41m), Profiles.Top(LayerState.Dried, 4.4m, 4m, 4.2m)).Single();

        Assert.That(check.Message, Is.EqualTo(
            "R30 max(Base)/min(Top) 10.25 (dried, Base point 3, Top point 2) is outside 5 ≤ R ≤ 10 ([0052], cl.11)"));
    }

    [Test]
    public void Ratio_OfMixedStates_IsNotMeasuredAndHolds()
    {
        RuleCheck check = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, 33m), Profiles.Top(LayerState.Pressed, 3m)).Single();

        Assert.That(check.Verdict, Is.EqualTo(Verdict.NotMeasured));
        Assert.That(check.Message, Does.Contain("a dried thickness cannot be combined with a pressed one"));
        Assert.That(Dispositions.Of([check]), Is.EqualTo(Disposition.Hold));
    }

    [Test]
    public void Ratio_WithoutTopSomewhere_Fails()
    {
        RuleCheck check = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, 33m), Profiles.Top(LayerState.Dried, 0m)).Single();

        Assert.That(check.Verdict, Is.EqualTo(Verdict.Fail));
    }

    [Test]
    public void DriedRatioOf927_PassesButItsPredictionBlocksThePress()
    {
        DriedMeasurement dried = new(
            Profiles.Base(LayerState.Dried, 38m), Profiles.Total(LayerState.Dried, 42.1m), new(4m));

        RuleCheck[] ratios = [.. DriedRules.Check(Embodiment4, dried).Where(c => c.Rule == "R30")];

        Assert.That(ratios[0].Verdict, Is.Not.EqualTo(Verdict.Fail));
        Assert.That(ratios[0].Value, Is.EqualTo(9.27m).Within(0.005m));
        Assert.That(ratios[1].Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(ratios[1].Subject, Does.StartWith("predicted pressed"));
        Assert.That(ratios[1].Value, Is.EqualTo(10.39m).Within(0.005m));
    }

    [Test]
    public void DriedRules_OfTheWorkedExample_GiveItsNumbers()
    {
        RuleCheck[] checks = [.. DriedRules.Check(Embodiment4, Example)];

        Assert.That(checks.Where(c => c.Verdict != Verdict.Pass).Select(c => c.Message), Is.Empty);
        Assert.That(checks.Select(c => c.Rule), Is.EqualTo(new[] { "R30", "R30", "R33", "R33", "R34", "R08" }));
        Assert.That(checks[0].Value, Is.EqualTo(6.71m).Within(0.005m));
        Assert.That(checks[1].Value, Is.EqualTo(7.52m).Within(0.005m));
        Assert.That(checks[4].Value, Is.EqualTo(0.818m).Within(0.0015m));
        Assert.That(checks[5].Value, Is.EqualTo(0.558m).Within(0.0015m));
    }

    [Test]
    public void PorosityBeforePressing_IsRecordedNotJudged()
    {
        SheetSolids solids = SheetSolids.Of(Embodiment4, Example)!;

        Assert.That(solids.PorosityAt(Example.Whole.Mean), Is.EqualTo(0.585m).Within(0.0015m));
        Assert.That(solids.Base.Mass.Value, Is.EqualTo(3.13m).Within(0.005m));
        Assert.That(solids.Top!.Mass.Value, Is.EqualTo(0.40m).Within(0.005m));
        Assert.That(DriedRules.Check(Embodiment4, Example).Select(c => c.Rule), Has.None.EqualTo("R35"));
    }

    [Test]
    public void PressedRules_OfTheWorkedExample_GiveItsNumbers()
    {
        RuleCheck[] checks = [.. PressedRules.Check(Embodiment4, Pressed(Example, 0.07m, 0.92m))];

        Assert.That(checks.Where(c => c.Verdict != Verdict.Pass).Select(c => c.Message), Is.Empty);
        Assert.That(checks.Single(c => c.Rule == "R30").Value, Is.EqualTo(7.52m).Within(0.005m));
        Assert.That(checks.Single(c => c.Rule == "R35").Value, Is.EqualTo(37.4m).Within(0.2m));
        Assert.That(checks.Count(c => c.Rule is "R36" or "R37"), Is.EqualTo(6));
        Assert.That(Dispositions.Of(checks), Is.EqualTo(Disposition.Accept));
    }

    [TestCase(40.0, Verdict.Pass)]
    [TestCase(40.1, Verdict.Fail)]
    [TestCase(40.00001, Verdict.Fail)]
    [TestCase(39.9, Verdict.Pass)]
    public void PressedPorosity_UpTo40_IsInclusive(decimal percent, Verdict verdict)
    {
        // One layer of 20 µm whose mass is exactly that of the porosity.
        Recipe recipe = RecipeFiles.Read("embodiment-1");
        SlurryComposition composition = SlurryComposition.Of(recipe.Slurries[0], recipe.Site.Densities);
        var mass = Porosity.ArealMass(new(20m), percent / 100m, composition.SolidsDensity);
        DriedMeasurement dried = new(Profiles.Base(LayerState.Dried, 30m), null, mass);
        PressedMeasurement pressed = new(dried, Profiles.Total(LayerState.Pressed, 20m), Samples(3, 0.07m, 0.92m));

        RuleCheck check = PressedRules.Check(recipe, pressed).Single(c => c.Rule == "R35");

        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [TestCase(0.0999, 0.999, Verdict.Pass, Verdict.Pass)]
    [TestCase(0.096, 0.92, Verdict.Pass, Verdict.Pass)]
    [TestCase(0.1, 0.92, Verdict.Fail, Verdict.Pass)]
    [TestCase(0.07, 1.0, Verdict.Pass, Verdict.Fail)]
    public void Roughness_AtItsStrictLimits_Fails(decimal sa, decimal sz, Verdict r36, Verdict r37)
    {
        RuleCheck[] checks = [.. PressedRules.Roughness(Samples(3, sa, sz), 3)];

        Assert.That(checks.Where(c => c.Rule == "R36").Select(c => c.Verdict), Has.All.EqualTo(r36));
        Assert.That(checks.Where(c => c.Rule == "R37").Select(c => c.Verdict), Has.All.EqualTo(r37));
    }

    [Test]
    public void Roughness_OfOneBadSampleInThree_FailsWithoutAveraging()
    {
        RuleCheck[] checks =
            [.. PressedRules.Roughness([new(1, 0.07m, 0.9m), new(2, 0.08m, 0.9m), new(3, 0.10m, 0.9m)], 3)];

        Assert.That(checks.Where(c => c.Verdict == Verdict.Fail).Select(c => (c.Rule, c.Subject)),
            Is.EqualTo(new[] { ("R36", "sample 3") }));
        Assert.That(Dispositions.Of(checks), Is.EqualTo(Disposition.Reject));
    }

    [Test]
    public void Roughness_OfTwoSamples_IsIncomplete()
    {
        RuleCheck[] checks = [.. PressedRules.Roughness(Samples(2, 0.07m, 0.9m), 3)];

        Assert.That(checks.Single(c => c.Rule == "R38").Verdict, Is.EqualTo(Verdict.NotMeasured));
        Assert.That(checks.Single(c => c.Rule == "R38").Message, Does.Contain("incomplete"));
        Assert.That(Dispositions.Of(checks), Is.EqualTo(Disposition.Hold));
    }

    [Test]
    public void Roughness_OfOneSampleThreeTimes_IsIncomplete()
    {
        RoughnessSample same = new(1, 0.07m, 0.9m);

        Assert.That(
            PressedRules.Roughness([same, same, same], 3).Single(c => c.Rule == "R38").Verdict,
            Is.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void Roughness_OfBadQuality_IsNotMeasured()
    {
        RuleCheck[] checks = [.. PressedRules.Roughness([new(1, null, 0.9m), .. Samples(4, 0.07m, 0.9m).Skip(1)], 3)];

        Assert.That(checks.First(c => c.Rule == "R36").Verdict, Is.EqualTo(Verdict.NotMeasured));
        Assert.That(Dispositions.Of(checks), Is.EqualTo(Disposition.Hold));
    }

    [TestCase(1.0, Verdict.Pass)]
    [TestCase(0.99, Verdict.Fail)]
    [TestCase(100, Verdict.Pass)]
    [TestCase(100.01, Verdict.Fail)]
    public void TotalThickness_From1To100_IsInclusive(decimal um, Verdict verdict)
    {
        Assert.That(
            DriedRules.TotalThickness(Profiles.Total(LayerState.Dried, um)).Select(c => c.Verdict),
            Has.All.EqualTo(verdict));
    }

    [TestCase(0.2138, Verdict.Fail)] // 0.04995 mg/cm² of silver
    [TestCase(0.2142, Verdict.Advisory)]
    [TestCase(0.43, Verdict.Pass)]
    [TestCase(8.5, Verdict.Pass)]
    [TestCase(8.6, Verdict.Advisory)]
    [TestCase(21.39, Verdict.Advisory)]
    [TestCase(21.41, Verdict.Fail)]
    public void SilverLoading_AtTheLimits_IsJudgedAsTheTextHasIt(decimal mgPerCm2, Verdict verdict)
    {
        DriedMeasurement dried = new(Profiles.Base(LayerState.Dried, 30m), null, new(mgPerCm2));

        Assert.That(
            DriedRules.Check(RecipeFiles.Read("embodiment-1"), dried).Single(c => c.Rule == "R34").Verdict,
            Is.EqualTo(verdict));
    }

    [Test]
    public void SingleLayer_IsNotJudgedOnRulesAboutTop()
    {
        DriedMeasurement dried = new(Profiles.Base(LayerState.Dried, 31m), null, new(3m));
        PressedMeasurement pressed = new(dried, Profiles.Total(LayerState.Pressed, 21m), Samples(3, 0.07m, 0.9m));
        Recipe recipe = RecipeFiles.Read("embodiment-1");

        Assert.That(
            DriedRules.Check(recipe, dried).Concat(PressedRules.Check(recipe, pressed)).Select(c => c.Rule),
            Has.None.EqualTo("R30"));
    }

    [Test]
    public void MissingArealMass_IsNotMeasuredAndHolds()
    {
        RuleCheck[] checks = [.. DriedRules.Check(Embodiment4, Example with { ArealMass = null })];

        Assert.That(checks.Where(c => c.Verdict == Verdict.NotMeasured).Select(c => c.Rule),
            Is.EqualTo(new[] { "R34", "R08" }));
        Assert.That(Dispositions.Of(checks), Is.EqualTo(Disposition.Hold));
    }

    [Test]
    public void MassThatDoesNotFitIntoTheThickness_IsNotMeasured()
    {
        PressedMeasurement pressed = Pressed(Example with { ArealMass = new(30m) }, 0.07m, 0.9m);

        Assert.That(
            PressedRules.Check(Embodiment4, pressed).Single(c => c.Rule == "R35").Verdict,
            Is.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void Disposition_OfNothingShown_Holds()
    {
        Assert.That(Dispositions.Of([]), Is.EqualTo(Disposition.Hold));
    }

    private static PressedMeasurement Pressed(DriedMeasurement dried, decimal sa, decimal sz)
    {
        SiteParameters site = Embodiment4.Site;
        ThicknessProfile top = ThicknessProfile.Subtract(dried.Total!, dried.Base);
        ThicknessProfile below = dried.Base.PredictPressed(site.Base);
        ThicknessProfile above = top.PredictPressed(site.Top);
        ThicknessProfile total = Profiles.Total(
            LayerState.Pressed, [.. below.Points.Zip(above.Points, (b, t) => b.Thickness.Value + t.Thickness.Value)]);
        return new PressedMeasurement(dried, total, Samples(3, sa, sz));
    }

    private static ImmutableArray<RoughnessSample> Samples(int count, decimal sa, decimal sz) =>
        [.. Enumerable.Range(1, count).Select(id => new RoughnessSample(id, sa, sz))];
}
