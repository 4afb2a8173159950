using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Quality;

/// <summary>Profiles with point ids from 1, ten millimetres apart.</summary>
internal static class Profiles
{
    public static ThicknessProfile Base(LayerState state, params decimal[] um) => Of(SubLayer.Base, state, um);

    public static ThicknessProfile Top(LayerState state, params decimal[] um) => Of(SubLayer.Top, state, um);

    public static ThicknessProfile Total(LayerState state, params decimal[] um) => Of(null, state, um);

    private static ThicknessProfile Of(SubLayer? layer, LayerState state, decimal[] um) =>
        new(layer, state, [.. um.Select((t, i) => new ProfilePoint(i + 1, 10m * i, 0m, new(t)))]);
}
