using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class LabRulesTests
{
    private static readonly CellTestMethod Method = new(new(60m), 0.33m, 4.25m, 0.1m, 0.33m, 3.0m);

    [Test]
    public void Xps_InsideEveryPreferredRange_Passes()
    {
        RuleCheck[] checks = [.. LabRules.Check(new XpsSurvey("X-1", 3m, 80m, 1m, 15m, 0.1m))];

        Assert.That(checks.Select(c => c.Verdict), Has.All.EqualTo(Verdict.Pass));
        Assert.That(checks.Select(c => c.Rule), Has.All.EqualTo("R20"));
        Assert.That(
            checks.Select(c => c.Quantity),
            Is.EqualTo(new[] { "oxygen", "carbon", "silver", "fluorine", "sulfur" }));
    }

    [TestCase(0, 1.999, "outside 2")]
    [TestCase(0, 10.001, "outside 2")]
    [TestCase(0, 2.499, "outside preferred 2.5")]
    [TestCase(0, 5.001, "outside preferred 2.5")]
    [TestCase(1, 64.999, "outside 65")]
    [TestCase(1, 85.001, "outside 65")]
    [TestCase(1, 73.999, "outside preferred 74")]
    [TestCase(2, 0.499, "outside 0.5")]
    [TestCase(2, 5.001, "outside 0.5")]
    [TestCase(2, 3.001, "outside preferred 0.5")]
    [TestCase(3, 4.999, "outside 5")]
    [TestCase(3, 25.001, "outside 5")]
    [TestCase(3, 9.999, "outside preferred 10")]
    [TestCase(3, 20.001, "outside preferred 10")]
    [TestCase(4, 0.00999, "outside 0.01")]
    [TestCase(4, 1.001, "outside 0.01")]
    [TestCase(4, 0.501, "outside preferred 0.01")]
    public void Xps_OutsideARange_IsAnAdvisoryThatNamesIt(int element, decimal percent, string says)
    {
        decimal[] values = [3m, 80m, 1m, 15m, 0.1m];
        values[element] = percent;

        RuleCheck check = LabRules.Check(
            new XpsSurvey("X-1", values[0], values[1], values[2], values[3], values[4]))[element];

        Assert.That(check.Verdict, Is.EqualTo(Verdict.Advisory));
        Assert.That(check.Message, Does.Contain(says));
    }

    [Test]
    public void Xps_NotMeasured_IsANote()
    {
        Assert.That(
            LabRules.Check(new XpsSurvey("X-1", null, null, null, null, null)).Select(c => c.Verdict),
            Has.All.EqualTo(Verdict.Advisory));
    }

    [TestCase(0.01, 1, Verdict.Fail)]
    [TestCase(0.010001, 1, Verdict.Pass)]
    [TestCase(0.1, 1, Verdict.Pass)]
    [TestCase(0.4, 1, Verdict.Pass)]
    [TestCase(0.4000001, 1, Verdict.Advisory)]
    [TestCase(0.5, 1, Verdict.Advisory)] // 0.5 itself: allowed, with a note
    [TestCase(0.5000001, 1, Verdict.Fail)]
    [TestCase(1, 3, Verdict.Pass)]
    public void CapacityRatio_AtItsLimits_IsStrictBelowAndInclusiveAbove(decimal b, decimal a, Verdict verdict)
    {
        RuleCheck check = LabRules.CapacityRatio("cell", b, a);

        Assert.That(check.Rule, Is.EqualTo("R50"));
        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [TestCase("0.5 mAh", Verdict.Advisory)]
    [TestCase("0.51 mAh", Verdict.Fail)]
    [TestCase("0.2 mAh", Verdict.Pass)]
    public void CapacityRatio_OfARecipeThatNamesItsCell_IsJudgedWithTheRecipe(string negative, Verdict verdict)
    {
        Recipe recipe = RecipeFile.Read(RecipeFiles.Cell(negative, "1 mAh"), "cell.yaml").Recipe!;

        Assert.That(RecipeRules.Check(recipe).Single(c => c.Rule == "R50").Verdict, Is.EqualTo(verdict));
        Assert.That(recipe.ContentHash, Is.Not.EqualTo(RecipeFiles.Read("embodiment-4").ContentHash));
        Assert.That(
            RecipeRules.Check(RecipeFiles.Read("embodiment-4")).Select(c => c.Rule), Has.None.EqualTo("R50"));
    }

    [TestCase(null, 1)]
    [TestCase(1, null)]
    [TestCase(1, 0)]
    public void CapacityRatio_WithoutTwoCapacities_IsNotMeasured(decimal? b, decimal? a)
    {
        Assert.That(LabRules.CapacityRatio("cell", b, a).Verdict, Is.EqualTo(Verdict.NotMeasured));
    }

    [TestCase(20, Verdict.Advisory)]
    [TestCase(20.001, Verdict.Pass)]
    [TestCase(60, Verdict.Pass)]
    [TestCase(60.001, Verdict.Advisory)]
    [TestCase(null, Verdict.Advisory)]
    public void AlloySilver_OutsideItsRange_IsAnAdvisory(decimal? percent, Verdict verdict)
    {
        RuleCheck check = LabRules.Check(new CellTestResult("cell", Method, 0.2m, 1m, percent))
            .Single(c => c.Rule == "R51");

        Assert.That(check.Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void CellTest_ByTheMethod_Passes()
    {
        RuleCheck[] checks = [.. LabRules.Check("cell", Method)];

        Assert.That(checks, Has.Length.EqualTo(6));
        Assert.That(checks.Select(c => c.Verdict), Has.All.EqualTo(Verdict.Pass));
    }

    [TestCase(0, 59.9)]
    [TestCase(1, 0.34)]
    [TestCase(2, 4.2)]
    [TestCase(3, 0.05)]
    [TestCase(4, 0.5)]
    [TestCase(5, 2.5)]
    public void CellTest_ByAnotherMethod_FailsOnThatNumber(int part, decimal value)
    {
        decimal[] numbers = [60m, 0.33m, 4.25m, 0.1m, 0.33m, 3.0m];
        numbers[part] = value;
        CellTestMethod other = new(new(numbers[0]), numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);

        RuleCheck[] checks = [.. LabRules.Check("cell", other)];

        Assert.That(
            checks.Select((c, i) => c.Verdict == Verdict.Fail ? i : -1).Where(i => i >= 0),
            Is.EqualTo(new[] { part }));
    }

    [Test]
    public void CellTest_WithANumberMissing_IsNotMeasured()
    {
        Assert.That(
            LabRules.Check("cell", Method with { CutOffRateC = null })[3].Verdict, Is.EqualTo(Verdict.NotMeasured));
    }
}
