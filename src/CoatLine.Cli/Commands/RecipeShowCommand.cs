using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Domain.Recipes;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline recipe show</c>: the formula and what follows from it.</summary>
internal static class RecipeShowCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Recipe (YAML)" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "The formula with solids, silver, φ and densities") { file, json };
        command.SetAction(parsed =>
        {
            Recipe recipe = RecipeSource.FromFile(parsed.GetRequiredValue(file)).ReadOrFail();
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                FormulaTable.ToJson(recipe), console => FormulaTable.Draw(console, recipe));
            return ExitCode.Done;
        });
        return command;
    }
}
