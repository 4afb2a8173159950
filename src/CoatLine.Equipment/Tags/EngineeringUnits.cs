using System.Collections.Frozen;

namespace CoatLine.Equipment.Tags;

/// <summary>
/// The engineering units of the contract and how a server states them (EUInformation, OPC 10000-8 §5.6.4.3). The id of
/// a unit packs the characters of its UNECE Recommendation 20 code, the first one highest: RPM is 0x52504D.
/// </summary>
internal static class EngineeringUnits
{
    /// <summary>Namespace of unit ids that are packed UNECE codes.</summary>
    public const string UneceNamespace = "http://www.opcfoundation.org/UA/units/un/cefact";

    /// <summary>Recommendation 20 has no code for these; they are compared by their display name.</summary>
    private const string NoCode = "";

    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>
    {
        ["rpm"] = "RPM",
        ["s"] = "SEC",
        ["g"] = "GRM",
        ["mg"] = "MGM",
        ["µm"] = "4H",
        ["mm"] = "MMT",
        ["cm²"] = "CMK",
        ["mm/s"] = "C16",
        ["°C"] = "CEL",
        ["K"] = "KEL",
        ["K/min"] = "F11",
        ["kPa"] = "KPA",
        ["MPa"] = "MPA",
        ["MPa/min"] = NoCode,
        ["m³/h"] = "MQH",
        ["%"] = "P1",
        ["ppm"] = "59",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the contract knows the unit.</summary>
    public static bool IsKnown(string symbol) => Codes.ContainsKey(symbol);

    /// <summary>The UnitId of a unit; null where UNECE has no code for it.</summary>
    /// <exception cref="KeyNotFoundException">The contract does not use this unit.</exception>
    public static int? UnitId(string symbol)
    {
        string code = Codes[symbol];
        return code.Length == 0 ? null : code.Aggregate(0, static (id, c) => (id << 8) | c);
    }
}
