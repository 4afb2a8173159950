using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>Judges a pressed sheet and decides what becomes of it; what its checks leave open a person decides.
/// </summary>
internal sealed class DispositionOperations(BatchContext context, SheetScope sheet)
{
    private readonly string _judge = sheet.JudgeId;
    private readonly string _disposition = sheet.DispositionId;

    public IEnumerable<Step> Steps()
    {
        yield return new DecideStep(_judge, sheet.Title + "pressed electrode judged", _ => [Judge()]);

        // A batch of an earlier version ends here, with its release.
        if (context.State.Status is BatchStatus.Released or BatchStatus.Rejected)
        {
            yield return new DecideStep(_disposition, "disposition", static _ => []);
            yield break;
        }

        if (!context.State.IsConcluded(_disposition) && OpenQuestion() is { } hold)
        {
            yield return hold;
        }

        yield return new DecideStep(_disposition, sheet.Title + "disposition", now => [Dispose(now)]);
    }

    private HoldStep? OpenQuestion()
    {
        LotDecision decision = Decide(Latest());
        string reasons = string.Join("; ", decision.Reasons);
        ImmutableArray<AnswerOption> scrap = [Offer.Scrap(sheet), Offer.GiveUp];
        return decision.Outcome switch
        {
            LotOutcome.Hold => new HoldStep(
                _judge,
                reasons,
                "something was not measured: measure it, or scrap the sheet?",
                [Offer.Repeat(Measured), .. scrap]),
            LotOutcome.Reject => new HoldStep(
                _judge,
                reasons,
                "the sheet breaks a rule: scrap, rework or waive?",
                [.. Rework(), .. Waiver(), .. scrap]),
            LotOutcome.ProductOnSignature when !IsReleased => new HoldStep(
                _judge,
                reasons,
                "the sheet lies inside a guard band: is it released?",
                [Offer.Release(sheet), .. scrap]),
            _ => null,
        };
    }

    private ImmutableArray<string> Measured =>
        [sheet.Id(FinishOperations.ProfileId), sheet.Id(Measuring.RoughnessId), _judge];

    private bool IsReleased => context.State.Answers.GetValueOrDefault(_judge)?.Answer == AnswerKind.Release;

    // The last moment that is on record: a waiver that had expired by then covers nothing.
    private DateTimeOffset Latest() =>
        context.Deviations.SelectMany(d => d.Signatures).Select(s => s.At).DefaultIfEmpty().Max();

    private ImmutableArray<AnswerOption> Rework() =>
        context.State.PressedAgain.ContainsKey(sheet.Name) || !Broken().Contains(RuleCatalogue.PressedPorosity.Id)
            ? []
            : [Offer.PressAgain(
                sheet,
                context.Site.Pressing.Pressure.Value,
                [sheet.Id(FinishOperations.PressId), .. Measured])];

    private ImmutableArray<AnswerOption> Waiver() =>
        Broken() is { IsEmpty: false } broken && !broken.Any(DeviationRules.IsOfIdentityOrSafety)
            ? [Offer.Waive(sheet, broken)]
            : [];

    private ImmutableArray<string> Broken() =>
    [
        .. Checks().Where(c => c.Verdict == Verdict.Fail && !context.IsCovered(c)).Select(c => c.Rule).Distinct(),
    ];

    // What was predicted before the press is measured by now.
    private ImmutableArray<RuleCheck> Checks() =>
    [
        .. context.State.Outcome<ChecksJudged>(Procedure.RecipeId).Checks,
        .. context.State.Outcomes.GetValueOrDefault(Procedure.LotsId, []).OfType<ChecksJudged>()
            .SelectMany(e => e.Checks),
        .. context.State.Outcome<ChecksJudged>(sheet.Id(FinishOperations.DriedId)).Checks
            .Where(c => !DriedRules.IsPrediction(c)),
        .. context.State.Outcome<QcJudged>(_judge).Checks,
    ];

    private LotDecision Decide(DateTimeOffset now) => LotDecision.Of(
        context.Lot(sheet.Name, now),
        Checks(),
        [.. context.Deviations.Select(d => new DeviationInUse(d, Used(d)))]);

    private int Used(Deviation deviation)
    {
        int earlier = context.AllSheets
            .Where(s => s.Index < sheet.Index)
            .Count(s => s.Disposed?.Deviations.Contains(deviation.Id) == true);
        return context.Order.DeviationsUsed.GetValueOrDefault(deviation.Id) + earlier;
    }

    private BatchEvent Dispose(DateTimeOffset now)
    {
        LotDecision decision = Decide(now);
        if (decision.Outcome is LotOutcome.Hold or LotOutcome.Reject)
        {
            return new BatchHeld(
                context.Batch, _judge, string.Join("; ", decision.Reasons), "a waiver has expired: scrap or waive?")
            {
                Options = [.. Waiver(), Offer.Scrap(sheet), Offer.GiveUp],
            };
        }

        RuleCheck[] behind = [.. Checks().Where(c => c.Verdict is Verdict.Fail or Verdict.Conditional)];
        return new SheetDisposed(
            context.Batch,
            _disposition,
            sheet.Name,
            decision.Outcome,
            decision.Standing,
            decision.Reasons,
            [.. behind.Select(c => c.Rule).Distinct()],
            [.. context.Deviations.Where(d => behind.Any(c => c.Rule == d.Rule)).Select(d => d.Id).Distinct()]);
    }

    private QcJudged Judge()
    {
        DriedMeasurement dried = sheet.Dried();
        ThicknessProfile total = sheet.Profile(FinishOperations.ProfileId, null);
        ImmutableArray<MeasuredRoughness> samples =
            context.State.Outcome<RoughnessMeasured>(sheet.Id(Measuring.RoughnessId)).Samples;
        PressedMeasurement pressed = new(
            dried, total, [.. samples.Select(s => new RoughnessSample(s.Id, s.SaUm, s.SzUm))]);
        ImmutableArray<RuleCheck> checks = PressedRules.Check(context.Recipe, pressed);
        decimal? porosity = total.Mean.Value > 0m
            ? SheetSolids.Of(context.Recipe, dried)?.PorosityAt(total.Mean)
            : null;
        (decimal? ratioDried, decimal? ratioPressed) = Ratios(dried, total);
        return new QcJudged(
            context.Batch,
            _judge,
            ratioDried,
            ratioPressed,
            100m * porosity,
            total.Max.Value,
            [.. samples.Select(s => s.SaUm)],
            [.. samples.Select(s => s.SzUm)],
            checks,
            Dispositions.Of(
                [.. checks, .. context.State.Outcome<ChecksJudged>(sheet.Id(FinishOperations.DriedId)).Checks]))
        {
            Sheet = sheet.Name,
        };
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
}
