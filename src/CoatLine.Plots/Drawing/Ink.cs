using System.Collections.Immutable;
using ScottPlot;

namespace CoatLine.Plots.Drawing;

/// <summary>How one series is told from another: by lightness, line pattern and marker, by hue only beside them.
/// </summary>
internal sealed record SeriesStyle(Color Color, LinePattern Pattern, MarkerShape Marker);

/// <summary>Colours and patterns; each pair that has to be told apart differs when printed in grey.</summary>
internal static class Ink
{
    /// <summary>Text, axes, limits.</summary>
    public static readonly Color Black = Color.FromHex("#1a1a1a");

    /// <summary>What is only there to guide the eye.</summary>
    public static readonly Color Faint = Color.FromHex("#b8b8b8");

    /// <summary>Permitted.</summary>
    public static readonly Color Permitted = Color.FromHex("#e6edf5");

    /// <summary>Permitted with the guard band.</summary>
    public static readonly Color Guarded = Color.FromHex("#c3d3e6");

    /// <summary>What goes wrong.</summary>
    public static readonly Color Alarm = Color.FromHex("#a50f15");

    /// <summary>Series in the order of drawing.</summary>
    public static readonly ImmutableArray<SeriesStyle> Series =
    [
        new(Color.FromHex("#0b3c6f"), LinePattern.Solid, MarkerShape.FilledCircle),
        new(Color.FromHex("#c1571a"), LinePattern.Dashed, MarkerShape.FilledSquare),
        new(Color.FromHex("#2f8f83"), LinePattern.Dotted, MarkerShape.FilledTriangleUp),
        new(Color.FromHex("#7a52a8"), LinePattern.DenselyDashed, MarkerShape.OpenDiamond),
        new(Color.FromHex("#5a5a5a"), LinePattern.Solid, MarkerShape.Cross),
    ];
}
