using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// From a dried sheet to a pressed and measured one: dried checks, which block the press when they or their prediction
/// fail, press cycle, pressed profile, roughness.
/// </summary>
internal sealed class FinishOperations(BatchContext context, SheetScope sheet)
{
    /// <summary>Step id of the checks before the press, without the sheet.</summary>
    public const string DriedId = "press/dried-checks";

    /// <summary>Step id of the press cycle, without the sheet.</summary>
    public const string PressId = "press/cycle";

    /// <summary>Step id of the profile after the press, without the sheet.</summary>
    public const string ProfileId = "qc/profile";

    private readonly Measuring _measuring = new(context, sheet);

    public IEnumerable<Step> Steps()
    {
        string driedId = sheet.Id(DriedId);
        DecideStep dried = new(
            driedId,
            sheet.Title + "dried electrode, and its ratio as predicted after pressing",
            now =>
            [
                new ChecksJudged(
                    context.Batch,
                    driedId,
                    RuleStage.Dried,
                    [
                        .. DriedRules.Check(context.Recipe, sheet.Dried()),
                        RunRules.PressInterval(Age(now), context.Site),
                    ])
                {
                    Sheet = sheet.Name,
                },
            ]);
        yield return dried;
        if (!context.IsPassed(driedId) && context.State.Obstacle(driedId, context.IsCovered) is { } reason)
        {
            yield return new HoldStep(
                driedId, reason, "the press is blocked: go on, waive or scrap?", Blocked(driedId));
        }

        foreach (Step step in PressAndMeasure())
        {
            yield return step;
        }
    }

    private Seconds Age(DateTimeOffset now)
    {
        string coat = CoatOperations.Prefix(context.HasTop ? SubLayer.Top : SubLayer.Base);
        DateTimeOffset dried = context.State.Outcome<DryingCompleted>(sheet.Id(coat + "/dry")).EndedAt;
        return new Seconds((decimal)(now - dried).TotalSeconds);
    }

    private IEnumerable<Step> PressAndMeasure()
    {
        string pressId = sheet.Id(PressId);
        AnswerOption[] again = context.State.PressedAgain.ContainsKey(sheet.Name)
            ? []
            : [Offer.PressAgain(sheet, context.Site.Pressing.Pressure.Value, pressId)];
        ImmutableArray<AnswerOption> options = [.. again, Offer.Scrap(sheet), Offer.GiveUp];
        return context
            .Guarded(
                Press(pressId), "the press cycle is not in its bands: press again, or scrap the sheet?", options)
            .Concat(_measuring.Profile(ProfileId, context.HasTop ? null : SubLayer.Base, LayerState.Pressed))
            .Concat(_measuring.Roughness());
    }

    /// <summary>A prediction that fails is for a process engineer; what was measured to fail needs a waiver.</summary>
    private ImmutableArray<AnswerOption> Blocked(string id)
    {
        RuleCheck[] open =
        [
            .. context.State.Outcome<ChecksJudged>(id).Checks
                .Where(c => c.Verdict is Verdict.Fail or Verdict.NotMeasured && !context.IsCovered(c)),
        ];
        ImmutableArray<string> measured =
            [.. open.Where(c => !DriedRules.IsPrediction(c)).Select(c => c.Rule).Distinct()];
        AnswerOption[] way = measured.IsEmpty ? [Offer.GoOn]
            : open.All(c => c.Verdict == Verdict.Fail) && !measured.Any(DeviationRules.IsOfIdentityOrSafety)
                ? [Offer.Waive(sheet, measured)]
            : [];

        // How long the sheet has lain may be the clock's mistake: that is put right, and judged again.
        bool isAge = measured.Contains(RuleCatalogue.DryerRun.Id);
        return [.. isAge ? [Offer.Repeat(id)] : Array.Empty<AnswerOption>(), .. way, Offer.Scrap(sheet), Offer.GiveUp];
    }

    private PhaseStep Press(string id)
    {
        PressingParameters pressing = context.Site.Pressing;
        decimal pressure = context.State.PressedAgain.GetValueOrDefault(sheet.Name, pressing.Pressure.Value);
        return new PhaseStep(
            id,
            sheet.Title + "warm isostatic press cycle",
            Unit.Press,
            PhaseKind.PressCycle,
            [
                new("SheetId", sheet.Name),
                new("BagId", sheet.Bag),
                new("PressureSP", (double)pressure),
                new("PressureBand", (double)pressing.PressureBand.Value),
                new("TempSP", (double)pressing.Temperature.Value),
                new("TempBand", (double)pressing.TemperatureBand),
                new("DwellSP", (double)pressing.Dwell.Value),
                new("RampSP", (double)pressing.Ramp.Value),
            ],
            result => ConcludePress(id, pressing with { Pressure = new(pressure) }, result));
    }

    private ImmutableArray<BatchEvent> ConcludePress(string id, PressingParameters wanted, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("SheetId", sheet.Name);
        read.Expect("BagId", sheet.Bag);
        PressCycleCompleted pressed = new(
            context.Batch,
            id,
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
            id,
            result,
            read,
            pressed,
            RuleStage.AfterWip,
            () => RunRules.CheckPress(measured, context.Site with { Pressing = wanted }),
            sheet);
    }
}
