using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Recipes;

/// <summary>
/// Reads the keys of one mapping. Whatever is wrong goes to the error list and reading goes on with a stand-in value,
/// so that a person sees every mistake at once; nobody uses the stand-ins, as a file with any error gives nothing.
/// </summary>
internal sealed partial class FieldReader
{
    private readonly YamlMap _map;
    private readonly ErrorList _errors;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private FieldReader(YamlMap map, string path, ErrorList errors)
    {
        _map = map;
        Path = path;
        _errors = errors;
        foreach (IGrouping<string, YamlEntry> twice in map.Entries.GroupBy(e => e.Key).Where(g => g.Count() > 1))
        {
            errors.Add(At(twice.Key), twice.Last().Line, $"the key '{twice.Key}' is there twice");
        }
    }

    public string Path { get; }

    public int Line => _map.Line;

    public static FieldReader Of(YamlNode node, string path, ErrorList errors)
    {
        if (node is YamlMap map)
        {
            return new FieldReader(map, path, errors);
        }

        errors.Add(path, node.Line, "keys with values are expected here");
        return new FieldReader(new YamlMap(node.Line, []), path, errors) { Silent = true };
    }

    /// <summary>Set where the mapping itself is missing or wrong and has been reported.</summary>
    private bool Silent { get; init; }

    public bool Has(string key) => _map.Entries.Any(e => e.Key == key);

    /// <summary>A line of text with a bound on its length.</summary>
    public string Text(string key, int maxLength = 120)
    {
        if (Scalar(key) is not { } text)
        {
            return string.Empty;
        }

        if (text.Value.Length == 0 || text.Value.Length > maxLength || text.Value.Any(char.IsControl))
        {
            _errors.Add(At(key), text.Line, $"'{key}' must be 1 to {maxLength} characters on one line");
        }

        return text.Value;
    }

    /// <summary>A code: 1 to 40 of a-z, 0-9 and '-'.</summary>
    public string Code(string key)
    {
        if (Scalar(key) is not { } text)
        {
            return string.Empty;
        }

        if (text.Value.Length is 0 or > 40
            || !text.Value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            _errors.Add(At(key), text.Line, $"{key} '{text.Value}' must be 1 to 40 characters of a-z, 0-9 and '-'");
        }

        return text.Value;
    }

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (Scalar(key) is not { } text)
        {
            return words[0].Value;
        }

        List<string> known = [];
        foreach ((string word, T value) in words)
        {
            known.Add(word);
            if (word == text.Value)
            {
                return value;
            }
        }

        _errors.Add(At(key), text.Line, $"{key} '{text.Value}' must be {string.Join(" or ", known)}");
        return words[0].Value;
    }

    /// <summary>A whole number inside its limits.</summary>
    public int Whole(string key, int low, int high)
    {
        if (Scalar(key) is not { } text)
        {
            return low;
        }

        string? wrong = QuantityText.ReadPlain(text.Value, out decimal value);
        if (wrong is not null || value != decimal.Truncate(value))
        {
            _errors.Add(At(key), text.Line, $"{key} '{text.Value}' must be a whole number, {low} to {high}");
            return low;
        }

        return Limited(key, text.Line, value, string.Empty, Bounds.Between(low, high)) ? (int)value : low;
    }

    /// <summary>A number with its unit inside its limits.</summary>
    public decimal Quantity(string key, string unit, Bounds limits) =>
        Scalar(key) is { } text ? Quantity(key, text, unit, limits) : limits.High ?? limits.Low ?? 0m;

    /// <summary>The same for a key that may be left out.</summary>
    public decimal? OptionalQuantity(string key, string unit, Bounds limits)
    {
        _asked.Add(key);
        return Has(key) ? Quantity(key, unit, limits) : null;
    }

    /// <summary>A mapping below this one.</summary>
    public FieldReader Map(string key) => Entry(key) is { } entry
        ? Of(entry.Value, At(key), _errors)
        : new FieldReader(new YamlMap(Line, []), At(key), _errors) { Silent = true };

    /// <summary>A sequence of mappings with a bound on its length.</summary>
    public ImmutableArray<FieldReader> Maps(string key, int low, int high)
    {
        if (Entry(key) is not { } entry)
        {
            return [];
        }

        if (entry.Value is not YamlList list)
        {
            _errors.Add(At(key), entry.Line, $"'{key}' must be a list");
            return [];
        }

        if (list.Items.Length < low || list.Items.Length > high)
        {
            _errors.Add(At(key), entry.Line, $"'{key}' has {list.Items.Length} entries; the limit is {low} to {high}");
        }

        return [.. list.Items.Take(high).Select((node, i) => Of(node, $"{At(key)}[{i}]", _errors))];
    }

    /// <summary>Reports something about a key that more than one field decides.</summary>
    public void Refuse(string key, string message) =>
        _errors.Add(At(key), _map.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? Line, message);

    /// <summary>Reports every key that nobody asked for. Call it last.</summary>
    public void Finish()
    {
        foreach (YamlEntry entry in _map.Entries.Where(e => !_asked.Contains(e.Key)))
        {
            string known = string.Join(", ", _asked.Order(StringComparer.Ordinal));
            _errors.Add(At(entry.Key), entry.Line, $"the key '{entry.Key}' is not known here; known are {known}");
        }
    }

    private decimal Quantity(string key, YamlText text, string unit, Bounds limits)
    {
        string? wrong = unit.Length == 0
            ? QuantityText.ReadPlain(text.Value, out decimal value)
            : QuantityText.Read(text.Value, unit, out value);
        if (wrong is not null)
        {
            _errors.Add(At(key), text.Line, $"{key} {wrong}; the limit is {limits.Describe(key, unit)}");
            return limits.High ?? limits.Low ?? 0m;
        }

        return Limited(key, text.Line, value, unit, limits) ? value : limits.High ?? limits.Low ?? 0m;
    }

    private bool Limited(string key, int line, decimal value, string unit, Bounds limits)
    {
        if (limits.Contains(value))
        {
            return true;
        }

        _errors.Add(At(key), line, $"{key} {UnitText.Of(value, unit)} is outside {limits.Describe(key, unit)}");
        return false;
    }

    private YamlText? Scalar(string key)
    {
        YamlEntry? entry = Entry(key);
        if (entry is null or { Value: YamlText })
        {
            return entry?.Value as YamlText;
        }

        _errors.Add(At(key), entry.Line, $"'{key}' must be a single value");
        return null;
    }

    private YamlEntry? Entry(string key)
    {
        _asked.Add(key);
        YamlEntry? entry = _map.Entries.FirstOrDefault(e => e.Key == key);
        if (entry is null && !Silent)
        {
            _errors.Add(At(key), Line, $"the key '{key}' is missing");
        }

        return entry;
    }

    private string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
