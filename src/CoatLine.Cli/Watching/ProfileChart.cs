using System.Globalization;
using System.Text;
using CoatLine.Domain.Quality;

namespace CoatLine.Cli.Watching;

/// <summary>
/// A thickness profile drawn with characters: one column per registered point, Base below, Top above it, the numbers
/// underneath. The thickest Base and the thinnest Top are marked, because the ratio is made of these two.
/// </summary>
internal static class ProfileChart
{
    private const int ColumnWidth = 5;
    private const int LabelWidth = 8;
    private const char BaseFill = '█';
    private const char TopFill = '▒';

    /// <summary>The chart as lines of plain text.</summary>
    /// <param name="baseProfile">The Base.</param>
    /// <param name="total">Base and Top at the same points, or null before coat 2.</param>
    /// <param name="rows">Height of the bars, from 3.</param>
    public static IReadOnlyList<string> Draw(ThicknessProfile baseProfile, ThicknessProfile? total, int rows)
    {
        ThicknessProfile? top = total is not null
            && ThicknessProfile.TrySubtract(total, baseProfile, out ThicknessProfile? difference, out _)
                ? difference
                : null;
        ThicknessProfile whole = top is null ? baseProfile : total!;
        decimal perRow = whole.Max.Value / rows;
        List<string> lines = [];
        for (int row = rows; row >= 1; row--)
        {
            lines.Add(Bars(baseProfile, whole, row, perRow, Label(row, rows, whole.Max.Value)));
        }

        if (top is not null)
        {
            lines.Add(Numbers("Top µm", top, top.Thinnest.Id, "0.00"));
        }

        lines.Add(Numbers("Base µm", baseProfile, baseProfile.Thickest.Id, "0.0"));
        return lines;
    }

    private static string Label(int row, int rows, decimal max) =>
        (row == rows ? $"{Number(max, "0.0")} ┤" : row == 1 ? "0 ┤" : "│").PadLeft(LabelWidth + 1);

    private static string Bars(
        ThicknessProfile baseProfile, ThicknessProfile whole, int row, decimal perRow, string label)
    {
        // A row stands for the middle of its slice, so that a bar is rounded, not cut.
        decimal height = (row - 0.5m) * perRow;
        StringBuilder line = new(label);
        foreach (ProfilePoint point in whole.Points)
        {
            decimal below = baseProfile.Points.First(p => p.Id == point.Id).Thickness.Value;
            char fill = height <= below ? BaseFill : height <= point.Thickness.Value ? TopFill : ' ';
            line.Append(' ').Append(fill, ColumnWidth - 1).Append(' ');
        }

        return line.ToString();
    }

    private static string Numbers(string name, ThicknessProfile profile, int marked, string format)
    {
        StringBuilder line = new(name.PadLeft(LabelWidth));
        line.Append(' ');
        foreach (ProfilePoint point in profile.Points)
        {
            string text = Number(point.Thickness.Value, format);
            line.Append((point.Id == marked ? $"[{text}]" : $" {text} ").PadLeft(ColumnWidth + 1));
        }

        return line.ToString();
    }

    private static string Number(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
