using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class RecipeRulesTests
{
    [TestCase("embodiment-1", "")]
    [TestCase("embodiment-2", "")]
    [TestCase("embodiment-3", "")]
    [TestCase("embodiment-4", "")]
    [TestCase("comparative-1", "R01")]
    [TestCase("comparative-2", "R01 R03 R06")]
    [TestCase("comparative-3", "R03 R04 R05 R06 R06")]
    public void RecipeCheck_OfThePublishedRecipes_BreaksExactlyTheseRules(string name, string rules)
    {
        RuleCheck[] failed = Failed(RecipeFiles.Read(name));

        Assert.That(failed.Select(c => c.Rule).Order(), Is.EqualTo(Words(rules)));
        foreach (RuleCheck check in failed)
        {
            Assert.That(check.Value, Is.Not.Null);
            Assert.That(check.Paragraph, Does.Contain("["));
            Assert.That(check.Message, Does.Contain(check.Limit).And.Contain(check.Paragraph));
        }
    }

    [TestCase("embodiment-1")]
    [TestCase("embodiment-2")]
    [TestCase("embodiment-3")]
    [TestCase("embodiment-4")]
    public void RecipeCheck_OfAnEmbodiment_GivesOnlyPassesWithinThePreferredRanges(string name)
    {
        Assert.That(
            RecipeRules.Check(RecipeFiles.Read(name)).Where(c => c.Verdict != Verdict.Pass).Select(c => c.Message),
            Is.Empty);
    }

    [Test]
    public void RecipeCheck_OfComparative3_SaysNoWithTheNumbers()
    {
        RuleCheck[] failed = Failed(RecipeFiles.Read("comparative-3"));

        Assert.That(failed.Select(c => c.Message).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "R03 first carbon D50 120 nm (base cb-120) is outside 5 ≤ d < 50 nm ([0047], cl.3/4)",
            "R04 second carbon D50 200 nm (base cb-200) is outside 50 ≤ d ≤ 90 nm ([0047], cl.3/4)",
            "R05 D50 difference 80 nm (base cb-120/cb-200) is outside 10 ≤ Δ ≤ 50 nm ([0048], cl.5)",
            "R06 carbon D50 120 nm (base cb-120) is outside d < 100 nm ([0047], cl.6/18)",
            "R06 carbon D50 200 nm (base cb-200) is outside d < 100 nm ([0047], cl.6/18)",
        }));
    }

    [Test]
    public void RecipeCheck_OfComparative3_PassesSizeRatioAndContent()
    {
        RuleCheck[] checks = [.. RecipeRules.Check(RecipeFiles.Read("comparative-3"))];

        Assert.That(checks.Single(c => c.Rule == "R02").Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(checks.Single(c => c.Rule == "R02").Value, Is.EqualTo(1.667m).Within(0.001m));
        Assert.That(checks.Single(c => c.Rule == "R08").Verdict, Is.EqualTo(Verdict.Pass));
    }

    [TestCase(20, 80, "R05")] // ratio 4.0 passes, difference 60 does not
    [TestCase(45, 54, "R05")] // ratio 1.2 passes, difference 9 does not
    [TestCase(30, 80, "")]
    [TestCase(50, 90, "R03")]
    [TestCase(49.9, 90, "")]
    [TestCase(40, 50, "")]
    [TestCase(35, 49.9, "R04")]
    [TestCase(45, 90.1, "R04")]
    [TestCase(5, 15, "R04")]
    [TestCase(4.9, 15, "R03 R04")]
    [TestCase(45, 53.9, "R02 R05")]
    [TestCase(20, 70, "")]
    [TestCase(20, 70.1, "R05")]
    [TestCase(15, 60.1, "R02")]
    [TestCase(40, 99.9, "R04 R05")]
    [TestCase(40, 100, "R04 R05 R06")]
    public void SizePair_AtTheLimits_BreaksExactlyTheseRules(decimal first, decimal second, string rules)
    {
        Recipe recipe = Sized(first, second);

        Assert.That(Failed(recipe).Select(c => c.Rule).Order(), Is.EqualTo(Words(rules)));
    }

    [TestCase(1.9, 8, Verdict.Fail)]
    [TestCase(2, 8, Verdict.Advisory)]
    [TestCase(4.9, 5, Verdict.Advisory)]
    [TestCase(5, 5, Verdict.Pass)]
    [TestCase(8, 2, Verdict.Pass)]
    [TestCase(8, 1.999, Verdict.Fail)]
    public void ContentRatio_FromTwoToEight_IsInclusive(decimal first, decimal second, Verdict verdict)
    {
        Recipe recipe = Masses("embodiment-1", first, second, 2m);

        Assert.That(RecipeRules.Check(recipe).Single(c => c.Rule == "R08").Verdict, Is.EqualTo(verdict));
    }

    [TestCase(10, Verdict.Fail)] // 10 wt % exactly: the lower end is strict
    [TestCase(10.001, Verdict.Advisory)]
    [TestCase(20, Verdict.Advisory)]
    [TestCase(20.001, Verdict.Pass)]
    [TestCase(30, Verdict.Pass)]
    [TestCase(30.001, Verdict.Advisory)]
    [TestCase(50, Verdict.Advisory)]
    [TestCase(50.001, Verdict.Fail)]
    public void SilverShare_AtTheLimits_IsJudgedAsTheTextHasIt(decimal percent, Verdict verdict)
    {
        decimal carbon = (100m - percent) / 2m;
        Recipe recipe = Masses("embodiment-1", carbon, carbon, percent);

        Assert.That(RecipeRules.Check(recipe).Single(c => c.Rule == "R11").Verdict, Is.EqualTo(verdict));
    }

    [TestCase(30, Verdict.Pass)]
    [TestCase(30.1, Verdict.Advisory)]
    [TestCase(50.1, Verdict.Advisory)]
    public void OtherActiveShare_BelowSeventyPercent_OnlyAdvises(decimal silverPercent, Verdict verdict)
    {
        decimal carbon = (100m - silverPercent) / 2m;
        Recipe recipe = Masses("embodiment-1", carbon, carbon, silverPercent);

        Assert.That(RecipeRules.Check(recipe).Single(c => c.Rule == "R12").Verdict, Is.EqualTo(verdict));
    }

    [TestCase("cycles: 12", "cycles: 11")]
    [TestCase("cycles: 12", "cycles: 13")]
    [TestCase("cycles: 5", "cycles: 4")]
    [TestCase("cycle_time: 180 s", "cycle_time: 179.9 s")]
    [TestCase("speed: 2000 rpm", "speed: 1999 rpm")]
    public void Schedule_ThatIsNotTheMasterSchedule_BreaksR60(string oldText, string newText)
    {
        Assert.That(Failed(Changed(oldText, newText)).Select(c => c.Rule), Is.EqualTo(new[] { "R60" }));
    }

    [Test]
    public void Schedule_OfOneStepOf36Minutes_IsRefused()
    {
        Recipe recipe = Changed("cycles: 12\n      cycle_time: 180 s", "cycles: 1\n      cycle_time: 2160 s");

        Assert.That(Failed(recipe).Select(c => c.Quantity), Is.EqualTo(new[] { "mix cycles", "mix cycle time" }));
    }

    [Test]
    public void TopWithoutSilver_BreaksR09AndR11()
    {
        Recipe recipe = Changed("      - material: silver\n        kind: silver\n        mass: 0.3 g\n", string.Empty);

        Assert.That(
            Failed(recipe).Select(c => (c.Rule, c.Subject)), Is.EqualTo(new[] { ("R09", "top"), ("R11", "top") }));
    }

    [Test]
    public void TopWithTheSecondCarbon_BreaksR10()
    {
        Recipe recipe = RecipeFiles.Read("embodiment-4");
        SlurryFormula top = recipe.Slurries[1];
        top = top with { Charge = top.Charge.SetItem(0, recipe.Slurries[0].Charge[1] with { Mass = new(1m) }) };
        recipe = recipe with { Slurries = recipe.Slurries.SetItem(1, top) };

        Assert.That(Failed(recipe).Select(c => c.Rule), Is.EqualTo(new[] { "R10" }));
    }

    [Test]
    public void TopCoatedFirst_BreaksR31()
    {
        Recipe recipe = RecipeFiles.Read("embodiment-4");
        recipe = recipe with { Slurries = [recipe.Slurries[1], recipe.Slurries[0]] };

        Assert.That(Failed(recipe).Select(c => c.Rule), Is.EqualTo(new[] { "R31" }));
    }

    [Test]
    public void ThirdCarbon_Of100Nanometres_BreaksR06()
    {
        Recipe recipe = RecipeFiles.Read("embodiment-1");
        SlurryFormula slurry = recipe.Slurries[0];
        Ingredient third = slurry.Charge[0] with { Material = "cb-100", D50 = new(100m), Mass = new(0.01m) };
        recipe = recipe with { Slurries = [slurry with { Charge = slurry.Charge.Add(third) }] };

        Assert.That(Failed(recipe).Select(c => c.Subject), Is.EqualTo(new[] { "base cb-100" }));
    }

    [Test]
    public void Embodiment_OfferedForProduction_IsNotRefused()
    {
        Assert.That(RecipeRules.RefusalsForProduction(RecipeFiles.Read("embodiment-4")), Is.Empty);
    }

    [Test]
    public void Comparative_OfferedForProduction_IsRefusedForClassAndRules()
    {
        string[] refusals = [.. RecipeRules.RefusalsForProduction(RecipeFiles.Read("comparative-1"))];

        Assert.That(refusals, Has.Length.EqualTo(2));
        Assert.That(refusals[0], Does.Contain("comparative-1").And.Contain("engineering"));
        Assert.That(refusals[1], Does.StartWith("R01"));
    }

    [Test]
    public void Comparative_CalledProduction_IsStillRefusedForItsRules()
    {
        Recipe recipe = RecipeFiles.Read("comparative-2") with { Class = RecipeClass.Production };

        Assert.That(RecipeRules.RefusalsForProduction(recipe), Has.Length.EqualTo(3));
    }

    private static string[] Words(string rules) => rules.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static RuleCheck[] Failed(Recipe recipe) =>
        [.. RecipeRules.Check(recipe).Where(c => c.Verdict is Verdict.Fail or Verdict.NotMeasured)];

    private static Recipe Changed(string oldText, string newText)
    {
        RecipeReading reading = RecipeFile.Read(RecipeFiles.With(oldText, newText), "changed.yaml");
        Assert.That(reading.Errors, Is.Empty);
        return reading.Recipe!;
    }

    private static Recipe Sized(decimal first, decimal second)
    {
        Recipe recipe = RecipeFiles.Read("embodiment-1");
        SlurryFormula slurry = recipe.Slurries[0];
        var charge = slurry.Charge
            .SetItem(0, slurry.Charge[0] with { D50 = new(first) })
            .SetItem(1, slurry.Charge[1] with { D50 = new(second) });
        return recipe with { Slurries = [slurry with { Charge = charge }] };
    }

    private static Recipe Masses(string name, decimal first, decimal second, decimal silver)
    {
        Recipe recipe = RecipeFiles.Read(name);
        SlurryFormula slurry = recipe.Slurries[0];
        var charge = slurry.Charge
            .SetItem(0, slurry.Charge[0] with { Mass = new(first) })
            .SetItem(1, slurry.Charge[1] with { Mass = new(second) })
            .SetItem(2, slurry.Charge[2] with { Mass = new(silver) });
        return recipe with { Slurries = [slurry with { Charge = charge }] };
    }
}
