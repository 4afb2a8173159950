using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Plots.Drawing;
using ScottPlot;
using ScottPlot.Plottables;

namespace CoatLine.Plots.Profiles;

/// <summary>
/// The points of a profile as lines over the sheet: over the direction that has more places, one line for each place
/// of the other. Points that lie in no grid are markers without lines.
/// </summary>
internal sealed class ProfileSeries
{
    private const int MostLines = 5;

    private readonly ImmutableArray<(string Name, ImmutableArray<ProfilePoint> Points)> _lines;
    private readonly bool _isAcross;

    private ProfileSeries(bool isAcross, ImmutableArray<(string Name, ImmutableArray<ProfilePoint> Points)> lines) =>
        (_isAcross, _lines) = (isAcross, lines);

    public static ProfileSeries Of(ThicknessProfile profile)
    {
        int across = profile.Points.Select(static p => p.XMm).Distinct().Count();
        int along = profile.Points.Select(static p => p.YMm).Distinct().Count();
        bool isAcross = across >= along;
        if (Math.Min(across, along) > MostLines)
        {
            return new ProfileSeries(isAcross, [("", profile.Points)]);
        }

        string other = isAcross ? "along" : "across";
        return new ProfileSeries(
            isAcross,
            [
                .. profile.Points.GroupBy(p => isAcross ? p.YMm : p.XMm).OrderBy(static g => g.Key).Select(g => (
                    $"{Paper.Number(g.Key, "0.#")} mm {other}",
                    g.OrderBy(p => Place(p, isAcross)).ToImmutableArray())),
            ]);
    }

    /// <summary>What the horizontal axis is.</summary>
    public string AxisLabel => _isAcross ? "position across the coat (mm)" : "position along the coat (mm)";

    /// <summary>Which line is which; empty where there are no lines.</summary>
    public IEnumerable<string> Legend => _lines is [{ Name: "" }]
        ? []
        : ["Lines: " + string.Join(" · ", _lines.Select(static (l, i) => $"{Sign(i)} {l.Name}"))];

    /// <summary>The view with these ends of the vertical axis.</summary>
    public CoordinateRect View(double low, double high)
    {
        double[] places = [.. _lines.SelectMany(l => l.Points).Select(p => Place(p, _isAcross))];
        double room = Math.Max(0.06 * (places.Max() - places.Min()), 1d);
        return new CoordinateRect(places.Min() - room, places.Max() + room, low, high);
    }

    public void Draw(Plot plot)
    {
        for (int i = 0; i < _lines.Length; i++)
        {
            SeriesStyle style = Ink.Series[i % Ink.Series.Length];
            Coordinates[] points =
                [.. _lines[i].Points.Select(p => new Coordinates(Place(p, _isAcross), (double)p.Thickness.Value))];
            if (_lines[i].Name.Length > 0)
            {
                Paper.Through(plot, points, 2f, style.Pattern, style.Color);
            }

            Markers markers = plot.Add.Markers(points, style.Marker, 10f, style.Color);
            markers.MarkerStyle.LineWidth = 2f;
        }
    }

    /// <summary>Rings a point and says what it is.</summary>
    public void Mark(Plot plot, ProfilePoint point, string text, bool upward)
    {
        Coordinates at = new(Place(point, _isAcross), (double)point.Thickness.Value);
        Marker ring = plot.Add.Marker(at, MarkerShape.OpenCircle, 22f, Ink.Black);
        ring.MarkerLineWidth = 2f;
        CoordinateRange view = plot.Axes.GetLimits().HorizontalRange;
        bool isRight = at.X > (view.Min + view.Max) / 2d;
        Paper.Say(
            plot,
            text,
            at,
            (upward, isRight) switch
            {
                (true, true) => Alignment.LowerRight,
                (true, false) => Alignment.LowerLeft,
                (false, true) => Alignment.UpperRight,
                _ => Alignment.UpperLeft,
            });
    }

    private static double Place(ProfilePoint point, bool isAcross) => (double)(isAcross ? point.XMm : point.YMm);

    // The markers of Ink.Series as characters.
    private static string Sign(int line) => (line % Ink.Series.Length) switch
    {
        0 => "●──",
        1 => "■ – –",
        2 => "▲ ···",
        3 => "◇ ---",
        _ => "+──",
    };
}
