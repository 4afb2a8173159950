using System.Collections.Immutable;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Quality;

/// <summary>The outcome of reading a file of laboratory results: the entries, or every error found.</summary>
/// <param name="Entries">The entries in the order of the file; empty when there is any error.</param>
/// <param name="Errors">Every error, in the order of lines; empty when the entries were read.</param>
public sealed record LabReading(ImmutableArray<LabEntry> Entries, ImmutableArray<RecipeError> Errors);

/// <summary>
/// Reads laboratory results from YAML: a list <c>results</c>, each of kind <c>xps</c>, <c>cell_test</c> or
/// <c>sem_split</c>. What was not measured is left out. Every quantity is written with its unit. Pure.
/// </summary>
public static class LabFile
{
    /// <summary>Largest file in UTF-8 bytes, inclusive.</summary>
    public const int MaxBytes = YamlTree.MaxBytes;

    /// <summary>Most results of one file, inclusive.</summary>
    public const int MaxResults = 100;

    /// <summary>Most cross sections of one sample, inclusive.</summary>
    public const int MaxCuts = 50;

    private static readonly Bounds Share = Bounds.Between(0m, 100m);

    /// <summary>Reads the results. Never throws on what stands in the text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <returns>The results, judged, or every error with path and line.</returns>
    public static LabReading Read(string yaml, string fileName)
    {
        (ImmutableArray<LabEntry> entries, ImmutableArray<RecipeError> errors) = YamlFile.Read(yaml, fileName, Root);
        return new LabReading(errors.IsEmpty ? entries : [], errors);
    }

    private static ImmutableArray<LabEntry> Root(FieldReader root)
    {
        ImmutableArray<FieldReader> fields = root.Maps("results", 1, MaxResults);
        ImmutableArray<LabEntry> entries = [.. fields.Select(Entry)];
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries.Take(i).Any(e => e.Kind == entries[i].Kind && e.Sample == entries[i].Sample))
            {
                fields[i].Refuse("sample", $"sample '{entries[i].Sample}' is there twice");
            }
        }

        root.Finish();
        return entries;
    }

    private static LabEntry Entry(FieldReader field)
    {
        LabKind kind = field.Choice(
            "kind", ("xps", LabKind.Xps), ("cell_test", LabKind.CellTest), ("sem_split", LabKind.SemSplit));
        string batch = field.Id("batch");
        string sheet = field.Id("sheet");
        string sample = field.Id("sample");
        DateTimeOffset at = field.Instant("measured");
        LabEntry entry = kind switch
        {
            LabKind.Xps => LabEntry.Of(batch, sheet, at, Xps(field, sample)),
            LabKind.CellTest => LabEntry.Of(batch, sheet, at, Cell(field, sample)),
            _ => LabEntry.Of(batch, sheet, at, Sem(field, sample)),
        };
        field.Finish();
        return entry;
    }

    private static XpsSurvey Xps(FieldReader field, string sample)
    {
        XpsSurvey survey = new(
            sample,
            field.OptionalQuantity("oxygen", "at%", Share),
            field.OptionalQuantity("carbon", "at%", Share),
            field.OptionalQuantity("silver", "at%", Share),
            field.OptionalQuantity("fluorine", "at%", Share),
            field.OptionalQuantity("sulfur", "at%", Share));
        decimal sum = (survey.Oxygen ?? 0m) + (survey.Carbon ?? 0m) + (survey.Silver ?? 0m) + (survey.Fluorine ?? 0m)
            + (survey.Sulfur ?? 0m);

        // Each share is rounded by the instrument, so five of them may come to a little more than the whole.
        if (sum > 101m)
        {
            field.Refuse("sample", FormattableString.Invariant($"the shares come to {sum} at%; the limit is 101"));
        }

        return survey;
    }

    private static CellTestResult Cell(FieldReader field, string cell)
    {
        decimal? Above(string key, string unit, decimal high) =>
            field.OptionalQuantity(key, unit, Bounds.AboveUpTo(0m, high));
        decimal? temperature = field.OptionalQuantity("temperature", "°C", Bounds.Between(-50m, 200m));
        CellTestMethod method = new(
            temperature is { } degrees ? new(degrees) : null,
            Above("charge_rate", "C", 100m),
            Above("charge_voltage", "V", 10m),
            Above("cut_off_rate", "C", 100m),
            Above("discharge_rate", "C", 100m),
            Above("discharge_voltage", "V", 10m));
        return new CellTestResult(
            cell,
            method,
            Above("negative_capacity", "mAh", 1_000_000m),
            Above("positive_capacity", "mAh", 1_000_000m),
            field.OptionalQuantity("alloy_silver", "wt%", Share));
    }

    private static SemSplit Sem(FieldReader field, string sample) =>
        new(sample, [.. field.Maps("cuts", 1, MaxCuts).Select(Cut)]);

    private static SemCut Cut(FieldReader field)
    {
        Bounds limits = Bounds.Between(0m, 1000m);
        SemCut cut = new(new(field.Quantity("base", "µm", limits)), new(field.Quantity("top", "µm", limits)));
        field.Finish();
        return cut;
    }
}
