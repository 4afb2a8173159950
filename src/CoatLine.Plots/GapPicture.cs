using System.Collections.Immutable;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Plots.Drawing;
using CoatLine.Plots.Planning;
using ScottPlot;

namespace CoatLine.Plots;

/// <summary>What a picture of a plan of coat 2 shows.</summary>
/// <param name="Heading">What is planned, e.g. recipe and Base.</param>
/// <param name="Plan">The plan that binds.</param>
/// <param name="PerGap">Parameters that give each gap its own uncertainty; null when the plan has one uncertainty for
/// every gap.</param>
/// <param name="Forbidden">Why no gap may be shown although the plan has one, e.g. a gauge too coarse; null when
/// it may.</param>
/// <param name="Asked">A gap that somebody would like to use; null when none.</param>
public sealed record GapView(
    string Heading, GapPlan Plan, PlanningParameters? PerGap, string? Forbidden = null, Micrometres? Asked = null)
{
    internal bool IsShown => Plan.Feasible && Forbidden is null;
}

/// <summary>
/// The thickness ratio over the gap of coat 2, dried and pressed, with the limits of R30 ([0052]), the guard band, and
/// the window where both stay inside. Where no gap is permissible the picture says so and draws no window.
/// </summary>
public static class GapPicture
{
    /// <summary>Draws the picture.</summary>
    /// <param name="view">What it shows.</param>
    /// <param name="format">PNG or SVG; the same view gives the same bytes.</param>
    /// <exception cref="PictureFontException">The machine has no font.</exception>
    public static byte[] Draw(GapView view, PictureFormat format) => PageWriter.Write(
        new Page($"{view.Heading}: gap of coat 2", Notes(view), [GapPanel.Of(view)], Footer(view)), format);

    private static ImmutableArray<string> Notes(GapView view)
    {
        GapPlan plan = view.Plan;
        string ground = FormattableString.Invariant(
            $"max(Base) {plan.BaseMax.Value:0.0#} µm, β {plan.Beta:0.0000} µm/µm, w {plan.PressingFactor:0.000}, ")
            + FormattableString.Invariant($"z {plan.GuardZ:0.###} (Cpk {plan.GuardCpk:0.00}), ")
            + FormattableString.Invariant($"u {plan.RelativeUncertainty:0.0000} at the target.");
        if (view.Forbidden is { } forbidden)
        {
            return [ground, "No gap is permissible: " + forbidden];
        }

        if (plan is not { Window: { } window, Proposed: { } proposed })
        {
            return [ground, Sentence(plan.Reason!)];
        }

        string datum = plan.Datum == BladeDatum.Foil ? "above the foil" : "above the coated Base";
        string answer = FormattableString.Invariant(
            $"Window {window.Low.Value:0.0}–{window.High.Value:0.0} µm {datum}; proposed {proposed.Value:0.0##} µm: ")
            + FormattableString.Invariant($"R {plan.ExpectedDried:0.00} dried, {plan.ExpectedPressed:0.00} pressed.");
        return view.Asked is { } asked ? [ground, answer, Sentence(plan.Explain(asked))] : [ground, answer];
    }

    private static ImmutableArray<string> Footer(GapView view) =>
    [
        "Solid curve: R dried, ribbon: R dried within ± z·u. Dashed curve: R pressed.",
        view.IsShown
            ? "Darker field: the window, where the ribbon lies between RL and RU. Lighter field: without guard band."
            : view.Plan.Feasible ? "No window is drawn: nothing may be planned from what was measured."
            : "No window is drawn: nowhere does the whole ribbon lie between RL and RU.",
    ];

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
