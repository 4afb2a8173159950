using System.Globalization;
using System.Text.Json;

namespace CoatLine.Ledger.Models;

/// <summary>
/// An event with its data, read by name. What is absent or of another kind is null: the models tell what the chain
/// says and judge nothing.
/// </summary>
internal readonly struct FactView(LedgerRow row, string bareType, JsonElement data)
{
    /// <summary>Longest text that a model keeps, in UTF-16 characters; the ledger has the whole.</summary>
    public const int MaxText = 800;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public string Line { get; } = row.Line;

    public long Seq { get; } = row.Seq;

    public string Batch { get; } = Clip(row.Batch);

    public string Time { get; } = Clip(row.Time);

    /// <summary>The bare name, e.g. <c>coat-completed</c>.</summary>
    public string Type { get; } = bareType;

    /// <summary>The fact seen from a part of its data.</summary>
    public FactView At(JsonElement part) => new(row, Type, part);

    /// <summary>The fact seen from a part of its data by name; everything is null there when it is absent.</summary>
    public FactView At(string name) => At(Find(name));

    public string? Text(string name) => TextOf(Find(name));

    public double? Number(string name) => NumberOf(Find(name));

    public long? Whole(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out long whole) ? whole : null;

    /// <summary>A time in the form of <see cref="ModelValue.Text"/>.</summary>
    public string? Instant(string name) =>
        Text(name) is { } text && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The elements of an array; none where it is absent.</summary>
    public IEnumerable<FactView> Each(string name)
    {
        FactView self = this;
        return Find(name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Select(self.At)
            : [];
    }

    /// <summary>The numbers of an array.</summary>
    public IEnumerable<double> Numbers(string name) =>
        Each(name).Select(static e => e.Number()).OfType<double>();

    /// <summary>The texts of an array with a comma between; null where there are none.</summary>
    public string? Texts(string name) =>
        string.Join(", ", Each(name).Select(static e => e.Text())) is { Length: > 0 } all ? Clip(all) : null;

    private double? Number() => NumberOf(data);

    private string? Text() => TextOf(data);

    private JsonElement Find(string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out JsonElement found) ? found : default;

    // 1e999 is valid JSON and no number for a chart.
    private static double? NumberOf(JsonElement found) =>
        found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : null;

    private static string? TextOf(JsonElement found)
    {
        try
        {
            return found.ValueKind switch
            {
                JsonValueKind.String => Clip(found.GetString()!),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Clip(found.GetRawText()),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // An escape that is no character, e.g. a lone surrogate.
            return null;
        }
    }

    /// <summary>PostgreSQL keeps no NUL in a text.</summary>
    private static string Clip(string text)
    {
        int length = text.Length <= MaxText ? text.Length
            : char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1
            : MaxText;
        return text[..length].Replace('\0', '\uFFFD');
    }
}
