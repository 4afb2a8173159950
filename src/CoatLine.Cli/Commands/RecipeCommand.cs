using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline recipe</c>: here <c>check</c> and <c>list</c>.</summary>
internal static class RecipeCommand
{
    public static Command Create(TimeProvider real) => new("recipe", "Master recipes")
    {
        CreateCheck(),
        RecipeShowCommand.Create(),
        RecipeScaleCommand.Create(),
        RecipeDiffCommand.Create(),
        CreateList(),
        RecipeBookCommands.CreateApprove(real),
        RecipeBookCommands.CreateRetire(real),
        RecipeBookCommands.CreateBook(),
    };

    private static Command CreateCheck()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Recipe (YAML)" };
        Option<RecipeClass> purpose = new("--as")
        {
            Description = "What it is to be made as; a trial may break rules",
            DefaultValueFactory = static _ => RecipeClass.Production,
            HelpName = "production|engineering",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("check", "Judge a recipe by every rule that it alone can break") { file, purpose, json };
        command.SetAction(parsed => Check(
            parsed.GetRequiredValue(file), parsed.GetValue(purpose), CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static Command CreateList()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "The recipes that came with the program") { json };
        command.SetAction(parsed => List(CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Check(FileInfo file, RecipeClass purpose, Report report)
    {
        RecipeSource source = RecipeSource.FromFile(file);
        RecipeReading reading = source.Read();
        if (reading.Recipe is not { } recipe)
        {
            if (!report.IsJson)
            {
                source.ReadOrFail();
            }

            report.Answer(new { File = source.Name, Readable = false, reading.Errors }, static _ => { });
            return ExitCode.BadInput;
        }

        ImmutableArray<RuleCheck> checks = RecipeRules.Check(recipe);
        int broken = checks.Count(CheckTable.Forbids);
        bool accepted = purpose == RecipeClass.Engineering || (broken == 0 && recipe.Class == RecipeClass.Production);
        report.Answer(
            new
            {
                File = source.Name,
                Readable = true,
                Recipe = Describe(source.Name, recipe),
                As = purpose,
                Accepted = accepted,
                Broken = broken,
                Checks = CheckTable.ToJson(checks),
            },
            console =>
            {
                console.MarkupLineInterpolated($"[bold]{recipe.Title}[/]  ({recipe.Id} v{recipe.Version})");
                console.Write(CheckTable.Draw(checks));
                console.WriteLine(Sentence(recipe, purpose, checks.Length, broken));
            });
        return accepted ? ExitCode.Done : ExitCode.Refused;
    }

    private static string Sentence(Recipe recipe, RecipeClass purpose, int checks, int broken) =>
        (broken, purpose) switch
    {
        (0, RecipeClass.Production) when recipe.Class == RecipeClass.Engineering =>
            $"{recipe.Id}: all {checks} checks hold, but its class is engineering: it can't be a production batch.",
        (0, _) => $"{recipe.Id}: all {checks} checks hold.",
        (_, RecipeClass.Engineering) => $"{recipe.Id}: {broken} of {checks} checks fail; as a trial it may be made, "
            + "never released.",
        _ => $"{recipe.Id}: {broken} of {checks} checks fail; it can't be a production batch.",
    };

    private static int List(Report report)
    {
        var recipes = RecipeSource.BuiltIn()
            .Select(static s => (Source: s, Recipe: s.ReadOrFail()))
            .Select(static r => (r.Source, r.Recipe, Broken: RecipeRules.Check(r.Recipe).Count(CheckTable.Forbids)))
            .ToArray();
        report.Answer(
            new { Recipes = recipes.Select(static r => Describe(r.Source.Name, r.Recipe)) },
            console =>
            {
                Table table = new Table().Border(TableBorder.Simple);
                table.AddColumns("File", "Version", "Class", "Slurries", "Broken", "Title");
                table.Columns[0].NoWrap();
                foreach ((RecipeSource source, Recipe recipe, int broken) in recipes)
                {
                    table.AddRow(
                        new Text(source.Name),
                        new Text($"{recipe.Version}"),
                        new Text(recipe.Class.ToString().ToLowerInvariant()),
                        new Text(string.Join(" + ", recipe.Slurries.Select(static s => s.Layer))),
                        new Text($"{broken}"),
                        new Text(recipe.Title));
                }

                console.Write(table);
            });
        return ExitCode.Done;
    }

    private static object Describe(string name, Recipe recipe) => new
    {
        File = name,
        recipe.Id,
        recipe.Version,
        recipe.Title,
        recipe.Class,
        Layers = recipe.Slurries.Select(static s => s.Layer),
        recipe.ContentHash,
        Site = recipe.Site.Id,
    };
}
