using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Plots.Drawing;
using CoatLine.Plots.Profiles;
using ScottPlot;

namespace CoatLine.Plots;

/// <summary>What a picture of an electrode's thickness shows.</summary>
/// <param name="Heading">What was measured, e.g. the batch id.</param>
/// <param name="Base">The Base.</param>
/// <param name="Top">The Top in the same state at the same points; null before coat 2 and for a single-layer recipe.
/// </param>
/// <param name="Site">Expected porosities, gauge uncertainty and guard band.</param>
public sealed record ProfileView(string Heading, ThicknessProfile Base, ThicknessProfile? Top, SiteParameters Site);

/// <summary>
/// The thickness of both sub-layers at their registered points, with the band in which the thinnest point of Top has to
/// lie for R30 ([0052]): it follows from the thickest point of Base. Pure but for the font that it reads.
/// </summary>
public static class ProfilePicture
{
    /// <summary>Draws the picture.</summary>
    /// <param name="view">What it shows.</param>
    /// <param name="format">PNG or SVG; the same view gives the same bytes.</param>
    /// <exception cref="PictureFontException">The machine has no font.</exception>
    public static byte[] Draw(ProfileView view, PictureFormat format)
    {
        ProfileSeries below = ProfileSeries.Of(view.Base);
        ImmutableArray<Panel> panels = view.Top is { } top
            ? [TopPanel(view, top), BasePanel(view, below)]
            : [BasePanel(view, below)];
        string state = view.Base.State.ToString().ToLowerInvariant();
        return PageWriter.Write(
            new Page(
                $"{view.Heading}: thickness across the sheet, {state}",
                [Numbers(view, state)],
                panels,
                [.. below.Legend, .. view.Top is null ? Array.Empty<string>() : [Explained]]),
            format);
    }

    private const string Explained =
        "Light band: where the thinnest point of Top keeps R30 now and after pressing; "
        + "darker: with the guard band of the measurement.";

    private static string Numbers(ProfileView view, string state)
    {
        ProfilePoint thickest = view.Base.Thickest;
        string below = $"max(Base) {Um(thickest.Thickness, "0.0#")} at point {thickest.Id}";
        if (view.Top is not { } top)
        {
            return $"{below}, mean {Um(view.Base.Mean, "0.0")}, min {Um(view.Base.Min, "0.0#")}. No Top is measured.";
        }

        string both = $"{below}, min(Top) {Um(top.Min, "0.00")} at point {top.Thinnest.Id}: ";
        if (!ThicknessRatio.TryOf(view.Base, top, out ThicknessRatio? ratio, out string? refusal))
        {
            return both + refusal;
        }

        string now = $"R = {Paper.Number(ratio.Value, "0.00")} {state}";
        return both + now + (view.Base.State == LayerState.Dried
            ? $", {Paper.Number(ratio.Value * TopBand.Factor(view), "0.00")} expected after pressing; R30 5 ≤ R ≤ 10."
            : "; R30 5 ≤ R ≤ 10.");
    }

    private static Panel TopPanel(ProfileView view, ThicknessProfile top)
    {
        TopBand band = TopBand.Of(view, top);
        double[] um = [.. top.Points.Select(static p => (double)p.Thickness.Value)];
        double low = Math.Min(um.Min(), band.AtTen);
        double high = Math.Max(um.Max(), band.AtFive);
        double room = 0.14 * (high - low);
        ProfileSeries series = ProfileSeries.Of(top);
        Plot plot = Paper.Fresh("", "Top, thickness (µm)", series.View(low - room, high + room));
        band.Draw(plot);
        series.Draw(plot);
        series.Mark(plot, top.Thinnest, $"min {Um(top.Min, "0.00")}, point {top.Thinnest.Id}", upward: false);
        return new Panel(plot, 1.35f, band.Labels);
    }

    private static Panel BasePanel(ProfileView view, ProfileSeries series)
    {
        double low = (double)view.Base.Min.Value;
        double high = (double)view.Base.Max.Value;
        double room = Math.Max(0.2 * (high - low), 0.2);
        Plot plot = Paper.Fresh(series.AxisLabel, "Base, thickness (µm)", series.View(low - room, high + (2d * room)));
        double mean = (double)view.Base.Mean.Value;
        Paper.Across(plot, mean, 1.2f, LinePattern.DenselyDashed, Ink.Black);
        series.Draw(plot);
        series.Mark(
            plot, view.Base.Thickest, $"max {Um(view.Base.Max, "0.0#")}, point {view.Base.Thickest.Id}", upward: true);
        return new Panel(
            plot,
            1f,
            [
                new(high, $"max {Um(view.Base.Max, "0.0#")}", Bold: true),
                new(mean, $"mean {Um(view.Base.Mean, "0.0")}"),
                new(low, $"min {Um(view.Base.Min, "0.0#")}"),
            ]);
    }

    private static string Um(Micrometres thickness, string format) => Paper.Number(thickness.Value, format) + " µm";
}
