using System.Globalization;

namespace CoatLine.Domain.Events;

/// <summary>The name of an event type taken apart: <c>coatline.&lt;bare-name&gt;.v&lt;version&gt;</c>.</summary>
/// <param name="BareName">Kebab-case name, e.g. <c>batch-released</c>.</param>
/// <param name="Version">Version, from 1.</param>
internal readonly record struct TypeVersion(string BareName, int Version)
{
    private const string Prefix = "coatline.";

    /// <summary>Reads a name; false when it is none of ours.</summary>
    public static bool TryParse(string name, out TypeVersion found)
    {
        found = default;
        int dot = name.LastIndexOf(".v", StringComparison.Ordinal);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)
            || dot <= Prefix.Length
            || !int.TryParse(name.AsSpan(dot + 2), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            || version < 1)
        {
            return false;
        }

        found = new TypeVersion(name[Prefix.Length..dot], version);
        return found.ToString() == name;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">It is none of ours.</exception>
    public static TypeVersion Parse(string name) => TryParse(name, out TypeVersion found)
        ? found
        : throw new FormatException($"'{name}' is not an event type: it must read {Prefix}NAME.vN, N from 1");

    /// <summary>The name as it stands in records.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{BareName}.v{Version}");
}
