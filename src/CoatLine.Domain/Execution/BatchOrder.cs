using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Execution;

/// <summary>What a batch is ordered with; pinned in its first fact, so that its record can be judged by itself.
/// </summary>
/// <param name="Sheets">Sheets to be made of its slurries, 1 to <see cref="MaxSheets"/>, both included.</param>
/// <param name="OrderedBy">Who ordered it; empty when nobody is named.</param>
/// <param name="Lots">The lot booked for each material of the recipe and for the foil, with its certificate; empty
/// where the line keeps no register of lots.</param>
/// <param name="Blade">The blade; both coats are drawn with it.</param>
/// <param name="Deviations">Deviations offered for what the batch breaks.</param>
public sealed record BatchOrder(
    int Sheets,
    string OrderedBy,
    ImmutableArray<MaterialLot> Lots,
    string Blade,
    ImmutableArray<Deviation> Deviations)
{
    /// <summary>Whether lots and containers are scanned before they are used. Where nobody stands at the line, such as
    /// at the simulated one, they are not.</summary>
    public bool ScansRequired { get; init; }

    /// <summary>What earlier lots taught of coat 1; null when nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearntGap? BaseLearnt { get; init; }

    /// <summary>What earlier lots taught of coat 2; null when nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearntGap? TopLearnt { get; init; }

    /// <summary>How many sheets each of the deviations had covered before this batch; one that is missing, none.
    /// </summary>
    public ImmutableDictionary<string, int> DeviationsUsed { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The most sheets of one batch.</summary>
    public const int MaxSheets = 100;

    /// <summary>The order of a batch that names nothing: one sheet, no register of lots.</summary>
    public static BatchOrder Plain { get; } = new(1, string.Empty, [], "BL-01", []);

    /// <summary>The lot booked for a material; null when none is.</summary>
    public MaterialLot? Lot(string material) => Lots.FirstOrDefault(l => l.Material == material);

    /// <summary>The foil roll booked; null when none is.</summary>
    public MaterialLot? Foil => Lots.FirstOrDefault(l => l.Kind == LotKind.Foil);
}
