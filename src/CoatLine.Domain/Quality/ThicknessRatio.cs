using System.Diagnostics.CodeAnalysis;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Quality;

/// <summary>
/// The ratio of [0052] and cl.11: the thickest point of Base over the thinnest point of Top, not a ratio of means.
/// </summary>
/// <param name="State">The state that both were measured in.</param>
/// <param name="BasePoint">Thickest point of Base.</param>
/// <param name="TopPoint">Thinnest point of Top, above 0 µm.</param>
public sealed record ThicknessRatio(LayerState State, ProfilePoint BasePoint, ProfilePoint TopPoint)
{
    /// <summary>The ratio as a number, for display; limits are judged on the two thicknesses.</summary>
    public decimal Value => BasePoint.Thickness.Value / TopPoint.Thickness.Value;

    /// <summary>Forms the ratio of two profiles of one state, registered on the same points.</summary>
    /// <param name="baseProfile">The Base.</param>
    /// <param name="top">The Top.</param>
    /// <param name="ratio">The ratio.</param>
    /// <param name="refusal">Why there is none: mixed states, unregistered points, or no Top at some point.</param>
    public static bool TryOf(
        ThicknessProfile baseProfile,
        ThicknessProfile top,
        [NotNullWhen(true)] out ThicknessRatio? ratio,
        [NotNullWhen(false)] out string? refusal)
    {
        ratio = null;
        refusal = baseProfile.Layer != SubLayer.Base || top.Layer != SubLayer.Top
            ? "the ratio is formed of a Base and a Top profile"
            : baseProfile.Mismatch(top);
        if (refusal is null && top.Min.Value <= 0m)
        {
            refusal = $"Top has {top.Min} at point {top.Thinnest.Id}: there is no ratio";
        }

        if (refusal is not null)
        {
            return false;
        }

        ratio = new ThicknessRatio(baseProfile.State, baseProfile.Thickest, top.Thinnest);
        return true;
    }

    /// <summary>Forms the ratio of profiles already known to belong together.</summary>
    /// <exception cref="ArgumentException">They do not: mixed states, unregistered points, or no Top somewhere.
    /// </exception>
    public static ThicknessRatio Of(ThicknessProfile baseProfile, ThicknessProfile top) =>
        TryOf(baseProfile, top, out ThicknessRatio? ratio, out string? refusal)
            ? ratio
            : throw new ArgumentException(refusal, nameof(top));

    /// <summary>
    /// Relative standard uncertainty of a measured ratio: <c>u² = (u_g/B)² + (√2·u_g/T)²</c>. Top is a difference of
    /// two readings, hence √2.
    /// </summary>
    /// <param name="gaugeUncertaintyUm">Standard uncertainty of one reading in µm, ≥ 0.</param>
    public double RelativeUncertainty(decimal gaugeUncertaintyUm)
    {
        double onBase = (double)(gaugeUncertaintyUm / BasePoint.Thickness.Value);
        double onTop = Math.Sqrt(2d) * (double)(gaugeUncertaintyUm / TopPoint.Thickness.Value);
        return Math.Sqrt((onBase * onBase) + (onTop * onTop));
    }
}
