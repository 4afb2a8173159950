using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Mixing;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// Makes one slurry: weigh the charge, 12 cycles, weigh in the dilution, 5 cycles ([0084]–[0091]). The dilution is out
/// of reach before every cycle of the first stage is on record as counting.
/// </summary>
internal sealed class SlurryOperations(BatchContext context, SlurryFormula formula)
{
    private readonly string _prefix = BatchContext.Prefix(formula.Layer);
    private readonly string _container = context.Container(formula.Layer);

    public IEnumerable<Step> Steps()
    {
        Weighing weighing = new(context, formula);
        foreach (Step step in weighing.Charge())
        {
            yield return step;
        }

        foreach (Step step in Stage(formula.PreDilution, weighing.LastOfCharge))
        {
            yield return step;
        }

        foreach (Step step in weighing.Dilution())
        {
            yield return step;
        }

        foreach (Step step in Stage(formula.PostDilution, weighing.OfDilution))
        {
            yield return step;
        }

        yield return new DecideStep($"{_prefix}/completed", $"{formula.Layer} slurry completed", _ => Completed());
    }

    private ImmutableArray<AnswerOption> Spoilt => [Offer.Remake(formula.Layer), Offer.GiveUp];

    private static string StageName(MixStage stage) =>
        stage.Kind == MixStageKind.PreDilution ? "pre-dilution" : "post-dilution";

    private IEnumerable<Step> Stage(MixStage stage, string weighedIn)
    {
        for (int cycle = 1; cycle <= stage.Cycles; cycle++)
        {
            yield return Gate(stage, cycle);
            foreach (Step step in Cycle(stage, cycle, weighedIn))
            {
                yield return step;
            }
        }

        string schedule = $"{_prefix}/{StageName(stage)}/schedule";
        DecideStep check = new(
            schedule,
            $"{formula.Layer}: {stage.Cycles} cycles counted",
            _ => [new ChecksJudged(
                context.Batch,
                schedule,
                RuleStage.Mixing,
                MixRules.CheckSchedule(stage, Measured(stage), context.Site.Mixing))]);
        foreach (Step step in context.Guarded(
            check, "the mix schedule is not complete: what becomes of the slurry?", Spoilt))
        {
            yield return step;
        }
    }

    private string CycleId(MixStage stage, int cycle) =>
        string.Create(CultureInfo.InvariantCulture, $"{_prefix}/{StageName(stage)}/{cycle:00}");

    // The container stays in the mixer over a stage; between the stages it is on the balance.
    private UnitClaim Mixer(MixStage stage) => new(Unit.Mixer, $"{_prefix}/{StageName(stage)}");

    private AwaitStep Gate(MixStage stage, int cycle)
    {
        string id = CycleId(stage, cycle) + "/gate";
        decimal limit = context.Site.Mixing.Start.Value;
        return new AwaitStep(
            id,
            $"{formula.Layer} {StageName(stage)} cycle {cycle}: slurry at most {context.Site.Mixing.Start}",
            Unit.Mixer,
            "SlurryTemp",
            (double)limit,
            (live, waited) => [new TemperatureGatePassed(
                context.Batch, id, formula.Layer, (decimal)live.Value, limit, (decimal)waited.TotalSeconds)])
        {
            Claim = Mixer(stage),
        };
    }

    private IEnumerable<Step> Cycle(MixStage stage, int cycle, string weighedIn)
    {
        string id = CycleId(stage, cycle);
        PhaseStep mix = new(
            id,
            $"{formula.Layer} {StageName(stage)} cycle {cycle} of {stage.Cycles}",
            Unit.Mixer,
            PhaseKind.MixCycle,
            [
                new("ContainerId", _container),
                new("RevSpeedSP", (double)stage.Speed.Value),
                new("StepTimeSP", (double)stage.CycleTime.Value),
                new("StageId", (int)stage.Kind),
                new("CycleIndex", cycle),

                // The counterweight follows what the balance read last with this container.
                new("BalanceDial", (double)context.State.Outcome<MaterialWeighed>(weighedIn).GrossG),
            ],
            result => Conclude(id, stage, cycle, result)) { Claim = Mixer(stage) };
        foreach (Step step in context.Guarded(
            mix,
            "the cycle does not count, though the slurry has had its seconds: repeat it, or scrap the slurry?",
            [Offer.Repeat(id), .. Spoilt]))
        {
            yield return step;
        }

        MixCycleCompleted done = context.State.Outcome<MixCycleCompleted>(id);
        string hot = id + "/hot";
        if (TemperatureGate.Of(new(done.TempPeakDegc), context.Site.Mixing) == TemperatureZone.Stop
            && !context.IsPassed(hot))
        {
            yield return new HoldStep(
                hot,
                $"the slurry reached {done.TempPeakDegc} °C, above the limit of {context.Site.Mixing.Stop}",
                "is the slurry still fit for use?",
                [Offer.GoOn, .. Spoilt]);
        }
    }

    private ImmutableArray<BatchEvent> Conclude(string id, MixStage stage, int cycle, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("ContainerId", _container);
        read.Expect("StageId", (int)stage.Kind);
        read.Expect("CycleIndex", cycle);
        MixCycleCompleted completed = new(
            context.Batch,
            id,
            result.Id,
            formula.Layer,
            _container,
            stage.Kind,
            cycle,
            stage.Cycles,
            read.Number("RevSpeedMean"),
            read.Number("RevSpeedMin"),
            read.Number("RevSpeedMax"),
            read.Number("StepSeconds"),
            read.Number("RampSeconds"),
            read.Number("SlurryTempStart"),
            read.Number("SlurryTempPeak"),
            read.Number("SlurryTempEnd"),
            read.Number("VibrationMax")) { StartedAt = result.StartedAt, EndedAt = result.EndedAt };
        ImmutableArray<RuleCheck> checks =
            MixRules.CheckCycle(stage, AsReported(stage, cycle, result, read), context.Site.Mixing);
        string? problem = read.Problem() ?? BatchState.Broken(checks);
        PhaseConcluded fact = problem is null
            ? completed
            : new MixCycleAborted(
                context.Batch,
                id,
                result.Id,
                formula.Layer,
                _container,
                stage.Kind,
                cycle,
                stage.Cycles,
                result.Code,
                read.NumberOrNull("StepSeconds"),
                problem,
                read.Values()) { StartedAt = result.StartedAt, EndedAt = result.EndedAt };
        return [fact, new ChecksJudged(context.Batch, id, RuleStage.Mixing, checks)];
    }

    private static MixCycleMeasured AsReported(MixStage stage, int cycle, PhaseResult result, ResultReader read) => new(
        stage.Kind,
        cycle,
        read.NumberOrNull("RevSpeedMean") is { } mean ? new(mean) : null,
        read.NumberOrNull("RevSpeedMin") is { } min ? new(min) : null,
        read.NumberOrNull("RevSpeedMax") is { } max ? new(max) : null,
        read.NumberOrNull("StepSeconds") is { } seconds ? new(seconds) : null,
        Uninterrupted: result.Code == ResultCode.Completed);

    private List<MixCycleMeasured> Measured(MixStage stage) =>
    [
        .. Enumerable.Range(1, stage.Cycles)
            .Select(cycle => context.State.Outcome<MixCycleCompleted>(CycleId(stage, cycle)))
            .Select(e => new MixCycleMeasured(
                e.Stage,
                e.Cycle,
                new(e.SpeedMeanRpm),
                new(e.SpeedMinRpm),
                new(e.SpeedMaxRpm),
                new(e.StepS),
                Uninterrupted: true)),
    ];

    private ImmutableArray<BatchEvent> Completed()
    {
        MixStage last = formula.PostDilution;
        return
        [
            new SlurryCompleted(
                context.Batch,
                $"{_prefix}/completed",
                formula.Layer,
                _container,
                Measured(formula.PreDilution).Count,
                Measured(last).Count,
                context.State.Outcome<MixCycleCompleted>(CycleId(last, last.Cycles)).EndedAt),
        ];
    }
}
