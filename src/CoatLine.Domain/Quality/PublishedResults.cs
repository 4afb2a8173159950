using System.Collections.Immutable;

namespace CoatLine.Domain.Quality;

/// <summary>What the source publishes of one example. A value that it does not give is null.</summary>
/// <param name="Recipe">Recipe id.</param>
/// <param name="PorosityBefore">Porosity before pressing, % (Table 1).</param>
/// <param name="PorosityAfter">Porosity after pressing, % (Table 1).</param>
/// <param name="VoidReduction">Void reduction by pressing, (ε0−ε1)/ε0, % (Table 1).</param>
/// <param name="SaUm">Arithmetic mean height after pressing (Table 2).</param>
/// <param name="SzUm">Maximum height after pressing (Table 2).</param>
public sealed record PublishedResult(
    string Recipe,
    decimal? PorosityBefore,
    decimal? PorosityAfter,
    decimal? VoidReduction,
    decimal? SaUm,
    decimal? SzUm);

/// <summary>Tables 1 and 2 of the source, [0095]–[0101], for each example that there is a recipe for.</summary>
public static class PublishedResults
{
    /// <summary>Every example, embodiments first.</summary>
    public static ImmutableArray<PublishedResult> All { get; } =
    [
        new("embodiment-1", 57.1m, 36.4m, 36m, 0.07m, 0.92m),
        new("embodiment-2", null, null, null, null, null),
        new("embodiment-3", null, null, null, null, null),
        new("embodiment-4", null, null, null, null, null),
        new("comparative-1", 66.6m, 44.5m, 33m, 0.13m, 1.13m),
        new("comparative-2", 69.3m, 50.3m, 27m, 0.18m, 1.52m),
        new("comparative-3", 71m, 53m, 25m, null, null),
    ];
}
