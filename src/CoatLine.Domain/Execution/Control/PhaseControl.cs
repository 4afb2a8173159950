using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CoatLine.Domain.Execution.Control;

/// <summary>What a unit must show before a held phase may go on: a live value at or above a bound.</summary>
/// <param name="LiveTag">Tag name below <c>Live.</c>.</param>
/// <param name="IsAsked">Whether it is asked of a phase with these parameters that stands after so many seconds that
/// count; NaN where those are not known.</param>
/// <param name="AtLeast">Makes the bound, inclusive and in the tag's unit, of the phase's parameters.</param>
/// <param name="Otherwise">Why the phase cannot go on below it, in words.</param>
public sealed record ResumeCondition(
    string LiveTag,
    Func<ImmutableArray<PhaseParameter>, double, bool> IsAsked,
    Func<ImmutableArray<PhaseParameter>, double> AtLeast,
    string Otherwise);

/// <summary>
/// The safe way of one phase when a person holds, stops or aborts it (E; domain D: the PLC comes to a stand by itself,
/// the MES says when). Stop and Abort are always sent to the unit at once.
/// </summary>
/// <param name="Phase">The phase.</param>
/// <param name="IsPaused">Whether Hold is sent to the unit; otherwise the phase is let to its end and the batch is held
/// at the safe point behind it.</param>
/// <param name="OnHold">What Hold does, in words.</param>
/// <param name="OnStop">What Stop and Abort cost, in words.</param>
/// <param name="Condition">What must be shown before it is resumed; null for nothing.</param>
public sealed record PhaseControl(
    PhaseKind Phase, bool IsPaused, string OnHold, string OnStop, ResumeCondition? Condition = null)
{
    private static readonly FrozenDictionary<PhaseKind, PhaseControl> ByPhase = new PhaseControl[]
    {
        new(
            PhaseKind.Weigh,
            IsPaused: true,
            "dosing stands; what has fallen in stays in",
            "what has fallen in stays in: the slurry is made again"),
        new(
            PhaseKind.WeighPunch,
            IsPaused: true,
            "weighing stands between two discs",
            "the discs are weighed again"),
        new(
            PhaseKind.MixCycle,
            IsPaused: false,
            "the cycle, 195 s at most, ends and counts; the batch is held before the next",
            "the rotor comes to a stand; the cycle does not count, its seconds are on record"),
        new(
            PhaseKind.Coat,
            IsPaused: false,
            "the stroke ends, as a stand would leave a step in the film; the batch is held behind it",
            "the blade stands and lifts; the sheet is scrapped"),
        new(
            PhaseKind.Dry,
            IsPaused: true,
            "the heater is off, the exhaust runs; time at temperature stands",
            "the sheet cools down; it is dried again or scrapped"),
        new(
            PhaseKind.MeasureProfile,
            IsPaused: true,
            "the gauge stands between two points",
            "the profile is measured again"),
        new(
            PhaseKind.PressCycle,
            IsPaused: true,
            "the pressure is kept, the dwell stands",
            "the pressure is released; one more cycle at a higher pressure, or the sheet is scrapped",
            new ResumeCondition(
                "PressurePV",

                // Before the dwell there is no pressure yet, behind it there need not be any.
                static (parameters, elapsed) => !(elapsed <= 0 || elapsed >= Number(parameters, "DwellSP")),
                LowestDwellMpa,
                "the pressure is lost, and a dwell is not resumed after that: stop the phase")),
        new(
            PhaseKind.MeasureRoughness,
            IsPaused: true,
            "the profilometer stands between two samples",
            "the samples are measured again"),
    }.ToFrozenDictionary(static control => control.Phase);

    /// <summary>The control of every phase of the contract, in the contract's order.</summary>
    public static ImmutableArray<PhaseControl> All { get; } = [.. ByPhase.Values.OrderBy(c => c.Phase)];

    /// <summary>The control of a phase.</summary>
    /// <exception cref="KeyNotFoundException">It is none of the contract.</exception>
    public static PhaseControl Of(PhaseKind phase) => ByPhase[phase];

    /// <summary>The command that a unit running this phase gets; null where it is let to its end.</summary>
    public PackMlCommand? For(ControlCommand command) => command switch
    {
        ControlCommand.Hold => IsPaused ? PackMlCommand.Hold : null,
        ControlCommand.Stop => PackMlCommand.Stop,
        _ => PackMlCommand.Abort,
    };

    private static double LowestDwellMpa(ImmutableArray<PhaseParameter> parameters) =>
        Number(parameters, "PressureSP") - Number(parameters, "PressureBand");

    private static double Number(ImmutableArray<PhaseParameter> parameters, string name) =>
        (double)parameters.Single(p => p.Name == name).Value;
}
