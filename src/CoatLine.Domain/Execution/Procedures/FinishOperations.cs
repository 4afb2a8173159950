using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// From the dried electrode to its disposition: dried checks, which block the press when they or their prediction
/// fail, press cycle, pressed profile, roughness, judgement.
/// </summary>
internal sealed class FinishOperations(BatchContext context)
{
    private const string DriedId = "press/dried-checks";
    private const string PressId = "press/cycle";
    private const string ProfileId = "qc/profile";
    private const string JudgeId = "qc/judge";
    private const string DispositionId = "qc/disposition";

    private readonly Measuring _measuring = new(context);

    public IEnumerable<Step> Steps()
    {
        DecideStep dried = new(
            DriedId,
            "dried electrode, and its ratio as predicted after pressing",
            _ => [new ChecksJudged(
                context.Batch, DriedId, RuleStage.Dried, DriedRules.Check(context.Recipe, Dried()))]);
        IEnumerable<Step> operations = context
            .Guarded(dried, "the press is blocked: rework, waive or scrap?")
            .Concat(context.Guarded(Press(), "the press cycle is not in its bands: press again, or scrap the sheet?"))
            .Concat(_measuring.Profile(ProfileId, context.HasTop ? null : SubLayer.Base, LayerState.Pressed))
            .Concat(_measuring.Roughness());
        foreach (Step step in operations)
        {
            yield return step;
        }

        yield return new DecideStep(JudgeId, "pressed electrode judged", _ => [Judge()]);
        QcJudged judged = context.State.Outcome<QcJudged>(JudgeId);
        if (judged.Disposition == Disposition.Hold)
        {
            yield return new HoldStep(
                JudgeId,
                BatchState.Broken(judged.Checks) ?? "nothing was judged",
                "something was not measured: measure it, or scrap the sheet?");
        }

        yield return new DecideStep(DispositionId, "disposition", _ => [Dispose(judged)]);
    }

    private PhaseStep Press()
    {
        PressingParameters pressing = context.Site.Pressing;
        return new PhaseStep(
            PressId,
            "warm isostatic press cycle",
            Unit.Press,
            PhaseKind.PressCycle,
            [
                new("SheetId", context.Sheet),
                new("BagId", context.Bag),
                new("PressureSP", (double)pressing.Pressure.Value),
                new("PressureBand", (double)pressing.PressureBand.Value),
                new("TempSP", (double)pressing.Temperature.Value),
                new("TempBand", (double)pressing.TemperatureBand),
                new("DwellSP", (double)pressing.Dwell.Value),
                new("RampSP", (double)pressing.Ramp.Value),
            ],
            ConcludePress);
    }

    private ImmutableArray<BatchEvent> ConcludePress(PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("SheetId", context.Sheet);
        read.Expect("BagId", context.Bag);
        PressCycleCompleted pressed = new(
            context.Batch,
            PressId,
            result.Id,
            read.Text("SheetId"),
            read.Text("BagId"),
            read.Number("PressureMin"),
            read.Number("PressureMax"),
            read.Number("PressureMean"),
            read.Number("TempMin"),
            read.Number("TempMax"),
            read.Number("DwellSeconds"),
            read.Whole("RepumpCount"),
            read.Number("DecompRateMax")) { StartedAt = result.StartedAt, EndedAt = result.EndedAt };
        PressMeasured measured = new(
            new(pressed.PressureMinMpa),
            new(pressed.PressureMaxMpa),
            new(pressed.TempMinDegc),
            new(pressed.TempMaxDegc),
            new(pressed.DwellS));
        return context.Facts(
            PressId, result, read, pressed, RuleStage.AfterWip, () => RunRules.CheckPress(measured, context.Site));
    }

    private DriedMeasurement Dried()
    {
        SubLayer last = context.HasTop ? SubLayer.Top : SubLayer.Base;
        return new DriedMeasurement(
            Profile(CoatOperations.ProfileId(SubLayer.Base), SubLayer.Base),
            context.HasTop ? Profile(CoatOperations.ProfileId(SubLayer.Top), null) : null,
            new(context.State.Outcome<ArealMassMeasured>(CoatOperations.PunchId(last)).MeanMgPerCm2));
    }

    private ThicknessProfile Profile(string step, SubLayer? layer) =>
        Measuring.ToProfile(context.State.Outcome<ProfileRegistered>(step), layer);

    private QcJudged Judge()
    {
        DriedMeasurement dried = Dried();
        ThicknessProfile total = Profile(ProfileId, null);
        ImmutableArray<MeasuredRoughness> samples =
            context.State.Outcome<RoughnessMeasured>(Measuring.RoughnessId).Samples;
        PressedMeasurement pressed = new(
            dried, total, [.. samples.Select(s => new RoughnessSample(s.Id, s.SaUm, s.SzUm))]);
        ImmutableArray<RuleCheck> checks = PressedRules.Check(context.Recipe, pressed);
        decimal? porosity = total.Mean.Value > 0m
            ? SheetSolids.Of(context.Recipe, dried)?.PorosityAt(total.Mean)
            : null;
        (decimal? ratioDried, decimal? ratioPressed) = Ratios(dried, total);
        return new QcJudged(
            context.Batch,
            JudgeId,
            ratioDried,
            ratioPressed,
            100m * porosity,
            total.Max.Value,
            [.. samples.Select(s => s.SaUm)],
            [.. samples.Select(s => s.SzUm)],
            checks,
            Dispositions.Of([.. checks, .. context.State.Outcome<ChecksJudged>(DriedId).Checks]));
    }

    private (decimal? Dried, decimal? Pressed) Ratios(DriedMeasurement dried, ThicknessProfile pressedTotal)
    {
        if (dried.Total is null
            || !ThicknessProfile.TrySubtract(dried.Total, dried.Base, out ThicknessProfile? top, out _))
        {
            return (null, null);
        }

        decimal? ratioDried =
            ThicknessRatio.TryOf(dried.Base, top, out ThicknessRatio? asDried, out _) ? asDried.Value : null;
        decimal? ratioPressed =
            PressedSplit.TryOf(pressedTotal, dried.Base, top, context.Site, out PressedSplit? split, out _)
            && ThicknessRatio.TryOf(split.Base, split.Top, out ThicknessRatio? asPressed, out _)
                ? asPressed.Value
                : null;
        return (ratioDried, ratioPressed);
    }

    private BatchEvent Dispose(QcJudged judged)
    {
        ImmutableArray<RuleCheck> all = [.. context.State.Outcome<ChecksJudged>(DriedId).Checks, .. judged.Checks];
        return judged.Disposition == Disposition.Reject
            ? new BatchRejected(
                context.Batch,
                DispositionId,
                BatchState.Broken(judged.Checks) ?? string.Empty,
                Rules(judged.Checks, Verdict.Fail))
            : new BatchReleased(
                context.Batch, DispositionId, judged.Disposition, context.Sheet, Rules(all, Verdict.Conditional));
    }

    private static ImmutableArray<string> Rules(ImmutableArray<RuleCheck> checks, Verdict verdict) =>
        [.. checks.Where(c => c.Verdict == verdict).Select(c => c.Rule).Distinct()];
}
