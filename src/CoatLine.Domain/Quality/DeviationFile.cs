using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Quality;

/// <summary>The deviations of a file, or what is wrong with it.</summary>
/// <param name="Deviations">In the order of the file; empty when there is any error.</param>
/// <param name="Errors">Every error with path and line; empty when it could be read.</param>
public sealed record DeviationReading(ImmutableArray<Deviation> Deviations, ImmutableArray<string> Errors);

/// <summary>
/// Reads deviations from YAML: a list <c>deviations</c> of <c>id</c>, <c>kind</c> (waiver or trial), <c>rule</c>,
/// <c>reason</c>, <c>expires</c>, <c>quantity</c> and <c>signatures</c>. Whether a deviation is valid is judged later.
/// </summary>
public static class DeviationFile
{
    /// <summary>Largest file in UTF-8 bytes, inclusive.</summary>
    public const int MaxBytes = YamlTree.MaxBytes;

    /// <summary>The most deviations of one file, inclusive.</summary>
    public const int MaxDeviations = 50;

    private const int MaxQuantity = 10_000;
    private const int MaxSignatures = 5;

    /// <summary>Reads a file. Never throws on what stands in the text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static DeviationReading Read(string yaml, string fileName)
    {
        (ImmutableArray<Deviation> deviations, ImmutableArray<RecipeError> errors) = YamlFile.Read(
            yaml,
            fileName,
            static root =>
            {
                ImmutableArray<Deviation> read = [.. root.Maps("deviations", 1, MaxDeviations).Select(Deviation)];
                root.Finish();
                return read;
            });
        return errors.IsEmpty
            ? new DeviationReading(deviations, [])
            : new DeviationReading([], [.. errors.Select(e => e.ToString())]);
    }

    private static Deviation Deviation(FieldReader field)
    {
        Deviation deviation = new(
            field.Text("id", 40),
            field.Choice("kind", ("waiver", DeviationKind.Waiver), ("trial", DeviationKind.Trial)),
            field.Text("rule", 8),
            field.Text("reason", 500),
            [.. field.Maps("signatures", 1, MaxSignatures).Select(Signature)],
            Moment(field, "expires"),
            field.Whole("quantity", 1, MaxQuantity));
        field.Finish();
        return deviation;
    }

    private static Signature Signature(FieldReader field)
    {
        Signature signature = new(
            field.Text("person", 80),
            field.Choice(
                "role",
                ("process-engineer", SignerRole.ProcessEngineer),
                ("qa-manager", SignerRole.QaManager),
                ("operator", SignerRole.Operator)),
            Moment(field, "at"));
        field.Finish();
        return signature;
    }

    private static DateTimeOffset Moment(FieldReader field, string key)
    {
        string text = field.Text(key, 40);
        if (DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset moment))
        {
            return moment;
        }

        if (text.Length > 0)
        {
            field.Refuse(key, $"{key} '{text}' must be a date such as 2026-12-31 or 2026-12-31T16:00:00Z");
        }

        return default;
    }
}
