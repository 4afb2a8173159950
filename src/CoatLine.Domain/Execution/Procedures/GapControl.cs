using CoatLine.Domain.Events;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// Run-to-run control of both gaps: what earlier lots taught is pinned in the order and moves the gaps of this batch;
/// what its sheets teach is recorded when it is closed.
/// </summary>
internal sealed class GapControl(BatchContext context)
{
    /// <summary>Gap of coat 1: nominal thickness from what was learnt, in steps that the coater can set.</summary>
    public Micrometres BaseGap()
    {
        SlurryFormula slurry = context.Recipe.Slurry(SubLayer.Base)!;
        Micrometres nominal = context.Site.Coating.BladeGapBase;
        RunToRun control = LearntGap.For(context.Order.BaseLearnt, Setting(slurry));
        if (control.LastGap is null)
        {
            return nominal;
        }

        RunToRunTuning tuning = RunToRunTuning.Of(slurry, context.Site);
        decimal step = context.Site.Coating.GapResolution.Value;
        decimal gap = control.Next(new Micrometres(tuning.Gain * nominal.Value), tuning).Gap.Value;
        return new Micrometres(Math.Round(gap / step, MidpointRounding.ToEven) * step);
    }

    /// <summary>β of the next Top: the planned one, corrected by how much thicker than β·clearance it came out.
    /// </summary>
    public decimal TopBeta(SlurryFormula top)
    {
        decimal planned = GapPlanner.Beta(top, context.Site);
        RunToRun control = LearntGap.For(context.Order.TopLearnt, Setting(top));
        return control.LastGap is { Value: > 0m } clearance
            ? planned + (control.Offset.Value / clearance.Value)
            : planned;
    }

    /// <summary>What valid sheets taught, a fact for each coat.</summary>
    /// <param name="sheets">What became of every sheet, in order.</param>
    public IEnumerable<BatchEvent> Learn(IReadOnlyList<SheetDisposed> sheets) => context.Recipe.Slurries
        .Select(slurry => Learn(slurry, sheets))
        .OfType<GapLearnt>();

    private static LearntGap? Before(BatchOrder order, SubLayer layer) =>
        layer == SubLayer.Base ? order.BaseLearnt : order.TopLearnt;

    private GapLearnt? Learn(SlurryFormula slurry, IReadOnlyList<SheetDisposed> disposed)
    {
        RunToRunTuning tuning = RunToRunTuning.Of(slurry, context.Site);
        RunToRun before = LearntGap.For(Before(context.Order, slurry.Layer), Setting(slurry));
        RunToRun control = before;
        List<string> taught = [];
        foreach (SheetScope sheet in context.AllSheets)
        {
            SheetDisposed? end = disposed.FirstOrDefault(d => d.Sheet == sheet.Name);
            if (end?.Standing == LotStanding.Valid && context.State.EndedBecause is null)
            {
                control = control.Learn(Outcome(slurry, sheet), tuning);
                taught.Add(sheet.Name);
            }
        }

        // A move of the offset by b·Δu moves the next gap by Δu, so this is the clamp of the gap.
        decimal most = tuning.Gain * tuning.Clamp.Value;
        decimal offset = Math.Clamp(control.Offset.Value, before.Offset.Value - most, before.Offset.Value + most);
        return LearntGap.Of(control) is { } learnt && taught.Count > 0
            ? new GapLearnt(context.Batch, slurry.Layer, learnt with { OffsetUm = offset }, [.. taught])
            : null;
    }

    private CoatOutcome Outcome(SlurryFormula slurry, SheetScope sheet)
    {
        ThicknessProfile below = sheet.Profile(CoatOperations.ProfileId(SubLayer.Base), SubLayer.Base);
        decimal set = context.State.Outcome<CoatCompleted>(
            sheet.Id(CoatOperations.Prefix(slurry.Layer) + "/coat")).GapSetUm;
        decimal mean = below.Mean.Value;
        bool isBase = slurry.Layer == SubLayer.Base;
        return new CoatOutcome(
            sheet.Name,
            LotStanding.Valid,
            Setting(slurry),
            new Micrometres(isBase ? set : set - mean),
            isBase
                ? below.Mean
                : new Micrometres(sheet.Profile(CoatOperations.ProfileId(SubLayer.Top), null).Mean.Value - mean));
    }

    private RunSetting Setting(SlurryFormula slurry) => new(
        context.Blade,
        context.FoilRoll,
        FormattableString.Invariant($"{context.Recipe.Id}/{slurry.Layer} v{context.Recipe.Version}"));
}
