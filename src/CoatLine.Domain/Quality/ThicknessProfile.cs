using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Quality;

/// <summary>The state in which a thickness was measured. Thicknesses of different states are never combined.</summary>
public enum LayerState
{
    /// <summary>As coated.</summary>
    Wet,

    /// <summary>After drying.</summary>
    Dried,

    /// <summary>After warm isostatic pressing.</summary>
    Pressed,
}

/// <summary>A thickness at one registered point of the sheet.</summary>
/// <param name="Id">Point id, unique in the profile.</param>
/// <param name="XMm">Position across the coat from its left edge in mm.</param>
/// <param name="YMm">Position along the coat from its start in mm.</param>
/// <param name="Thickness">Thickness there.</param>
public sealed record ProfilePoint(int Id, decimal XMm, decimal YMm, Micrometres Thickness);

/// <summary>
/// Thicknesses of one layer at registered points, all in one state. Immutable and thread-safe.
/// </summary>
public sealed record ThicknessProfile
{
    /// <summary>The most points a profile may have, inclusive.</summary>
    public const int MaxPoints = 25;

    /// <summary>Creates a profile.</summary>
    /// <param name="layer">The sub-layer, or null for the whole layer above the foil.</param>
    /// <param name="state">The state of every thickness.</param>
    /// <param name="points">1 to <see cref="MaxPoints"/> points with different ids.</param>
    /// <exception cref="ArgumentException">There is no point, too many, or an id twice.</exception>
    public ThicknessProfile(SubLayer? layer, LayerState state, ImmutableArray<ProfilePoint> points)
    {
        if (points.IsDefaultOrEmpty || points.Length > MaxPoints)
        {
            throw new ArgumentException($"a profile has 1 to {MaxPoints} points", nameof(points));
        }

        if (points.GroupBy(p => p.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"point {twice.Key} is in the profile twice", nameof(points));
        }

        Layer = layer;
        State = state;
        Points = points;
    }

    /// <summary>The sub-layer, or null for the whole layer.</summary>
    public SubLayer? Layer { get; }

    /// <summary>The state of every thickness.</summary>
    public LayerState State { get; }

    /// <summary>The points in the order measured.</summary>
    public ImmutableArray<ProfilePoint> Points { get; }

    /// <summary>The thickest point; the first of equals.</summary>
    public ProfilePoint Thickest => Points.MaxBy(p => p.Thickness.Value)!;

    /// <summary>The thinnest point; the first of equals.</summary>
    public ProfilePoint Thinnest => Points.MinBy(p => p.Thickness.Value)!;

    /// <summary>Greatest thickness.</summary>
    public Micrometres Max => Thickest.Thickness;

    /// <summary>Least thickness.</summary>
    public Micrometres Min => Thinnest.Thickness;

    /// <summary>Mean thickness.</summary>
    public Micrometres Mean => new(Points.Average(p => p.Thickness.Value));

    /// <summary>Why two profiles cannot be combined point by point, or null when they can.</summary>
    /// <param name="other">The other profile.</param>
    /// <returns>A sentence that names the states or the first point that differs.</returns>
    public string? Mismatch(ThicknessProfile other)
    {
        if (State != other.State)
        {
            return $"a {Word(State)} thickness cannot be combined with a {Word(other.State)} one";
        }

        if (Points.Length != other.Points.Length)
        {
            return $"{Points.Length} points are not registered with {other.Points.Length}";
        }

        foreach (ProfilePoint point in Points)
        {
            if (other.Points.FirstOrDefault(p => p.Id == point.Id) is not { } twin)
            {
                return $"point {point.Id} is only in one of the profiles";
            }

            if (twin.XMm != point.XMm || twin.YMm != point.YMm)
            {
                return $"point {point.Id} lies at another place in the other profile";
            }
        }

        return null;
    }

    /// <summary>Top = total − Base at every registered point; refuses profiles that do not belong together.</summary>
    /// <param name="total">The whole layer.</param>
    /// <param name="baseProfile">The Base, measured at the same points in the same state.</param>
    /// <param name="top">The Top, which may hold points at or below 0 µm when the coat is missing there.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TrySubtract(
        ThicknessProfile total,
        ThicknessProfile baseProfile,
        [NotNullWhen(true)] out ThicknessProfile? top,
        [NotNullWhen(false)] out string? refusal)
    {
        top = null;
        refusal = total.Layer is not null || baseProfile.Layer != SubLayer.Base
            ? "Top is the whole layer less the Base"
            : total.Mismatch(baseProfile);
        if (refusal is not null)
        {
            return false;
        }

        Dictionary<int, decimal> below = baseProfile.Points.ToDictionary(p => p.Id, p => p.Thickness.Value);
        top = new ThicknessProfile(
            SubLayer.Top,
            total.State,
            [.. total.Points.Select(p => p with { Thickness = new(p.Thickness.Value - below[p.Id]) })]);
        return true;
    }

    /// <summary>Top = total − Base, for profiles already known to belong together.</summary>
    /// <exception cref="ArgumentException">They do not: mixed states or unregistered points.</exception>
    public static ThicknessProfile Subtract(ThicknessProfile total, ThicknessProfile baseProfile) =>
        TrySubtract(total, baseProfile, out ThicknessProfile? top, out string? refusal)
            ? top
            : throw new ArgumentException(refusal, nameof(baseProfile));

    /// <summary>The profile as it will be after pressing, by conservation of solids: <c>t' = t·(1−ε)/(1−ε')</c>.
    /// </summary>
    /// <param name="porosity">Porosities before and after.</param>
    /// <exception cref="InvalidOperationException">The profile is not dried.</exception>
    public ThicknessProfile PredictPressed(PorosityChange porosity)
    {
        if (State != LayerState.Dried)
        {
            throw new InvalidOperationException($"a {Word(State)} profile is not what goes into the press");
        }

        decimal solidsBefore = 1m - porosity.Before;
        decimal solidsAfter = 1m - porosity.After;
        return new ThicknessProfile(
            Layer,
            LayerState.Pressed,
            [.. Points.Select(p => p with { Thickness = new(p.Thickness.Value * solidsBefore / solidsAfter) })]);
    }

    internal static string Word(LayerState state) => state switch
    {
        LayerState.Wet => "wet",
        LayerState.Dried => "dried",
        _ => "pressed",
    };
}
