using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CoatLine.Domain.Recipes;

/// <summary>Fields that are no quantities: ids, points in time, yes and no, lists of words.</summary>
internal sealed partial class FieldReader
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <summary>An id as it stands on a label: 1 to 40 of letters, digits, '.', '_' and '-'.</summary>
    public string Id(string key)
    {
        if (Scalar(key) is not { } text)
        {
            return string.Empty;
        }

        if (!IdPattern().IsMatch(text.Value))
        {
            _errors.Add(
                At(key), text.Line, $"{key} '{text.Value}' must be 1 to 40 letters, digits, '.', '_' and '-'");
        }

        return text.Value;
    }

    /// <summary>A day, which begins at 00:00 UTC, or a time in UTC.</summary>
    public DateTimeOffset Instant(string key)
    {
        if (Scalar(key) is not { } text)
        {
            return DateTimeOffset.UnixEpoch;
        }

        if (DateTimeOffset.TryParseExact(
            text.Value,
            TimeFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time))
        {
            return time;
        }

        _errors.Add(
            At(key), text.Line, $"{key} '{text.Value}' must be a day, 2026-01-31, or a time, 2026-01-31T06:00:00Z");
        return DateTimeOffset.UnixEpoch;
    }

    /// <summary>Yes or no; null when it is not said.</summary>
    public bool? OptionalFlag(string key)
    {
        _asked.Add(key);
        return Has(key) ? Choice(key, ("yes", true), ("no", false)) : null;
    }

    /// <summary>A list of short texts with a bound on its length.</summary>
    public ImmutableArray<string> Words(string key, int low, int high)
    {
        if (Entry(key) is not { } entry)
        {
            return [];
        }

        if (entry.Value is not YamlList list || list.Items.Any(static i => i is not YamlText { Value.Length: > 0 }))
        {
            _errors.Add(At(key), entry.Line, $"'{key}' must be a list of words");
            return [];
        }

        string[] words = [.. list.Items.OfType<YamlText>().Select(static t => t.Value)];
        if (words.Length < low || words.Length > high)
        {
            _errors.Add(At(key), entry.Line, $"'{key}' has {words.Length} entries; the limit is {low} to {high}");
        }

        foreach (string word in words.Where(static w => w.Length > 40 || w.Any(char.IsControl)))
        {
            _errors.Add(At(key), entry.Line, $"'{key}': a word has at most 40 characters, '{word}' has {word.Length}");
        }

        return [.. words];
    }

    /// <summary>The same for a list that may be left out.</summary>
    public ImmutableArray<string> OptionalWords(string key, int high)
    {
        _asked.Add(key);
        return Has(key) ? Words(key, 1, high) : [];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
