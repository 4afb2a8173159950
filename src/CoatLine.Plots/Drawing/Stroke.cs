using ScottPlot;
using SkiaSharp;

namespace CoatLine.Plots.Drawing;

/// <summary>
/// A line with a pattern, drawn as the outline of its dashes: the SVG canvas knows no path effects and would draw a
/// dashed line solid.
/// </summary>
internal sealed class Stroke : IPlottable
{
    private readonly Func<Stroke, PixelRect, IEnumerable<SKPoint>> _points;
    private readonly float _width;
    private readonly LinePattern _pattern;
    private readonly Color _color;

    private Stroke(
        Func<Stroke, PixelRect, IEnumerable<SKPoint>> points, float width, LinePattern pattern, Color color) =>
        (_points, _width, _pattern, _color) = (points, width, pattern, color);

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new ScottPlot.Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    /// <summary>Through points.</summary>
    public static Stroke Through(IReadOnlyList<Coordinates> points, float width, LinePattern pattern, Color color) =>
        new((stroke, _) => points.Select(p => Point(stroke.Axes.GetPixel(p))), width, pattern, color);

    /// <summary>Over the whole width of the plot.</summary>
    public static Stroke Across(double at, float width, LinePattern pattern, Color color) => new(
        (stroke, data) =>
        {
            float y = stroke.Axes.GetPixelY(at);
            return [new SKPoint(data.Left, y), new SKPoint(data.Right, y)];
        },
        width,
        pattern,
        color);

    /// <summary>Over the whole height of the plot.</summary>
    public static Stroke Upward(double at, float width, LinePattern pattern, Color color) => new(
        (stroke, data) =>
        {
            float x = stroke.Axes.GetPixelX(at);
            return [new SKPoint(x, data.Bottom), new SKPoint(x, data.Top)];
        },
        width,
        pattern,
        color);

    /// <summary>None: a line never decides the ends of an axis.</summary>
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using SKPath line = new();
        line.AddPoly([.. _points(this, rp.DataRect)], close: false);
        using SKPathEffect? effect = _pattern.Name == LinePattern.Solid.Name ? null : _pattern.GetPathEffect();
        using SKPaint paint = new()
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = _width,
            StrokeJoin = SKStrokeJoin.Round,
            PathEffect = effect,
        };
        using SKPath outline = new();
        paint.GetFillPath(line, outline);
        using SKPaint fill = new() { Color = _color.ToSKColor(), IsAntialias = true };
        rp.Canvas.DrawPath(outline, fill);
    }

    private static SKPoint Point(Pixel pixel) => new(pixel.X, pixel.Y);
}
