using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Quality;

/// <summary>The outcome of reading a profile: the profile, or every error found.</summary>
/// <param name="Profile">The profile; null when there is any error.</param>
/// <param name="Errors">Every error, in the order of lines; empty when the profile was read.</param>
public sealed record ProfileReading(ThicknessProfile? Profile, ImmutableArray<RecipeError> Errors);

/// <summary>
/// Reads a registered profile from a CSV text: the header <c>point,x_mm,y_mm,thickness_um</c>, then one line a point.
/// Empty lines and lines that begin with <c>#</c> are passed over.
/// </summary>
public static class ProfileFile
{
    /// <summary>Largest file in characters, inclusive.</summary>
    public const int MaxLength = 65_536;

    /// <summary>The header line.</summary>
    public const string Header = "point,x_mm,y_mm,thickness_um";

    private const int Columns = 4;
    private static readonly Bounds Place = Bounds.Between(-10_000m, 10_000m);
    private static readonly Bounds Thickness = Bounds.AboveUpTo(0m, 1_000m);
    private static readonly Bounds Id = Bounds.Between(1m, 9_999m);

    /// <summary>Reads a profile. Never throws on what stands in the text.</summary>
    /// <param name="csv">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="layer">The sub-layer measured, or null for the whole layer.</param>
    /// <param name="state">The state that it was measured in.</param>
    public static ProfileReading Read(string csv, string fileName, SubLayer? layer, LayerState state)
    {
        ErrorList errors = new(fileName);
        if (csv.Length > MaxLength)
        {
            errors.Add(string.Empty, 1, $"{csv.Length} characters are too many; {MaxLength} are the most");
            return new ProfileReading(null, errors.Sorted());
        }

        (string Text, int Number)[] lines =
        [
            .. csv.Split('\n')
                .Select((text, i) => (Text: text.Trim(), Number: i + 1))
                .Where(l => l.Text.Length > 0 && !l.Text.StartsWith('#')),
        ];
        if (lines.Length == 0 || lines[0].Text != Header)
        {
            errors.Add(string.Empty, lines.Length == 0 ? 1 : lines[0].Number, $"the header must be '{Header}'");
            return new ProfileReading(null, errors.Sorted());
        }

        ProfilePoint[] points = [.. lines.Skip(1).Select(l => Point(l.Text, l.Number, errors))];
        if (points.Length is 0 or > ThicknessProfile.MaxPoints)
        {
            errors.Add(string.Empty, lines[^1].Number, $"{points.Length} points; 1 to {ThicknessProfile.MaxPoints} are "
                + "allowed");
        }

        foreach (IGrouping<int, ProfilePoint> twice in points.GroupBy(p => p.Id).Where(g => g.Count() > 1))
        {
            errors.Add(string.Empty, lines[^1].Number, $"point {twice.Key} is there {twice.Count()} times");
        }

        return errors.Any
            ? new ProfileReading(null, errors.Sorted())
            : new ProfileReading(new ThicknessProfile(layer, state, [.. points]), []);
    }

    private static ProfilePoint Point(string text, int line, ErrorList errors)
    {
        string[] cells = text.Split(',');
        if (cells.Length != Columns)
        {
            errors.Add(string.Empty, line, $"{cells.Length} columns; a point has {Columns}");
            return new ProfilePoint(line, 0m, 0m, new(1m));
        }

        decimal id = Cell("point", cells[0], Id);
        if (id != decimal.Truncate(id))
        {
            errors.Add("point", line, $"'{cells[0].Trim()}' is not a whole number");
        }

        return new ProfilePoint(
            (int)id,
            Cell("x_mm", cells[1], Place),
            Cell("y_mm", cells[2], Place),
            new Micrometres(Cell("thickness_um", cells[3], Thickness)));

        decimal Cell(string column, string cell, Bounds limits)
        {
            if (QuantityText.ReadPlain(cell.Trim(), out decimal value) is { } wrong)
            {
                errors.Add(column, line, wrong);
                return 1m;
            }

            if (!limits.Contains(value))
            {
                errors.Add(column, line, $"{UnitText.Of(value, string.Empty)} is outside {limits.Describe("v", "")}");
            }

            return value;
        }
    }
}
