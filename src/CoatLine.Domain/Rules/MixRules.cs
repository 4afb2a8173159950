using System.Collections.Immutable;
using CoatLine.Domain.Mixing;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>R60 on mix cycles as the mixer measured them.</summary>
public static class MixRules
{
    /// <summary>Judges a cycle with the default site tolerances, ± 20 rpm and ± 2 s.</summary>
    public static ImmutableArray<RuleCheck> CheckCycle(MixStage stage, MixCycleMeasured cycle) =>
        CheckCycle(stage, cycle, SiteParameters.Default.Mixing);

    /// <summary>Judges mean, least and greatest speed and the seconds of a cycle, and that nothing interrupted it.
    /// </summary>
    /// <param name="stage">The stage as the recipe has it.</param>
    /// <param name="cycle">The cycle.</param>
    /// <param name="mixing">Tolerances, inclusive.</param>
    public static ImmutableArray<RuleCheck> CheckCycle(MixStage stage, MixCycleMeasured cycle, MixingParameters mixing)
    {
        string subject = $"{RecipeRules.Name(cycle.Stage)} cycle {cycle.Index}";
        decimal speed = stage.Speed.Value;
        decimal time = stage.CycleTime.Value;
        RuleDefinition rpm = RuleCatalogue.MixSchedule with
        {
            Symbol = "v",
            Unit = "rpm",
            Limits = Bounds.Between(speed - mixing.SpeedTolerance.Value, speed + mixing.SpeedTolerance.Value),
        };
        RuleDefinition seconds = RuleCatalogue.MixSchedule with
        {
            Title = "mix cycle time at speed",
            Symbol = "t",
            Unit = "s",
            Limits = Bounds.Between(time - mixing.StepTolerance.Value, time + mixing.StepTolerance.Value),
        };
        RuleDefinition stops = RuleCatalogue.MixSchedule with
        {
            Title = "mix cycle interruptions",
            Limits = Bounds.Exactly(0m),
        };
        RuleDefinition place = RuleCatalogue.MixSchedule with
        {
            Title = "mix cycle stage",
            Limits = Bounds.Exactly((int)stage.Kind),
        };
        return
        [
            Judge.Value(rpm with { Title = "mix speed mean" }, subject, cycle.SpeedMean?.Value),
            Judge.Value(rpm with { Title = "mix speed min" }, subject, cycle.SpeedMin?.Value),
            Judge.Value(rpm with { Title = "mix speed max" }, subject, cycle.SpeedMax?.Value),
            Judge.Value(seconds, subject, cycle.StepTime?.Value),
            Judge.Value(stops, subject, cycle.Uninterrupted ? 0m : 1m),
            Judge.Value(place, subject, (int)cycle.Stage),
        ];
    }

    /// <summary>Whether a cycle counts: every check of it passes.</summary>
    public static bool Counts(MixStage stage, MixCycleMeasured cycle, MixingParameters mixing) =>
        CheckCycle(stage, cycle, mixing).All(c => c.Verdict == Verdict.Pass);

    /// <summary>Judges a whole stage with the default site tolerances.</summary>
    public static ImmutableArray<RuleCheck> CheckSchedule(MixStage stage, IReadOnlyList<MixCycleMeasured> cycles) =>
        CheckSchedule(stage, cycles, SiteParameters.Default.Mixing);

    /// <summary>
    /// Judges a whole stage: exactly as many cycles that count as the recipe asks for. Eleven are too few, and so is
    /// one of 36 minutes.
    /// </summary>
    /// <param name="stage">The stage as the recipe has it.</param>
    /// <param name="cycles">Every cycle run, also those that do not count.</param>
    /// <param name="mixing">Tolerances.</param>
    public static ImmutableArray<RuleCheck> CheckSchedule(
        MixStage stage, IReadOnlyList<MixCycleMeasured> cycles, MixingParameters mixing)
    {
        RuleDefinition rule = RuleCatalogue.MixSchedule with
        {
            Title = "mix cycles that count",
            Limits = Bounds.Exactly(stage.Cycles),
        };
        return [Judge.Value(rule, RecipeRules.Name(stage.Kind), cycles.Count(c => Counts(stage, c, mixing)))];
    }
}
