using System.Collections.Immutable;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Plots;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>A plan of coat 2 as text and as JSON. Where no gap is permissible, no gap is shown.</summary>
/// <param name="Recipe">The recipe with its site parameters.</param>
/// <param name="Profile">The dried Base.</param>
/// <param name="Plan">The plan that binds: each edge with its own uncertainty unless one was given.</param>
/// <param name="Even">The same with the uncertainty of the gap aimed at for the whole window.</param>
/// <param name="Asked">A gap to be judged; null when none was asked about.</param>
/// <param name="Checks">Whether profile and gauge are fit for a plan.</param>
internal sealed record GapPlanReport(
    Recipe Recipe,
    ThicknessProfile Profile,
    GapPlan Plan,
    GapPlan Even,
    Micrometres? Asked,
    ImmutableArray<RuleCheck> Checks)
{
    private static readonly string[] Parameters =
    [
        "coating.wet_film_factor", "planning.beta_uncertainty", "planning.gap_uncertainty",
        "planning.base_uncertainty", "base.porosity_before", "top.porosity_before",
    ];

    /// <summary>Whether there is a permissible gap from a fit profile, and the gap asked about is one.</summary>
    public bool IsAccepted => IsShown && (Asked is not { } gap || Plan.Judge(gap) == GapVerdict.Accepted);

    // What an unfit gauge or grid measured permits no gap either.
    private bool IsShown => Plan.Feasible && !Checks.Any(CheckTable.Forbids);

    /// <summary>The plan as a picture shows it.</summary>
    /// <param name="perGap">Whether each gap has its own uncertainty.</param>
    public GapView View(bool perGap) => new(
        $"{Recipe.Id} v{Recipe.Version}",
        Plan,
        perGap ? Recipe.Site.Planning : null,
        Checks.FirstOrDefault(CheckTable.Forbids)?.Message,
        Asked);

    public object ToJson() => new
    {
        Recipe = Recipe.Id,
        Recipe.Version,
        Site = Recipe.Site.Id,
        Points = Profile.Points.Length,
        BaseMaxUm = Plan.BaseMax.Value,
        BaseMaxPoint = Profile.Thickest.Id,
        BaseMinUm = Profile.Min.Value,
        BaseMeanUm = Profile.Mean.Value,
        Plan.Datum,
        BetaUmPerUm = Plan.Beta,
        Plan.PressingFactor,
        Plan.RatioLow,
        Plan.RatioHigh,
        Plan.TargetRatio,
        TargetRatioPressed = Plan.TargetRatio * Plan.PressingFactor,
        Plan.GuardZ,
        Plan.GuardCpk,
        Plan.RelativeUncertainty,
        Plan.Feasible,
        LimitsUm = Shown(Plan.Limits),
        WindowUm = Shown(Plan.Window),
        WindowAtTargetUncertaintyUm = Shown(Even.Window),
        ProposedUm = IsShown ? Plan.Proposed?.Value : null,
        ExpectedDried = IsShown ? Plan.ExpectedDried : null,
        ExpectedPressed = IsShown ? Plan.ExpectedPressed : null,
        Reason = IsShown || !Plan.Feasible ? Reason() : Checks.First(CheckTable.Forbids).Message,
        Asked = Asked is not { } gap || !IsShown ? null : new
        {
            GapUm = gap.Value,
            Verdict = Plan.Judge(gap),
            RatioDried = Plan.RatioAt(gap),
            Reason = Plan.Explain(gap),
        },
        Marks = Marks(),
        Checks = Checks.Select(static c => CheckTable.ToJson(RuleStage.Dried, c)),
        Accepted = IsAccepted,
    };

    public void Draw(IAnsiConsole console)
    {
        foreach (string line in Lines())
        {
            console.WriteLine(line);
        }
    }

    private IEnumerable<string> Lines()
    {
        string datum = Plan.Datum == BladeDatum.Foil ? "above the foil" : "above the coated Base";
        yield return FormattableString.Invariant(
            $"Base       max {Plan.BaseMax} at point {Profile.Thickest.Id}, mean {Profile.Mean.Value:0.0}, ")
            + FormattableString.Invariant($"min {Profile.Min.Value:0.0} µm; {Profile.Points.Length} points");
        yield return FormattableString.Invariant(
            $"Model      β {Plan.Beta:0.000000} µm/µm, pressing factor w {Plan.PressingFactor:0.000} ")
            + $"({Recipe.Id} v{Recipe.Version}, {Recipe.Site.Id})";
        yield return $"Rests on   {string.Join(", ", Marks())}";
        yield return FormattableString.Invariant(
            $"Ratio      RL {Plan.RatioLow:0.00}, RU {Plan.RatioHigh:0.00} dried: R30 holds dried and pressed; ")
            + FormattableString.Invariant(
                $"target {Plan.TargetRatio:0.00} dried, {Plan.TargetRatio * Plan.PressingFactor:0.00} pressed");
        if (IsShown)
        {
            yield return $"Limits     {Range(Plan.Limits!)} {datum} without any guard band";
            if (Even.Window is not null && Even != Plan)
            {
                yield return $"Even       {Range(Even.Window)} at {Guard()} with u "
                    + FormattableString.Invariant($"{Even.RelativeUncertainty:0.0000}, that of the target, throughout");
            }

            yield return $"Window     {Range(Plan.Window!)} at {Guard()} "
                + (Even == Plan
                    ? FormattableString.Invariant($"with u {Plan.RelativeUncertainty:0.0000} throughout")
                    : "with the u of each edge: this one binds");
            yield return FormattableString.Invariant(
                $"Proposed   {Plan.Proposed!.Value.Value:0.0##} µm {datum}: R {Plan.ExpectedDried:0.00} dried, ")
                + FormattableString.Invariant($"{Plan.ExpectedPressed:0.00} pressed");
        }

        if (IsShown || !Plan.Feasible)
        {
            yield return "Reason     " + Reason();
        }

        foreach (RuleCheck check in Checks.Where(CheckTable.Forbids))
        {
            yield return "Refused    " + check.Message;
        }

        if (Asked is { } gap && IsShown)
        {
            yield return "Asked      " + Plan.Explain(gap);
        }
        else if (Asked is not null)
        {
            yield return "Asked      refused: no gap is permissible";
        }
    }

    private string Reason() => Plan.Reason
        ?? (Plan.RatioAt(Plan.Proposed!.Value) is { } ratio
            && Math.Abs(ratio - Plan.TargetRatio) > Plan.TargetRatio / 50m
            ? "the target lies outside the window; the nearest permissible gap is proposed"
            : "the target lies inside the window");

    private string Guard() => FormattableString.Invariant($"z {Plan.GuardZ:0.###} (Cpk {Plan.GuardCpk:0.00})");

    private static string Range(GapWindow window) =>
        FormattableString.Invariant($"{window.Low.Value:0.0}–{window.High.Value:0.0} µm");

    private decimal[]? Shown(GapWindow? window) =>
        window is null || !IsShown ? null : [window.Low.Value, window.High.Value];

    // Where the numbers come from: E an estimate, C computed, T trade knowledge.
    private string[] Marks() =>
    [
        .. Parameters.Where(Recipe.Site.Marks.ContainsKey)
            .Select(path => $"{path} {Letter(Recipe.Site.Marks[path])}"),
    ];

    private static char Letter(ValueMark mark) => mark switch
    {
        ValueMark.Computed => 'C',
        ValueMark.Estimate => 'E',
        _ => 'T',
    };
}
