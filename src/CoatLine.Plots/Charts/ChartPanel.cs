using System.Collections.Immutable;
using CoatLine.Domain.Spc;
using CoatLine.Plots.Drawing;
using ScottPlot;
using ScottPlot.Plottables;

namespace CoatLine.Plots.Charts;

/// <summary>One of the two charts of a control chart.</summary>
internal static class ChartPanel
{
    private const int MostNames = 8;

    public static Panel OfLocation(ControlChartView view)
    {
        (int, double)[] points = [.. view.Lots.Select(static (l, i) => (i, l.Location))];
        Plot plot = Draw(view, points, view.Location, ChartPart.Location, $"{view.LocationName} ({view.Unit})", "");
        foreach (double sigmas in (double[])[-2d, -1d, 1d, 2d])
        {
            double at = view.Location.Centre + (sigmas * view.Location.Sigma);
            Paper.Across(plot, at, 1f, LinePattern.Dotted, Ink.Faint);
        }

        return new Panel(plot, 1.7f, Labels(view, view.Location, view.IsLnRatio));
    }

    public static Panel OfRange(ControlChartView view)
    {
        (int, double)[] points =
            [.. view.Lots.Select(static (l, i) => (i, l.Range)).Where(static p => p.Range is not null)
                .Select(static p => (p.i, p.Range!.Value))];
        Plot plot = Draw(
            view,
            points,
            view.Range,
            ChartPart.Range,
            $"{view.RangeName} ({view.Unit})",
            "lot, in the order of making");
        return new Panel(plot, 1f, Labels(view, view.Range, isLnRatio: false));
    }

    private static Plot Draw(
        ControlChartView view,
        (int Place, double Value)[] points,
        ControlLimits limits,
        ChartPart part,
        string yLabel,
        string xLabel)
    {
        double[] all = [limits.Lower, limits.Upper, .. points.Select(static p => p.Value)];
        double share = part == ChartPart.Range ? 0.28 : 0.16;
        double room = Math.Max(share * (all.Max() - all.Min()), 1e-6 + (0.01 * Math.Abs(limits.Centre)));
        double low = part == ChartPart.Range ? -room / 6d : all.Min() - room;
        CoordinateRect whole = new(-0.6, view.Lots.Length - 0.4, low, all.Max() + room);
        Plot plot = Paper.Fresh(xLabel, yLabel, whole);
        plot.Axes.Bottom.TickGenerator = Paper.Ticks(Names(view));
        plot.Grid.XAxisStyle.IsVisible = false;
        Paper.Across(plot, limits.Centre, 1.8f, LinePattern.Solid, Ink.Black);
        Paper.Across(plot, limits.Upper, 1.8f, LinePattern.Dashed, Ink.Black);
        if (part == ChartPart.Location || limits.Lower > 0d)
        {
            Paper.Across(plot, limits.Lower, 1.8f, LinePattern.Dashed, Ink.Black);
        }

        Coordinates[] places = [.. points.Select(static p => new Coordinates(p.Place, p.Value))];
        SeriesStyle style = Ink.Series[0];
        Paper.Through(plot, places, 1.6f, style.Pattern, style.Color);
        plot.Add.Markers(places, style.Marker, points.Length > 60 ? 6f : 9f, style.Color);
        Signals(plot, view, part, places, limits.Centre);
        return plot;
    }

    private static void Signals(
        Plot plot, ControlChartView view, ChartPart part, Coordinates[] places, double centre)
    {
        foreach (IGrouping<string, ChartSignal> lot in view.Signals.Where(s => s.Chart == part).GroupBy(s => s.Lot))
        {
            int index = view.Lots.Select(static l => l.Lot).ToList().IndexOf(lot.Key);
            Coordinates at = places.Single(p => (int)p.X == index);
            Marker square = plot.Add.Marker(at, MarkerShape.OpenSquare, 19f, Ink.Alarm);
            square.MarkerLineWidth = 2.4f;
            string tests = string.Join(",", lot.Select(static s => (int)s.Rule).Distinct().Order());
            Paper.Say(plot, tests, at, at.Y >= centre ? Alignment.LowerCenter : Alignment.UpperCenter);
        }
    }

    private static IEnumerable<(double At, string Text)> Names(ControlChartView view)
    {
        int step = (view.Lots.Length + MostNames - 1) / MostNames;
        for (int i = 0; i < view.Lots.Length; i += step)
        {
            yield return (i, view.Lots[i].Lot);
        }
    }

    private static ImmutableArray<EdgeLabel> Labels(ControlChartView view, ControlLimits limits, bool isLnRatio)
    {
        string format = "0." + new string('0', Digits(limits.Upper - limits.Lower));
        string Text(string name, double at) =>
            $"{name} {Paper.Number(at, format)}"
            + (isLnRatio ? $" (R {Paper.Number(Math.Exp(at), "0.00")})" : view.Unit == "–" ? "" : $" {view.Unit}");
        return
        [
            new(limits.Upper, Text("upper limit", limits.Upper)),
            new(limits.Centre, Text("centre", limits.Centre), Bold: true),
            .. limits.Lower > 0d || isLnRatio || limits == view.Location
                ? [new EdgeLabel(limits.Lower, Text("lower limit", limits.Lower))]
                : Array.Empty<EdgeLabel>(),
        ];
    }

    // Three figures of what lies between the limits.
    private static int Digits(double span) =>
        span > 0d ? (int)Math.Clamp(2d - Math.Floor(Math.Log10(span)), 1d, 6d) : 3;
}
