using System.Collections.Immutable;
using CoatLine.Domain.Recipes;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>The formula of a recipe and what follows from it, one column a sub-layer.</summary>
internal static class FormulaTable
{
    public static void Draw(IAnsiConsole console, Recipe recipe)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn("");
        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            table.AddColumn(new TableColumn($"{slurry.Layer}").RightAligned().NoWrap());
        }

        foreach (string material in recipe.Slurries.SelectMany(s => s.Charge).Select(i => i.Material).Distinct())
        {
            Row(table, material, recipe, s => s.Charge.FirstOrDefault(i => i.Material == material)?.Mass.ToString());
        }

        Row(table, "dilution", recipe, s => $"{s.Dilution.Mass} {s.Dilution.Material}");
        Row(table, "mixing", recipe, s => $"{Schedule(s.PreDilution)}, {Schedule(s.PostDilution)}");
        table.AddEmptyRow();
        ImmutableArray<ImmutableArray<DerivedValue>> derived =
            [.. recipe.Slurries.Select(s => DerivedValues.Of(s, recipe.Site.Densities))];
        for (int i = 0; i < derived[0].Length; i++)
        {
            int row = i;
            table.AddRow([new Text(derived[0][row].Name), .. derived.Select(d => new Text($"{d[row]}"))]);
        }

        console.Write(table);
        console.WriteLine($"Densities of {recipe.Site.Id}: " + string.Join(
            ", ", recipe.Site.Marks.Where(m => m.Key.StartsWith("densities.", StringComparison.Ordinal))
                .Select(m => $"{m.Key["densities.".Length..]} {m.Value.ToString()[0]}"))
            + " (C computed, E estimate, T trade knowledge)");
    }

    public static object ToJson(Recipe recipe) => new
    {
        recipe.Id,
        recipe.Version,
        recipe.Title,
        recipe.Class,
        recipe.ContentHash,
        Site = recipe.Site.Id,
        Slurries = recipe.Slurries.Select(s => new
        {
            s.Layer,
            Charge = s.Charge.Select(i => new { i.Material, i.Kind, MassG = i.Mass.Value, D50Nm = i.D50?.Value }),
            Dilution = new { s.Dilution.Material, MassG = s.Dilution.Mass.Value },
            Derived = DerivedValues.Of(s, recipe.Site.Densities)
                .Select(static v => new { v.Name, v.Value, v.Unit, Printed = v.ToString() }),
        }),
    };

    private static string Schedule(MixStage stage) => $"{stage.Cycles} × {stage.CycleTime} at {stage.Speed}";

    private static void Row(Table table, string name, Recipe recipe, Func<SlurryFormula, string?> cell) =>
        table.AddRow([new Text(name), .. recipe.Slurries.Select(s => new Text(cell(s) ?? "–"))]);
}
