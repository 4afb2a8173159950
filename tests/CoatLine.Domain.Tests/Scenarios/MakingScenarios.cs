using CoatLine.Domain.Mixing;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Scenarios;

/// <summary>Acceptance scenarios about recipes, weighing, mixing and the press, by their numbers; what the line itself
/// does in them is shown where the line is.</summary>
public sealed class MakingScenarios
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");
    private static readonly SiteParameters Site = Embodiment4.Site;

    [Test]
    public void Scenario06_Comparative3_IsRejectedWithExactlyR03R04R05AndR06Twice()
    {
        RuleCheck[] checks = [.. RecipeRules.Check(RecipeFiles.Read("comparative-3"))];

        Assert.That(
            checks.Where(c => c.Verdict is Verdict.Fail or Verdict.NotMeasured).Select(c => c.Rule).Order(),
            Is.EqualTo(new[] { "R03", "R04", "R05", "R06", "R06" }));
        Assert.That(checks.Single(c => c.Rule == "R02").Value, Is.EqualTo(1.667m).Within(0.0005m));
        Assert.That(
            checks.Where(c => c.Rule is "R02" or "R08").Select(c => c.Verdict), Has.All.EqualTo(Verdict.Pass));
    }

    [TestCase(20, 80, "R05")] // ratio 4.0 passes, Δ 60 fails
    [TestCase(45, 54, "R05")] // ratio 1.2 passes, Δ 9 fails
    [TestCase(30, 80, "")]
    [TestCase(50, 90, "R03")]
    public void Scenario07_PairOfSizes_FailsByExactlyTheseRules(int first, int second, string rules)
    {
        string yaml = RecipeFiles.With("d50: 40 nm", $"d50: {first} nm", "embodiment-1")
            .Replace("d50: 80 nm", $"d50: {second} nm", StringComparison.Ordinal);
        Recipe recipe = RecipeFile.Read(yaml, "pair.yaml").Recipe!;

        Assert.That(
            string.Join(' ', RecipeRules.Check(recipe).Where(c => c.Verdict == Verdict.Fail).Select(c => c.Rule)),
            Is.EqualTo(rules));
    }

    [Test]
    public void Scenario08_CoatOneOfEmbodiment4_TakesTheTwoCarbonSlurryAndNoOtherJar()
    {
        SlurryFormula first = Embodiment4.Slurries[0];
        Assert.That(first.Layer, Is.EqualTo(SubLayer.Base));
        Assert.That(first.Carbons, Has.Length.EqualTo(2));
        Assert.That(Embodiment4.Slurries[1].Carbons, Has.Length.EqualTo(1));

        RuleCheck wrong = IdentityRules.Check("coat 1", "J-B-1-BASE", "J-B-1-TOP");
        Assert.That(wrong.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(wrong.Message, Does.Contain("'J-B-1-TOP' was scanned, J-B-1-BASE is expected"));
        Assert.That(IdentityRules.Check("coat 1", "J-B-1-BASE", "J-B-1-BASE").Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(IdentityRules.Check("coat 1", "J-B-1-BASE", "j-b-1-base").Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(IdentityRules.Check("coat 1", "J-B-1-BASE", null).Verdict, Is.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void Scenario09_CycleSevenAbortedAt95Seconds_LeavesThePreDilutionIncomplete()
    {
        MixStage stage = Embodiment4.Slurries[0].PreDilution;
        CycleTally tally = CycleTally.Start(stage, Site.Mixing);
        for (int i = 1; i <= 12; i++)
        {
            tally = tally.Add(i == 7 ? Cycle(7, 95m, false) : Cycle(i, 180m, true));
        }

        Assert.That(tally.Counted, Has.Length.EqualTo(11));
        Assert.That(tally.IsComplete, Is.False, "the addition of NMP waits for the twelfth");
        Assert.That(tally.DiscardedTime.Value, Is.EqualTo(95m));
        Assert.That(tally.Add(Cycle(13, 180m, true)).IsComplete, Is.True);
    }

    [Test]
    public void Scenario09_OneStepOf36Minutes_IsRefusedInTheRecipeAndOnTheMixer()
    {
        MixStage stage = Embodiment4.Slurries[0].PreDilution;
        string yaml = RecipeFiles.With("cycles: 12\n      cycle_time: 180 s", "cycles: 1\n      cycle_time: 2160 s");

        Assert.That(
            RecipeRules.Check(RecipeFile.Read(yaml, "36.yaml").Recipe!)
                .Where(c => c.Verdict == Verdict.Fail).Select(c => c.Rule),
            Is.EqualTo(new[] { "R60", "R60" }));
        Assert.That(MixRules.Counts(stage, Cycle(1, 2160m, true), Site.Mixing), Is.False);
    }

    [TestCase(41, TemperatureZone.Wait)]
    [TestCase(35.1, TemperatureZone.Wait)]
    [TestCase(35, TemperatureZone.MayStart)]
    [TestCase(50.1, TemperatureZone.Warn)]
    [TestCase(60, TemperatureZone.Warn)]
    [TestCase(61, TemperatureZone.Stop)]
    public void Scenario10_SlurryTemperature_GatesTheStartAndStopsAbove60(decimal degc, TemperatureZone zone)
    {
        Assert.That(TemperatureGate.Of(new(degc), Site.Mixing), Is.EqualTo(zone));
        Assert.That(TemperatureGate.StopSeverity, Is.EqualTo(800));
    }

    [TestCase(0.303, Verdict.Pass)]
    [TestCase(0.304, Verdict.Fail)]
    [TestCase(0.297, Verdict.Pass)]
    [TestCase(0.296, Verdict.Fail)]
    public void Scenario11_SilverOfTop_IsHeldToThreeMilligrams(decimal net, Verdict verdict)
    {
        RuleCheck[] checks = [.. Weigh(net, Morning.AddDays(30))];

        Assert.That(checks.Single(c => c.Rule == "S01").Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void Scenario11_ExpiredBalance_Blocks()
    {
        Assert.That(
            Weigh(0.300m, Morning.AddSeconds(-1)).Single(c => c.Rule == "S02").Verdict, Is.EqualTo(Verdict.Fail));
    }

    [Test]
    public void Scenario12_TwoRoughnessSamples_AreIncompleteAndThreeWithOneAtTheLimitFail()
    {
        RoughnessSample[] samples = [new(1, 0.07m, 0.9m), new(2, 0.08m, 0.9m), new(3, 0.10m, 0.9m)];

        Assert.That(
            Dispositions.Of([.. PressedRules.Roughness([.. samples[..2]], 3)]), Is.EqualTo(Disposition.Hold));
        Assert.That(
            PressedRules.Roughness([.. samples], 3).Where(c => c.Verdict == Verdict.Fail).Select(c => c.Subject),
            Is.EqualTo(new[] { "sample 3" }));
    }

    [TestCase(1800, Disposition.Accept)]
    [TestCase(1799, Disposition.Reject)]
    [TestCase(null, Disposition.Hold)]
    public void Scenario14_DwellProvenInBand_IsAcceptedAndAGapLeftOpenHolds(int? dwell, Disposition disposition)
    {
        PressMeasured press = new(
            new(488m), new(492m), new(79m), new(81m), dwell is { } s ? new Seconds(s) : null);

        Assert.That(Dispositions.Of([.. RunRules.CheckPress(press, Site)]), Is.EqualTo(disposition));
    }

    [TestCase(12, 0, Verdict.Pass)]
    [TestCase(12, 1, Verdict.Fail)]
    public void Scenario16_TopCoatedAfterItsPotLife_IsRefused(int hour, int minute, Verdict verdict)
    {
        DateTimeOffset start = new(2026, 3, 2, hour, minute, 0, TimeSpan.Zero);
        Seconds age = new((decimal)(start - Morning).TotalSeconds);

        Assert.That(RunRules.PotLife(SubLayer.Top, age, Site).Verdict, Is.EqualTo(verdict));
    }

    private static RuleCheck[] Weigh(decimal net, DateTimeOffset due)
    {
        Ingredient silver = Embodiment4.Slurry(SubLayer.Top)!.Charge.Single(i => i.Kind == MaterialKind.Silver);
        WeighedMass weighed = new(silver.Material, WeighPart.Charge, new(net), true, due, Morning);
        return [.. WeighInRules.CheckOne(SubLayer.Top, silver, weighed, Site)];
    }

    private static MixCycleMeasured Cycle(int index, decimal seconds, bool whole) => new(
        MixStageKind.PreDilution, index, new(2000m), new(1990m), new(2010m), new(seconds), whole);
}
