using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class WeighInRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");
    private static readonly SlurryFormula Top = Embodiment4.Slurry(SubLayer.Top)!;
    private static readonly SlurryFormula Base = Embodiment4.Slurry(SubLayer.Base)!;

    [TestCase("silver", 0.297, Verdict.Pass)]
    [TestCase("silver", 0.303, Verdict.Pass)]
    [TestCase("silver", 0.3031, Verdict.Fail)]
    [TestCase("silver", 0.304, Verdict.Fail)]
    [TestCase("silver", 0.2969, Verdict.Fail)]
    [TestCase("cb-40", 1.01, Verdict.Pass)]
    [TestCase("cb-40", 1.0101, Verdict.Fail)]
    [TestCase("pvdf-6-nmp", 1.5075, Verdict.Pass)]
    [TestCase("pvdf-6-nmp", 1.5076, Verdict.Fail)]
    [TestCase("pvdf-6-nmp", 1.4925, Verdict.Pass)]
    [TestCase("nmp", 2.525, Verdict.Pass)]
    [TestCase("nmp", 2.5251, Verdict.Fail)]
    public void WeighedMass_AtItsTolerance_IsInclusive(string material, decimal net, Verdict verdict)
    {
        WeighedMass[] weighed = [.. Exact(Top).Select(w =>
            w.Material == material && w.Part == WeighPart.Charge ? w with { Net = new(net) } : w)];

        RuleCheck check = WeighInRules.Check(Top, weighed)
            .First(c => c.Rule == "S01" && c.Subject == $"top {material}");

        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [Test]
    public void ExactWeighing_OfBothSlurries_PassesEverything()
    {
        RuleCheck[] checks = [.. WeighInRules.Check(Base, Exact(Base)), .. WeighInRules.Check(Top, Exact(Top))];

        Assert.That(checks.Where(c => c.Verdict != Verdict.Pass).Select(c => c.Message), Is.Empty);
        Assert.That(checks.Select(c => c.Rule).Distinct().Order(),
            Is.EqualTo(new[] { "R08", "R09", "R10", "R11", "S01", "S02" }));
    }

    [Test]
    public void SilverOfTop_WeighedAt304Milligrams_SaysNoWithTheNumbers()
    {
        WeighedMass weighed = Exact(Top)[1] with { Net = new(0.304m) };

        RuleCheck check = WeighInRules.CheckOne(SubLayer.Top, Top.Charge[1], weighed, Embodiment4.Site)[0];

        Assert.That(check.Message, Is.EqualTo(
            "S01 weighed mass 0.304 g (top silver) is outside 0.297 ≤ m ≤ 0.303 g (site weighing, [0084]–[0091])"));
    }

    [TestCase(1, Verdict.Pass)]
    [TestCase(0, Verdict.Fail)]
    [TestCase(-1, Verdict.Fail)]
    public void Balance_OutOfCalibration_Blocks(int secondsLeft, Verdict verdict)
    {
        WeighedMass weighed = Exact(Top)[0] with { CalibrationDue = Now.AddSeconds(secondsLeft) };

        Assert.That(
            WeighInRules.CheckOne(SubLayer.Top, Top.Charge[0], weighed, Embodiment4.Site)[1].Verdict,
            Is.EqualTo(verdict));
    }

    [Test]
    public void Balance_WithUnknownCalibrationOrUnstableReading_IsNotMeasured()
    {
        WeighedMass weighed = Exact(Top)[0] with { CalibrationDue = null, Stable = false };

        Assert.That(
            WeighInRules.CheckOne(SubLayer.Top, Top.Charge[0], weighed, Embodiment4.Site).Select(c => c.Verdict),
            Has.All.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void OneWeighing_OfAnotherMaterial_Fails()
    {
        WeighedMass weighed = Exact(Top)[0] with { Material = "cb-80" };

        Assert.That(
            WeighInRules.CheckOne(SubLayer.Top, Top.Charge[0], weighed, Embodiment4.Site)[0].Message,
            Does.Contain("is of cb-80, not cb-40"));
    }

    [Test]
    public void StrangeMaterial_InTop_FailsS01AndR10()
    {
        WeighedMass[] weighed = [.. Exact(Top), new("cb-80", WeighPart.Charge, new(0.1m), true, Now.AddDays(30), Now)];

        RuleCheck[] failed = [.. WeighInRules.Check(Top, weighed).Where(c => c.Verdict == Verdict.Fail)];

        Assert.That(failed.Select(c => c.Rule).Order(), Is.EqualTo(new[] { "R10", "S01" }));
    }

    [Test]
    public void MissingOrRepeatedWeighing_IsNotMeasured()
    {
        WeighedMass[] exact = [.. Exact(Top)];

        Assert.That(NotMeasured([.. exact.Skip(1)]), Is.EqualTo(new[] { "R11", "S01" }));
        Assert.That(NotMeasured([.. exact, exact[0]]), Is.EqualTo(new[] { "S01" }));
    }

    [Test]
    public void DilutionWeighedAsCharge_IsNoDilution()
    {
        WeighedMass[] weighed = [.. Exact(Base).Select(w => w with { Part = WeighPart.Charge })];

        Assert.That(
            WeighInRules.Check(Base, weighed).Count(c => c.Verdict == Verdict.NotMeasured), Is.EqualTo(2));
    }

    private static IEnumerable<string> NotMeasured(WeighedMass[] weighed) => WeighInRules.Check(Top, weighed)
        .Where(c => c.Verdict == Verdict.NotMeasured)
        .Select(c => c.Rule)
        .Order();

    private static WeighedMass[] Exact(SlurryFormula formula) =>
    [
        .. formula.Charge.Select(i => Exact(i, WeighPart.Charge)), Exact(formula.Dilution, WeighPart.Dilution),
    ];

    private static WeighedMass Exact(Ingredient ingredient, WeighPart part) =>
        new(ingredient.Material, part, ingredient.Mass, true, Now.AddDays(30), Now);
}
