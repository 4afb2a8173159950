using System.Collections.Immutable;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;
using CoatLine.Plots.Drawing;
using ScottPlot;
using ScottPlot.Plottables;

namespace CoatLine.Plots.Planning;

/// <summary>ln R over the gap. The axis is logarithmic because the guard band is a factor.</summary>
internal static class GapPanel
{
    private const int Steps = 240;
    private const double LeastRatio = 3.6;
    private const double GreatestRatio = 14.5;

    private static readonly double Five = (double)RuleCatalogue.ThicknessRatio.Limits.Low!.Value;
    private static readonly double Ten = (double)RuleCatalogue.ThicknessRatio.Limits.High!.Value;
    private static readonly int[] RatioTicks = [4, 5, 6, 7, 8, 9, 10, 12, 14];

    public static Panel Of(GapView view)
    {
        GapPlan plan = view.Plan;
        double offset = plan.Datum == BladeDatum.Foil ? (double)plan.BaseMax.Value : 0d;
        double scale = (double)plan.BaseMax.Value / (double)plan.Beta;

        // From where R dried leaves the upper edge of the picture to where it leaves the lower one.
        double left = offset + (scale / 12.5);
        double right = offset + (scale / 4.1);
        string datum = plan.Datum == BladeDatum.Foil ? "H2 above the foil" : "above the coated Base";
        Plot plot = Paper.Fresh(
            $"gap of coat 2, {datum} (µm)",
            "R = max(Base)/min(Top), logarithmic (–)",
            new CoordinateRect(left, right, Math.Log(LeastRatio), Math.Log(GreatestRatio)));
        plot.Axes.Left.TickGenerator = Paper.Ticks(RatioTicks.Select(static r => (Math.Log(r), $"{r}")));
        if (view.IsShown)
        {
            Field(plot, plan.Limits!, Ink.Permitted, LinePattern.Dotted);
            Field(plot, plan.Window!, Ink.Guarded, LinePattern.Solid);
        }

        double[] gaps = [.. Enumerable.Range(0, Steps + 1).Select(i => left + ((right - left) * i / Steps))];
        Curves(plot, view, gaps);
        Limits(plot, plan);
        if (view.IsShown)
        {
            if (view.Asked is { } asked)
            {
                Ask(plot, plan, asked);
            }

            Answer(plot, plan);
        }
        else
        {
            Paper.Say(
                plot,
                "no permissible gap",
                new Coordinates((left + right) / 2d, Math.Log(12.4)),
                Alignment.MiddleCenter,
                Lettering.Title);
        }

        return new Panel(plot, 1f, Labels(plan));
    }

    private static void Field(Plot plot, GapWindow window, Color color, LinePattern edge)
    {
        double[] ends = [(double)window.Low.Value, (double)window.High.Value];
        plot.Add.HorizontalSpan(ends[0], ends[1], color);
        foreach (double end in ends)
        {
            Paper.Upward(plot, end, 1.4f, edge, Ink.Black);
        }
    }

    private static void Curves(Plot plot, GapView view, double[] gaps)
    {
        GapPlan plan = view.Plan;
        double[] dried = [.. gaps.Select(g => Math.Log((double)plan.RatioAt(new((decimal)g))!.Value))];
        double[] reach = [.. gaps.Select(g => (double)plan.GuardZ * Uncertainty(view, g))];
        FillY ribbon = plot.Add.FillY(
            gaps, [.. dried.Zip(reach, static (d, r) => d - r)], [.. dried.Zip(reach, static (d, r) => d + r)]);
        ribbon.FillColor = Ink.Series[0].Color.WithAlpha(0.22);
        ribbon.LineColor = Ink.Series[0].Color;
        ribbon.LineWidth = 0.8f;
        Curve(plot, gaps, dried, LinePattern.Solid, Ink.Series[0].Color);
        double pressing = Math.Log((double)plan.PressingFactor);
        Curve(plot, gaps, [.. dried.Select(d => d + pressing)], LinePattern.Dashed, Ink.Series[1].Color);
    }

    private static double Uncertainty(GapView view, double gap) => view.PerGap is { } planning
        ? GapPlanner.Uncertainty(view.Plan.BaseMax, new Micrometres((decimal)gap), view.Plan.Datum, planning)
        : (double)view.Plan.RelativeUncertainty;

    private static void Curve(Plot plot, double[] x, double[] y, LinePattern pattern, Color color) =>
        Paper.Through(plot, [.. x.Zip(y, static (a, b) => new Coordinates(a, b))], 3f, pattern, color);

    private static void Limits(Plot plot, GapPlan plan)
    {
        Paper.Across(plot, Math.Log(Five), 2.2f, LinePattern.Solid, Ink.Black);
        Paper.Across(plot, Math.Log(Ten), 2.2f, LinePattern.Solid, Ink.Black);
        Paper.Across(plot, Math.Log((double)plan.RatioLow), 1.4f, LinePattern.DenselyDashed, Ink.Black);
        Paper.Across(plot, Math.Log((double)plan.RatioHigh), 1.4f, LinePattern.DenselyDashed, Ink.Black);
    }

    private static ImmutableArray<EdgeLabel> Labels(GapPlan plan) =>
    [
        .. Bound("RU", plan.RatioHigh, Ten, "R30 greatest: 10"), .. Bound("RL", plan.RatioLow, Five, "R30 least: 5"),
    ];

    // Where a joint limit is the limit itself, one line has both names.
    private static EdgeLabel[] Bound(string name, decimal joint, double limit, string limitText)
    {
        EdgeLabel hard = new(Math.Log(limit), limitText, Bold: true);
        return Math.Abs((double)joint - limit) < 1e-9
            ? [hard with { Text = $"{limitText} = {name}" }]
            : [hard, new(Math.Log((double)joint), $"{name} {Paper.Number(joint, "0.00")}, dried, for both")];
    }

    private static void Answer(Plot plot, GapPlan plan)
    {
        double at = (double)plan.Proposed!.Value.Value;
        Paper.Upward(plot, at, 2f, LinePattern.DenselyDashed, Ink.Black);
        Coordinates place = new(at, Math.Log((double)plan.ExpectedDried!.Value));
        plot.Add.Marker(place, MarkerShape.FilledDiamond, 17f, Ink.Black);
        double above = Math.Log(13.6);
        Paper.Say(
            plot,
            FormattableString.Invariant($"proposed {plan.Proposed.Value.Value:0.0##} µm, R {plan.ExpectedDried:0.00}"),
            new Coordinates(at, above),
            Alignment.MiddleCenter);
        double below = Math.Log(4.35);
        GapWindow window = plan.Window!;
        GapWindow limits = plan.Limits!;
        Paper.Say(plot, Micrometre(window.Low), new((double)window.Low.Value, below), Alignment.MiddleRight);
        Paper.Say(plot, Micrometre(window.High), new((double)window.High.Value, below), Alignment.MiddleLeft);
        double lowest = Math.Log(3.85);
        Paper.Say(plot, Micrometre(limits.Low), new((double)limits.Low.Value, lowest), Alignment.MiddleRight);
        Paper.Say(plot, Micrometre(limits.High), new((double)limits.High.Value, lowest), Alignment.MiddleLeft);
    }

    private static void Ask(Plot plot, GapPlan plan, Micrometres gap)
    {
        Paper.Upward(plot, (double)gap.Value, 2f, LinePattern.Dotted, Ink.Alarm);
        if (plan.RatioAt(gap) is { } ratio)
        {
            Coordinates at = new((double)gap.Value, Math.Log((double)ratio));
            plot.Add.Marker(at, MarkerShape.OpenSquare, 15f, Ink.Alarm);
            Paper.Say(plot, $"asked {Micrometre(gap)}", at, Alignment.LowerLeft);
        }
    }

    private static string Micrometre(Micrometres gap) => Paper.Number(gap.Value, "0.0") + " µm";
}
