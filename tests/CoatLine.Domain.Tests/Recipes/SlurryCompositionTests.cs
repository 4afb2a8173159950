using CoatLine.Domain.Recipes;
using CsCheck;

namespace CoatLine.Domain.Tests.Recipes;

public sealed class SlurryCompositionTests
{
    private const string TwoCarbons =
        "25.00 30.00 8.5598 0.5598 34.24 28.53 25.00 23.37 6.54 0.50 2.294 1.220 0.189 0.1517";

    private const string OneCarbon =
        "25.00 30.00 8.5598 0.5598 34.24 28.53 25.00 23.37 6.54 1.00 2.294 1.220 0.189 0.1517";

    // Columns: charge, final, solids, binder solids, solids % before/after, Ag % of active/of dry, PVDF % of dry,
    // first carbon fraction, density of solids and of slurry, φ before/after.
    private static readonly object[][] Printed =
    [
        ["embodiment-1", SubLayer.Base, TwoCarbons],
        ["embodiment-2", SubLayer.Base, TwoCarbons],
        ["embodiment-3", SubLayer.Base,
            "26.50 31.50 10.0598 0.5598 37.96 31.94 21.05 19.88 5.56 0.60 2.217 1.240 0.221 0.1787"],
        ["embodiment-4", SubLayer.Base, TwoCarbons],
        ["embodiment-4", SubLayer.Top,
            "5.30 6.80 1.3900 0.0900 26.23 20.44 23.08 21.58 6.47 1.00 2.254 1.157 0.140 0.1049"],
        ["comparative-1", SubLayer.Base, OneCarbon],
        ["comparative-2", SubLayer.Base, OneCarbon],
        ["comparative-3", SubLayer.Base, TwoCarbons],
    ];

    [TestCaseSource(nameof(Printed))]
    public void Composition_OfEveryRecipe_HasThePrintedDigits(string name, SubLayer layer, string printed)
    {
        Recipe recipe = RecipeFiles.Read(name);
        SlurryComposition c = SlurryComposition.Of(recipe.Slurry(layer)!, recipe.Site.Densities);

        decimal[] values =
        [
            c.Charge.Value, c.Final.Value, c.Solids.Value, c.BinderSolids.Value, c.SolidsPercentBefore,
            c.SolidsPercentAfter, c.SilverPercentOfActive, c.SilverPercentOfDry, c.BinderPercentOfDry,
            c.FirstCarbonFraction, c.SolidsDensity.Value, c.SlurryDensity.Value, c.SolidsVolumeFractionBefore,
            c.SolidsVolumeFraction,
        ];
        string[] digits = printed.Split(' ');
        string[] rounded = [.. values.Select((v, i) => v.ToString($"F{DecimalsOf(digits[i])}"))];
        Assert.That(string.Join(' ', rounded), Is.EqualTo(printed));
    }

    [Test]
    public void Composition_OfAnyScaledFormula_KeepsItsFractions()
    {
        Recipe recipe = RecipeFiles.Read("embodiment-4");
        SlurryFormula formula = recipe.Slurry(SubLayer.Base)!;
        SlurryComposition one = SlurryComposition.Of(formula, recipe.Site.Densities);

        Gen.Int[1, 1000].Holds(scale =>
        {
            SlurryComposition many = SlurryComposition.Of(Scaled(formula, scale / 10m), recipe.Site.Densities);
            return Near(many.SolidsVolumeFraction, one.SolidsVolumeFraction)
                && Near(many.SilverPercentOfActive, one.SilverPercentOfActive)
                && Near(many.Solids.Value, one.Solids.Value * scale / 10m);
        });
    }

    private static bool Near(decimal left, decimal right) => Math.Abs(left - right) < 1e-20m;

    private static SlurryFormula Scaled(SlurryFormula formula, decimal scale) => formula with
    {
        Charge = [.. formula.Charge.Select(i => i with { Mass = new(i.Mass.Value * scale) })],
        Dilution = formula.Dilution with { Mass = new(formula.Dilution.Mass.Value * scale) },
    };

    private static int DecimalsOf(string digits) => digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1;
}
