using System.Diagnostics.CodeAnalysis;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Quality;

/// <summary>
/// Base and Top after pressing. They cannot be measured apart then, so the measured pressed total is split at each
/// point in proportion to the pressed thicknesses predicted from the dried profiles and the expected porosities. The
/// split keeps the measured total exactly; what it assumes is the ratio of the two thickness factors.
/// </summary>
/// <param name="Base">Pressed Base.</param>
/// <param name="Top">Pressed Top.</param>
public sealed record PressedSplit(ThicknessProfile Base, ThicknessProfile Top)
{
    /// <summary>Splits a pressed total.</summary>
    /// <param name="pressedTotal">The whole layer, pressed.</param>
    /// <param name="baseDried">The Base, dried, on the same points.</param>
    /// <param name="topDried">The Top, dried, on the same points.</param>
    /// <param name="site">The expected porosities.</param>
    /// <param name="split">The split.</param>
    /// <param name="refusal">Why there is none: states, points, or nothing dried at a point.</param>
    public static bool TryOf(
        ThicknessProfile pressedTotal,
        ThicknessProfile baseDried,
        ThicknessProfile topDried,
        SiteParameters site,
        [NotNullWhen(true)] out PressedSplit? split,
        [NotNullWhen(false)] out string? refusal)
    {
        split = null;
        refusal = Refusal(pressedTotal, baseDried, topDried);
        if (refusal is not null)
        {
            return false;
        }

        Dictionary<int, decimal> expectedBase = ById(baseDried.PredictPressed(site.Base));
        Dictionary<int, decimal> expectedTop = ById(topDried.PredictPressed(site.Top));
        if (pressedTotal.Points.FirstOrDefault(p => expectedBase[p.Id] + expectedTop[p.Id] <= 0m) is { } bare)
        {
            refusal = $"nothing was dried at point {bare.Id}";
            return false;
        }

        ThicknessProfile pressedBase = new(
            SubLayer.Base,
            LayerState.Pressed,
            [.. pressedTotal.Points.Select(p => p with
            {
                Thickness = new(p.Thickness.Value * expectedBase[p.Id] / (expectedBase[p.Id] + expectedTop[p.Id])),
            })]);
        split = new PressedSplit(pressedBase, ThicknessProfile.Subtract(pressedTotal, pressedBase));
        return true;
    }

    /// <summary>Splits profiles already known to belong together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static PressedSplit Of(
        ThicknessProfile pressedTotal, ThicknessProfile baseDried, ThicknessProfile topDried, SiteParameters site) =>
        TryOf(pressedTotal, baseDried, topDried, site, out PressedSplit? split, out string? refusal)
            ? split
            : throw new ArgumentException(refusal, nameof(pressedTotal));

    private static string? Refusal(
        ThicknessProfile pressedTotal, ThicknessProfile baseDried, ThicknessProfile topDried)
    {
        if (pressedTotal.State != LayerState.Pressed || pressedTotal.Layer is not null)
        {
            return "what is split is the pressed total";
        }

        if (baseDried.State != LayerState.Dried || baseDried.Layer != SubLayer.Base || topDried.Layer != SubLayer.Top)
        {
            return "the split needs a dried Base and a dried Top";
        }

        // The states differ by design here, so only the places are compared.
        ThicknessProfile places = new(null, LayerState.Dried, pressedTotal.Points);
        return baseDried.Mismatch(topDried) ?? places.Mismatch(baseDried);
    }

    private static Dictionary<int, decimal> ById(ThicknessProfile profile) =>
        profile.Points.ToDictionary(p => p.Id, p => p.Thickness.Value);
}
