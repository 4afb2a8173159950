using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Plots;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline plan gap</c>: the gap of coat 2 from a measured Base, without touching anything.</summary>
internal static class PlanCommand
{
    public static Command Create(TimeProvider real) => new("plan", "Plan a step before it is made")
    {
        CreateGap(), PlanScheduleCommand.Create(real),
    };

    private static Command CreateGap()
    {
        Option<FileInfo> profile = new("--base-profile")
        {
            Description = $"Dried Base (CSV: {ProfileFile.Header})",
            HelpName = "FILE.csv",
            Required = true,
        };
        Option<FileInfo?> recipe = new("--recipe")
        {
            Description = $"Recipe with the Top slurry; default {RecipeSource.DefaultName}",
            HelpName = "FILE",
        };
        Option<BladeDatum> datum = new("--datum")
        {
            Description = "What the blade gap is measured from",
            DefaultValueFactory = static _ => BladeDatum.Foil,
            HelpName = "Foil|CoatedSurface",
        };
        Option<decimal?> z = Number("--z", "Guard band in standard uncertainties; default of the site", 0m, 10m);
        Option<decimal?> u = Number("--u", "One relative uncertainty of R for every gap", 0m, 1m);
        Option<decimal?> target = Number("--target-ratio", "Dried R to aim at; default √(RL·RU)", 0.1m, 100m);
        Option<decimal?> gap = Number("--gap", "Also judge this gap in µm", 0.1m, 1000m);
        Option<decimal?> gaugeClass = Number("--gauge-class", "± class of the gauge in µm, to be judged", 0.01m, 100m);
        Option<PictureFile?> plot = PictureFile.Option("Also draw ratio, limits, guard band and window over the gap");
        Option<bool> json = CommonOptions.Json();
        Command command = new("gap", "Window and proposal for the gap of coat 2 from the measured Base")
        {
            profile, recipe, datum, z, u, target, gap, gaugeClass, plot, json,
        };
        command.SetAction(parsed => Gap(
            new GapOrder(
                ReadProfile(parsed.GetRequiredValue(profile)),
                parsed.GetValue(recipe) is { } file ? RecipeSource.FromFile(file) : RecipeSource.Default(),
                parsed.GetValue(datum),
                parsed.GetValue(z),
                parsed.GetValue(u),
                parsed.GetValue(target),
                parsed.GetValue(gap) is { } um ? new Micrometres(um) : null,
                parsed.GetValue(gaugeClass) is { } gauge ? new Micrometres(gauge) : null),
            parsed.GetValue(plot),
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Gap(GapOrder order, PictureFile? picture, Report report)
    {
        Recipe recipe = order.Recipe.ReadOrFail();
        if (recipe.Slurry(SubLayer.Top) is not { } top)
        {
            throw CommandFailedException.BadInput($"{recipe.Id} has no Top: there is no coat 2 to plan");
        }

        ImmutableArray<RuleCheck> checks =
        [
            .. GaugeRules.CheckProfile(order.Profile, order.GaugeClass, recipe.Site)
                .Where(c => order.GaugeClass is not null || c.Rule != RuleCatalogue.GaugeClass.Id),
        ];
        GapQuestion question = GapPlanner.Ask(order.Profile, top, recipe.Site);
        question = question with
        {
            Datum = order.Datum,
            Z = order.Z ?? question.Z,
            TargetRatio = order.TargetRatio,
        };
        GapPlan plan = order.U is { } u
            ? GapPlanner.AtUncertainty(question, (double)u)
            : GapPlanner.SelfConsistent(question);
        GapPlan even = order.U is null ? GapPlanner.AtTarget(question) : plan;
        GapPlanReport answer = new(recipe, order.Profile, plan, even, order.Gap, checks);
        picture?.Write(format => GapPicture.Draw(answer.View(order.U is null), format));
        report.Answer(answer.ToJson(), answer.Draw);
        return answer.IsAccepted ? ExitCode.Done : ExitCode.Refused;
    }

    private static ThicknessProfile ReadProfile(FileInfo file)
    {
        string text = InputText.Read(file, "profile", InputText.MaxBytesOf(ProfileFile.MaxLength));
        ProfileReading reading = ProfileFile.Read(text, file.ToString(), SubLayer.Base, LayerState.Dried);
        return reading.Profile ?? throw CommandFailedException.BadInput(
            $"{file} is not a profile:\n{string.Join('\n', reading.Errors.Select(static e => "  " + e))}");
    }

    private static Option<decimal?> Number(string name, string description, decimal low, decimal high) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}, {low} to {high}"),
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (decimal.TryParse(
                    text,
                    NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out decimal value)
                && value >= low && value <= high)
            {
                return value;
            }

            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} must be a number from {low} to {high}, not '{text}'"));
            return null;
        },
    };

    /// <summary>What was asked for.</summary>
    private sealed record GapOrder(
        ThicknessProfile Profile,
        RecipeSource Recipe,
        BladeDatum Datum,
        decimal? Z,
        decimal? U,
        decimal? TargetRatio,
        Micrometres? Gap,
        Micrometres? GaugeClass);
}
