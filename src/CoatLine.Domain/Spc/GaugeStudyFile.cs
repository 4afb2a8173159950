using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Spc;

/// <summary>The outcome of reading a gauge study: the study, or every error found.</summary>
/// <param name="Study">The study; null when there is any error.</param>
/// <param name="Errors">Every error, in the order of lines; empty when the study was read.</param>
public sealed record GaugeStudyReading(GaugeStudy? Study, ImmutableArray<RecipeError> Errors);

/// <summary>
/// Reads a crossed gauge study from a CSV text: the header <c>part,appraiser,trial,value</c>, then one line a reading.
/// Empty lines and lines that begin with <c>#</c> are passed over.
/// </summary>
public static class GaugeStudyFile
{
    /// <summary>Largest file in characters, inclusive.</summary>
    public const int MaxLength = 65_536;

    /// <summary>The header line.</summary>
    public const string Header = "part,appraiser,trial,value";

    private const int Columns = 4;
    private const int LongestName = 40;
    private static readonly Bounds Counter = Bounds.Between(1m, 9_999m);

    /// <summary>Reads a study. Never throws on what stands in the text.</summary>
    /// <param name="csv">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static GaugeStudyReading Read(string csv, string fileName)
    {
        ErrorList errors = new(fileName);
        (string Text, int Number)[] lines = csv.Length > MaxLength ? [] :
        [
            .. csv.Split('\n')
                .Select((text, i) => (Text: text.Trim(), Number: i + 1))
                .Where(l => l.Text.Length > 0 && !l.Text.StartsWith('#')),
        ];
        if (csv.Length > MaxLength)
        {
            errors.Add(string.Empty, 1, $"{csv.Length} characters are too many; {MaxLength} are the most");
        }
        else if (lines.Length == 0 || lines[0].Text != Header)
        {
            errors.Add(string.Empty, lines.Length == 0 ? 1 : lines[0].Number, $"the header must be '{Header}'");
        }

        if (errors.Any)
        {
            return new GaugeStudyReading(null, errors.Sorted());
        }

        GaugeReading[] readings = [.. lines.Skip(1).Select(l => Reading(l.Text, l.Number, errors))];
        if (!errors.Any && !GaugeStudy.TryOf(readings, out GaugeStudy? study, out string? refusal))
        {
            errors.Add(string.Empty, lines[^1].Number, refusal);
        }
        else if (!errors.Any)
        {
            GaugeStudy.TryOf(readings, out study, out _);
            return new GaugeStudyReading(study, []);
        }

        return new GaugeStudyReading(null, errors.Sorted());
    }

    private static GaugeReading Reading(string text, int line, ErrorList errors)
    {
        string[] cells = [.. text.Split(',').Select(static c => c.Trim())];
        if (cells.Length != Columns)
        {
            errors.Add(string.Empty, line, $"{cells.Length} columns; a reading has {Columns}");
            return new GaugeReading(1, string.Empty, 1, 0d);
        }

        if (cells[1].Length is 0 or > LongestName)
        {
            errors.Add("appraiser", line, $"an appraiser has 1 to {LongestName} characters");
        }

        if (QuantityText.ReadPlain(cells[3], out decimal value) is { } wrong)
        {
            errors.Add("value", line, wrong);
        }

        return new GaugeReading(Whole("part", cells[0]), cells[1], Whole("trial", cells[2]), (double)value);

        int Whole(string column, string cell)
        {
            if (QuantityText.ReadPlain(cell, out decimal number) is null
                && Counter.Contains(number)
                && number == decimal.Truncate(number))
            {
                return (int)number;
            }

            errors.Add(column, line, string.Create(
                CultureInfo.InvariantCulture, $"'{cell}' is not a whole number from {Counter.Low} to {Counter.High}"));
            return 1;
        }
    }
}
