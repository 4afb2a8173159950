using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Mixing;

/// <summary>
/// Counts the cycles of a stage that really count: those that pass every check of R60. The mixer has no counter of its
/// own, so this one is the record. Immutable.
/// </summary>
/// <param name="Stage">The stage as the recipe has it.</param>
/// <param name="Mixing">Tolerances.</param>
/// <param name="Counted">Cycles that count.</param>
/// <param name="Discarded">Cycles that do not; their partial seconds are kept, not counted.</param>
public sealed record CycleTally(
    MixStage Stage,
    MixingParameters Mixing,
    ImmutableArray<MixCycleMeasured> Counted,
    ImmutableArray<MixCycleMeasured> Discarded)
{
    /// <summary>A tally with no cycle yet.</summary>
    public static CycleTally Start(MixStage stage, MixingParameters mixing) => new(stage, mixing, [], []);

    /// <summary>Cycles still to be done, ≥ 0.</summary>
    public int Remaining => Math.Max(0, Stage.Cycles - Counted.Length);

    /// <summary>Whether exactly as many cycles count as the recipe asks for; the next step is allowed only then.
    /// </summary>
    public bool IsComplete => Counted.Length == Stage.Cycles;

    /// <summary>Seconds spent in cycles that do not count.</summary>
    public Seconds DiscardedTime => new(Discarded.Sum(c => c.StepTime?.Value ?? 0m));

    /// <summary>The tally after one more cycle.</summary>
    /// <exception cref="InvalidOperationException">The stage is complete: a further cycle must not have started.
    /// </exception>
    public CycleTally Add(MixCycleMeasured cycle)
    {
        if (IsComplete)
        {
            throw new InvalidOperationException($"all {Stage.Cycles} cycles of {Stage.Kind} are done");
        }

        return MixRules.Counts(Stage, cycle, Mixing)
            ? this with { Counted = Counted.Add(cycle) }
            : this with { Discarded = Discarded.Add(cycle) };
    }
}
