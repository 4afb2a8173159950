using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Domain.Recipes;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline recipe scale</c>: more or less of a recipe, judged again.</summary>
internal static class RecipeScaleCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Recipe (YAML)" };
        Option<decimal> factor = CommonOptions.Number(
            "--factor", "Multiplies every mass", 1m, 0.01m, RecipeScaling.MaxFactor);
        factor.Required = true;
        Option<bool> json = CommonOptions.Json();
        Command command = new("scale", "The formula with every mass multiplied, judged again") { file, factor, json };
        command.SetAction(parsed => Scale(
            RecipeSource.FromFile(parsed.GetRequiredValue(file)).ReadOrFail(),
            parsed.GetValue(factor),
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Scale(Recipe recipe, decimal factor, Report report)
    {
        if (!RecipeScaling.TryScale(recipe, factor, out ScaledRecipe? scaled, out string? refusal))
        {
            throw CommandFailedException.Refused($"{recipe.Id} can't be scaled: {refusal}");
        }

        int broken = scaled.Checks.Count(CheckTable.Forbids);
        report.Answer(
            new
            {
                Factor = factor,
                Recipe = FormulaTable.ToJson(scaled.Recipe),
                Broken = broken,
                Checks = CheckTable.ToJson(scaled.Checks),
            },
            console =>
            {
                FormulaTable.Draw(console, scaled.Recipe);
                console.WriteLine(broken == 0
                    ? $"{recipe.Id} × {factor}: all {scaled.Checks.Length} checks hold."
                    : $"{recipe.Id} × {factor}: {broken} of {scaled.Checks.Length} checks fail.");
            });
        return broken == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
