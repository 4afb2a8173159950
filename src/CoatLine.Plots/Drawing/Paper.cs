using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CoatLine.Plots.Drawing;

/// <summary>What every plot has in common.</summary>
internal static class Paper
{
    /// <summary>A plot with named axes and fixed ends.</summary>
    public static Plot Fresh(string xLabel, string yLabel, CoordinateRect view)
    {
        Plot plot = new();
        plot.Font.Set(Lettering.FamilyName);
        plot.Axes.Color(Ink.Black);
        plot.Grid.MajorLineColor = Color.FromHex("#ececec");
        plot.Grid.MajorLineWidth = 1f;
        plot.XLabel(xLabel, Lettering.Text);
        plot.YLabel(yLabel, Lettering.Text);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = Lettering.Text - 2f;
        }

        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.SetLimits(view.Left, view.Right, view.Bottom, view.Top);
        plot.HideLegend();
        return plot;
    }

    /// <summary>Ticks at given places with given words.</summary>
    public static NumericManual Ticks(IEnumerable<(double At, string Text)> ticks)
    {
        NumericManual manual = new();
        foreach ((double at, string text) in ticks)
        {
            manual.AddMajor(at, text);
        }

        return manual;
    }

    /// <summary>Words beside a place in a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="text">The words.</param>
    /// <param name="at">The place.</param>
    /// <param name="alignment">Which corner of the words lies there.</param>
    /// <param name="size">Size of the letters in pixels.</param>
    public static void Say(
        Plot plot, string text, Coordinates at, Alignment alignment, float size = Lettering.Text - 1f)
    {
        ScottPlot.Plottables.Text label = plot.Add.Text(text, at);
        label.LabelFontName = Lettering.FamilyName;
        label.LabelFontSize = size;
        label.LabelFontColor = Ink.Black;
        label.LabelBackgroundColor = Colors.White.WithAlpha(0.85);
        label.LabelAlignment = alignment;
        label.LabelPadding = 2f;
        label.OffsetX = Toward(alignment, "Left", "Right");
        label.OffsetY = Toward(alignment, "Upper", "Lower");
    }

    /// <summary>A line over the whole width.</summary>
    public static void Across(Plot plot, double at, float width, LinePattern pattern, Color color) =>
        plot.Add.Plottable(Stroke.Across(at, width, pattern, color));

    /// <summary>A line over the whole height.</summary>
    public static void Upward(Plot plot, double at, float width, LinePattern pattern, Color color) =>
        plot.Add.Plottable(Stroke.Upward(at, width, pattern, color));

    /// <summary>A line through points.</summary>
    public static void Through(
        Plot plot, IReadOnlyList<Coordinates> points, float width, LinePattern pattern, Color color) =>
        plot.Add.Plottable(Stroke.Through(points, width, pattern, color));

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Number(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static float Toward(Alignment alignment, string positive, string negative)
    {
        const float distance = 13f;
        string name = alignment.ToString();
        return name.Contains(positive, StringComparison.Ordinal) ? distance
            : name.Contains(negative, StringComparison.Ordinal) ? -distance
            : 0f;
    }
}
