using System.Text;
using CoatLine.Domain.Recipes;
using CsCheck;

namespace CoatLine.Domain.Tests.Recipes;

public sealed class RecipeFileTests
{
    [TestCase("mass: 0.3 g", "mass: 0.3", "slurries[1].charge[1].mass", "has no unit", "≤ 310 g")]
    [TestCase("mass: 0.3 g", "mass: -1 g", "slurries[1].charge[1].mass", "-1 g", "0 < mass ≤ 310 g")]
    [TestCase("mass: 0.3 g", "mass: −1 g", "slurries[1].charge[1].mass", "-1 g", "0 < mass ≤ 310 g")]
    [TestCase("mass: 0.3 g", "mass: 0 g", "slurries[1].charge[1].mass", "0 g", "0 < mass ≤ 310 g")]
    [TestCase("mass: 0.3 g", "mass: 310.01 g", "slurries[1].charge[1].mass", "310.01 g", "0 < mass ≤ 310 g")]
    [TestCase("mass: 0.3 g", "mass: 0.3 kg", "slurries[1].charge[1].mass", "'kg'", "must be g")]
    [TestCase("mass: 0.3 g", "mass: 300 mg", "slurries[1].charge[1].mass", "'mg'", "must be g")]
    [TestCase("mass: 0.3 g", "mass: 3e-1 g", "slurries[1].charge[1].mass", "3e-1", "must be g")]
    [TestCase("mass: 0.3 g", "mass: NaN g", "slurries[1].charge[1].mass", "NaN", "unit g")]
    [TestCase("mass: 0.3 g", "mass: [0.3 g]", "slurries[1].charge[1].mass", "single value", "mass")]
    [TestCase("mass: 0.3 g", "mass: 0.300000000000000000001 g", "slurries[1].charge[1].mass", "digits", "g")]
    [TestCase("mass: 0.3 g", "weight: 0.3 g", "slurries[1].charge[1].mass", "missing", "mass")]
    [TestCase("d50: 40 nm", "d50: 40 µm", "slurries[0].charge[0].d50", "µm", "must be nm")]
    [TestCase("primary_particle", "laser", "slurries[0].charge[0].d50_method", "laser", "must be primary_particle")]
    [TestCase("cycles: 12", "cycles: 12.5", "slurries[0].pre_dilution.cycles", "12.5", "1 to 30")]
    [TestCase("cycles: 12", "cycles: 31", "slurries[0].pre_dilution.cycles", "31", "1 ≤ cycles ≤ 30")]
    [TestCase("speed: 2000 rpm", "speed: 2001 rpm", "slurries[0].pre_dilution.speed", "2001 rpm", "≤ 2000 rpm")]
    [TestCase("cycle_time: 180 s", "cycle_time: 3 min", "slurries[0].pre_dilution.cycle_time", "min", "must be s")]
    [TestCase("class: production", "class: prod", "class", "prod", "production or engineering")]
    [TestCase("version: 1", "version: 0", "version", "0", "1 ≤ version ≤ 9999")]
    [TestCase("site: site-1", "site: site-9", "site", "site-9", "site-1")]
    [TestCase("layer: top", "layer: second", "slurries[1].layer", "second", "base or top")]
    [TestCase("layer: top", "layer: base", "slurries[1].layer", "base", "twice")]
    [TestCase("recipe: embodiment-4", "recipe: Embodiment 4", "recipe", "Embodiment 4", "a-z")]
    [TestCase("material: cb-80", "material: cb-40", "slurries[0].charge[1].material", "cb-40", "twice")]
    public void Read_OfABadValue_NamesFieldLineAndLimit(
        string oldText, string newText, string path, string says, string limit)
    {
        string yaml = RecipeFiles.With(oldText, newText);
        int line = LineOf(yaml, newText, oldText);

        RecipeReading reading = RecipeFile.Read(yaml, "bad.yaml");

        Assert.That(reading.Recipe, Is.Null);
        RecipeError error = reading.Errors.First(e => e.Path == path);
        Assert.That(error.Message, Does.Contain(says).And.Contain(limit));
        Assert.That(error.Line, newText.StartsWith("weight", StringComparison.Ordinal)
            ? Is.EqualTo(line - 2)
            : Is.EqualTo(line));
        Assert.That(error.ToString(), Does.StartWith($"bad.yaml:{error.Line} {path}: "));
    }

    [Test]
    public void Read_OfAnUnknownKey_NamesItAndTheKnownOnes()
    {
        RecipeReading reading = RecipeFile.Read(
            RecipeFiles.With("mass: 0.3 g", "mass: 0.3 g\n        colour: grey"), "bad.yaml");

        RecipeError error = reading.Errors.Single();
        Assert.That(error.Path, Is.EqualTo("slurries[1].charge[1].colour"));
        Assert.That(error.Message, Does.Contain("'colour' is not known").And.Contain("kind, mass, material"));
    }

    [Test]
    public void Read_OfAKeyTwice_SaysSo()
    {
        RecipeReading reading = RecipeFile.Read(RecipeFiles.With("version: 1", "version: 1\nversion: 1"), "bad.yaml");

        Assert.That(reading.Errors.Single().Message, Is.EqualTo("the key 'version' is there twice"));
        Assert.That(reading.Errors.Single().Line, Is.EqualTo(5));
    }

    [Test]
    public void Read_OfSeveralErrors_ReportsEveryOneInLineOrder()
    {
        string yaml = RecipeFiles.With("version: 1", "version: x")
            .Replace("mass: 9.33 g", "mass: 9.33", StringComparison.Ordinal)
            .Replace("mass: 0.3 g", "mass: -1 g", StringComparison.Ordinal)
            .Replace("cycles: 5", "cycels: 5", StringComparison.Ordinal);

        RecipeReading reading = RecipeFile.Read(yaml, "bad.yaml");

        Assert.That(reading.Recipe, Is.Null);
        Assert.That(reading.Errors.Select(e => e.Path), Is.EquivalentTo(new[]
        {
            "version", "slurries[0].charge[3].mass", "slurries[0].post_dilution.cycels",
            "slurries[0].post_dilution.cycles", "slurries[1].charge[1].mass", "slurries[1].post_dilution.cycels",
            "slurries[1].post_dilution.cycles",
        }));
        Assert.That(reading.Errors.Select(e => e.Line), Is.Ordered);
    }

    [TestCase("", "empty")]
    [TestCase("# nothing but a comment\n", "empty")]
    [TestCase("just words", "keys with values")]
    [TestCase("- a\n- b", "keys with values")]
    [TestCase("a: [1, 2", "not YAML")]
    [TestCase("a: 'unclosed", "not YAML")]
    [TestCase("a: b: c", "not YAML")]
    [TestCase("a: [b\n- c", "not YAML")]
    [TestCase("a: 1\n---\nb: 2", "more than one document")]
    [TestCase("a: &x [1]\nb: [*x, *x]", "anchors")]
    [TestCase("a: *x", "anchors")]
    [TestCase("a: !!binary abc", "tags")]
    [TestCase("? [1]\n: 2", "single word")]
    public void Read_OfWhatIsNoRecipe_SaysWhatItIs(string yaml, string says)
    {
        RecipeReading reading = RecipeFile.Read(yaml, "bad.yaml");

        Assert.That(reading.Recipe, Is.Null);
        Assert.That(reading.Errors[0].Message, Does.Contain(says));
        Assert.That(reading.Errors[0].Line, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void Read_OfTooManyBytes_IsRefusedUnread()
    {
        string yaml = RecipeFiles.Text("embodiment-1");
        string filled = yaml + new string('#', RecipeFile.MaxBytes - Encoding.UTF8.GetByteCount(yaml));

        Assert.That(RecipeFile.Read(filled, "full.yaml").Errors, Is.Empty);
        Assert.That(
            RecipeFile.Read(filled + "#", "over.yaml").Errors.Single().Message,
            Is.EqualTo($"the file has {RecipeFile.MaxBytes + 1} bytes; the limit is {RecipeFile.MaxBytes}"));
    }

    [Test]
    public void Read_OfDeepNesting_IsRefused()
    {
        string yaml = "a: " + new string('[', 5000) + new string(']', 5000);

        Assert.That(RecipeFile.Read(yaml, "deep.yaml").Errors.Single().Message, Does.Contain("nested deeper"));
    }

    [Test]
    public void Read_OfVeryManyNodes_IsRefused()
    {
        string yaml = "a: [" + string.Concat(Enumerable.Repeat("1,", 10_000)) + "1]";

        Assert.That(RecipeFile.Read(yaml, "long.yaml").Errors.Single().Message, Does.Contain("nodes"));
    }

    [Test]
    public void Read_OfAnyDamagedText_GivesARecipeOrErrorsAndNeverThrows()
    {
        string plain = RecipeFiles.Text("embodiment-4");
        string[] pieces =
        [
            "", "\0", "\t", "\n", " ", "-", ": ", "[", "]", "{", "}", "#",
            "&a ", "*a ", "!x ", "'", "\"", "|", "%", "\ud800", "9",
        ];
        Gen<int> place = Gen.Int[0, plain.Length - 20];
        Gen.Select(place, Gen.Int[0, 19], Gen.Int[0, pieces.Length - 1]).Holds((at, cut, put) =>
        {
            RecipeReading reading = RecipeFile.Read(plain.Remove(at, cut).Insert(at, pieces[put]), "damaged.yaml");
            return (reading.Recipe is null) != reading.Errors.IsEmpty && reading.Errors.All(e => e.Line >= 1);
        });
    }

    [Test]
    public void Read_OfEmbodiment4_KeepsEveryNumber()
    {
        Recipe recipe = RecipeFiles.Read("embodiment-4");

        Assert.That(recipe.Class, Is.EqualTo(RecipeClass.Production));
        Assert.That(recipe.Slurries.Select(s => s.Layer), Is.EqualTo(new[] { SubLayer.Base, SubLayer.Top }));
        Assert.That(recipe.Slurry(SubLayer.Base)!.Charge, Is.EqualTo(new Ingredient[]
        {
            new("cb-40", MaterialKind.Carbon, new(3m), new(40m), "carbon black", null, 2.6m),
            new("cb-80", MaterialKind.Carbon, new(3m), new(80m), "carbon black", null, null),
            new("silver", MaterialKind.Silver, new(2m), null, null, null, null),
            new("pvdf-6-nmp", MaterialKind.BinderSolution, new(9.33m), null, null, 0.06m, null),
            new("nmp", MaterialKind.Solvent, new(7.67m), null, null, null, null),
        }));
        SlurryFormula top = recipe.Slurry(SubLayer.Top)!;
        Assert.That(top.Charge.Select(i => i.Mass.Value), Is.EqualTo(new[] { 1m, 0.3m, 1.5m, 2.5m }));
        Assert.That(top.Dilution.Mass.Value, Is.EqualTo(1.5m));
        Assert.That(top.PreDilution, Is.EqualTo(new MixStage(MixStageKind.PreDilution, 12, new(180m), new(2000m))));
        Assert.That(top.PostDilution, Is.EqualTo(new MixStage(MixStageKind.PostDilution, 5, new(180m), new(2000m))));
    }

    [Test]
    public void ContentHash_WithOtherSpacingCommentsAndKeyOrder_IsTheSame()
    {
        string plain = RecipeFiles.Text("embodiment-4");
        string other = "# another comment\n" + plain
            .Replace("recipe: embodiment-4\n", string.Empty, StringComparison.Ordinal)
            .Replace("version: 1\n", "version: 1\nrecipe:   embodiment-4\n", StringComparison.Ordinal)
            .Replace("mass: 3 g", "mass: \"3.00 g\"", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);

        string first = RecipeFile.Read(plain, "a.yaml").Recipe!.ContentHash;

        Assert.That(other, Is.Not.EqualTo(plain));
        Assert.That(RecipeFile.Read(other, "b.yaml").Recipe!.ContentHash, Is.EqualTo(first));
        Assert.That(first, Does.Match("^[0-9a-f]{64}$"));
    }

    [TestCase("mass: 0.3 g", "mass: 0.301 g")]
    [TestCase("title: Embodiment 4", "title: Embodiment four")]
    [TestCase("version: 1", "version: 2")]
    [TestCase("class: production", "class: engineering")]
    [TestCase("oxygen: 2.6 at%", "oxygen: 2.7 at%")]
    [TestCase("cycles: 5", "cycles: 6")]
    [TestCase("type: carbon black", "type: furnace black")]
    [TestCase("binder_fraction: 6 wt%", "binder_fraction: 6.1 wt%")]
    public void ContentHash_WithAnyOtherValue_Differs(string oldText, string newText)
    {
        string first = RecipeFiles.Read("embodiment-4").ContentHash;

        Assert.That(
            RecipeFile.Read(RecipeFiles.With(oldText, newText), "b.yaml").Recipe!.ContentHash, Is.Not.EqualTo(first));
    }

    [Test]
    public void ContentHash_UnderOtherSiteParameters_Differs()
    {
        SiteParameters other = SiteParameters.Default with { ContentHash = new string('0', 64) };
        string yaml = RecipeFiles.Text("embodiment-4");

        Assert.That(
            RecipeFile.Read(yaml, "a.yaml", other).Recipe!.ContentHash,
            Is.Not.EqualTo(RecipeFile.Read(yaml, "a.yaml").Recipe!.ContentHash));
    }

    private static int LineOf(string yaml, string newText, string oldText)
    {
        // The first difference from the recipe as it stands is where the text was replaced.
        string plain = RecipeFiles.Text("embodiment-4");
        int at = plain.IndexOf(oldText, StringComparison.Ordinal);
        Assert.That(yaml.AsSpan(at).StartsWith(newText), Is.True);
        return 1 + plain.AsSpan(0, at).Count('\n');
    }
}
