using System.Collections.Immutable;
using CoatLine.Domain.Spc;
using CoatLine.Plots.Charts;
using CoatLine.Plots.Drawing;

namespace CoatLine.Plots;

/// <summary>
/// A control chart: values or means above, ranges below, with centre and control limits, and each signal with the
/// number of its test. What is allowed is never drawn here: a control limit is what the process itself shows.
/// </summary>
public static class ControlChartPicture
{
    /// <summary>Draws the picture.</summary>
    /// <param name="view">What it shows.</param>
    /// <param name="format">PNG or SVG; the same view gives the same bytes.</param>
    /// <exception cref="PictureFontException">The machine has no font.</exception>
    public static byte[] Draw(ControlChartView view, PictureFormat format)
    {
        string provisional = view.IsProvisional
            ? $"; provisional, {IndividualsLimits.SettledFrom} settle it"
            : "";
        return PageWriter.Write(
            new Page(
                $"{view.Quantity}: control chart of {view.Lots.Length} lots{provisional}",
                view.Notes,
                [ChartPanel.OfLocation(view), ChartPanel.OfRange(view)],
                Footer(view)),
            format);
    }

    private static ImmutableArray<string> Footer(ControlChartView view)
    {
        NelsonRule[] seen = [.. view.Signals.Select(static s => s.Rule).Distinct().Order()];
        string signals = seen.Length == 0
            ? "No signal."
            : "Squares, with the number of Nelson's test: "
                + string.Join("; ", seen.Select(static r => $"{(int)r} = {NelsonText.Of(r)}")) + ".";
        return
        [
            signals,
            "Dashed: control limits, what the process itself shows. Dotted: one and two standard deviations. "
                + "What is allowed is not drawn.",
        ];
    }
}
