using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>One sheet of a batch: its names, its step ids, what was measured of it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Index">Number of the sheet, from 1.</param>
internal sealed record SheetScope(BatchContext Batch, int Index)
{
    /// <summary>Sheet id.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"S-{Batch.Batch}-{Index}");

    /// <summary>The bag that it is pressed in.</summary>
    public string Bag => string.Create(CultureInfo.InvariantCulture, $"BAG-{Batch.Batch}-{Index}");

    /// <summary>
    /// The id of a step done on this sheet. The first sheet has the bare id, so that a batch that a version with one
    /// sheet began is gone on with.
    /// </summary>
    public string Id(string step) =>
        Index == 1 ? step : string.Create(CultureInfo.InvariantCulture, $"{step}/{Index}");

    /// <summary>What is written before a title where there are several sheets.</summary>
    public string Title => Batch.Order.Sheets == 1 ? string.Empty : $"{Name}: ";

    /// <summary>Step id of the judgement of this sheet.</summary>
    public string JudgeId => Id("qc/judge");

    /// <summary>Step id of what becomes of this sheet.</summary>
    public string DispositionId => Id("qc/disposition");

    /// <summary>What became of this sheet; null before it is decided.</summary>
    public SheetDisposed? Disposed => Batch.State.Outcomes
        .GetValueOrDefault(DispositionId, []).OfType<SheetDisposed>().FirstOrDefault();

    /// <summary>The dried sheet.</summary>
    public DriedMeasurement Dried()
    {
        SubLayer last = Batch.HasTop ? SubLayer.Top : SubLayer.Base;
        return new DriedMeasurement(
            Profile(CoatOperations.ProfileId(SubLayer.Base), SubLayer.Base),
            Batch.HasTop ? Profile(CoatOperations.ProfileId(SubLayer.Top), null) : null,
            new(Batch.State.Outcome<ArealMassMeasured>(Id(CoatOperations.PunchId(last))).MeanMgPerCm2));
    }

    /// <summary>A recorded profile of this sheet.</summary>
    /// <param name="step">The step, without the sheet.</param>
    /// <param name="layer">The sub-layer that it is of; null for the whole layer.</param>
    public ThicknessProfile Profile(string step, SubLayer? layer) =>
        Measuring.ToProfile(Batch.State.Outcome<ProfileRegistered>(Id(step)), layer);
}
