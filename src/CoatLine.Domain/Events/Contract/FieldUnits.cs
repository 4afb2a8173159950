using System.Collections.Frozen;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Events.Contract;

/// <summary>The unit of every number in an event: by the end of its name, by its quantity type, or by its neighbour.
/// </summary>
internal static class FieldUnits
{
    /// <summary>A ratio, a count or a number that only orders.</summary>
    public const string PureNumber = "1";

    // Where one ending is the end of another, the longer one stands first.
    private static readonly (string Ending, string Unit)[] Endings =
    [
        ("_mm_per_s", "mm/s"), ("_mpa_per_min", "MPa/min"), ("_mg_per_cm2", "mg/cm²"), ("_um_per_um", "µm/µm"),
        ("_at_percent", "at%"), ("_percent", "%"), ("_ppm", "ppm"), ("_degc", "°C"), ("_rpm", "rpm"), ("_kpa", "kPa"),
        ("_mpa", "MPa"), ("_um", "µm"), ("_mm", "mm"), ("_cm2", "cm²"), ("_mg", "mg"), ("_g", "g"), ("_s", "s"),
    ];

    private static readonly FrozenSet<string> Ratios = FrozenSet.Create(
        StringComparer.Ordinal,
        "target_ratio",
        "relative_uncertainty",
        "ratio_dried",
        "ratio_pressed",
        "aspect_ratio",
        "binder_weight_fraction");

    private static readonly FrozenDictionary<(Type, string), string> Neighbours =
        new Dictionary<(Type, string), string>
        {
            [(typeof(RuleCheck), "value")] = "unit",
            [(typeof(LabValue), "value")] = "unit",
            [(typeof(MaterialLot), "quantity")] = "kind",
            [(typeof(NamedValue), "number")] = "name",
            [(typeof(NamedValue), "numbers")] = "name",
        }.ToFrozenDictionary();

    /// <summary>The unit of a number.</summary>
    /// <param name="owner">The record that has the field.</param>
    /// <param name="field">Name of the field as it stands in JSON.</param>
    /// <param name="whole">Whether only whole numbers are allowed.</param>
    /// <returns>The unit; null when a neighbour says it, or nothing does.</returns>
    public static string? Of(Type owner, string field, bool whole)
    {
        if (IsQuantity(owner))
        {
            // "0 µm" without its number.
            return Activator.CreateInstance(owner)!.ToString()![2..];
        }

        foreach ((string ending, string unit) in Endings)
        {
            if (field.EndsWith(ending, StringComparison.Ordinal))
            {
                return unit;
            }
        }

        return whole || Ratios.Contains(field) ? PureNumber : null;
    }

    /// <summary>The field of the same record that decides the unit; null when none does.</summary>
    public static string? Neighbour(Type owner, string field) => Neighbours.GetValueOrDefault((owner, field));

    /// <summary>Whether a type is a number with its unit, written as an object with the only field <c>value</c>.
    /// </summary>
    public static bool IsQuantity(Type type) => type.IsValueType && type.Namespace == typeof(Grams).Namespace;
}
