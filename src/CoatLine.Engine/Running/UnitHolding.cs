using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Running;

/// <summary>The unit that one batch has: taken before the first step that claims it, given back behind the last.
/// </summary>
internal sealed class UnitHolding(EngineSession session, BatchRun run)
{
    private UnitClaim? _claim;
    private bool _spansSteps;

    /// <summary>What a step claims: what it says, or its unit for a phase alone.</summary>
    public static UnitClaim? ClaimOf(Step step) => step switch
    {
        { Claim: { } claim } => claim,
        PhaseStep phase => new UnitClaim(phase.Unit, phase.Id),
        _ => null,
    };

    /// <summary>
    /// The unit that a batch has by its record, where it is in the middle of something there: a phase without an
    /// outcome, or steps of one claim of which some are done.
    /// </summary>
    /// <param name="steps">The steps of its procedure.</param>
    /// <param name="state">The batch.</param>
    public static UnitClaim? InProgress(IEnumerable<Step> steps, BatchState state)
    {
        UnitClaim? last = null;
        foreach (Step step in steps)
        {
            UnitClaim? claim = ClaimOf(step);
            if (step is HoldStep)
            {
                return last?.Key == step.Id ? null : last;
            }

            if (!state.IsConcluded(step.Id))
            {
                bool isMeant = state.Open?.Intended.Step == step.Id;
                return isMeant || claim == last ? claim : null;
            }

            last = claim;
        }

        return null;
    }

    /// <summary>Has the unit of a step, and no other; waits for it where another batch has it.</summary>
    public async Task HaveAsync(Step step, CancellationToken cancellationToken)
    {
        UnitClaim? claim = ClaimOf(step);
        if (claim == _claim)
        {
            _spansSteps = true;
            return;
        }

        if (claim is not null && session.Units.OwnerOf(claim.Unit) == run.Batch)
        {
            // From an earlier run, which ended in the middle.
            (_claim, _spansSteps) = (claim, true);
            return;
        }

        session.Units.Release(run.Batch);
        _claim = null;
        if (claim is null)
        {
            return;
        }

        if (!session.Units.TryTake(claim.Unit, run.Batch))
        {
            if (session.Units.OwnerOf(claim.Unit) is { } owner)
            {
                run.Commit(new UnitAwaited(run.Batch, step.Id, claim.Unit, owner));
            }

            await session.Units.TakeAsync(claim.Unit, run.Batch, cancellationToken).ConfigureAwait(false);
        }

        (_claim, _spansSteps) = (claim, false);
    }

    /// <summary>At the end of a run: the unit stays the batch's where it is in the middle of something there.</summary>
    public void Leave()
    {
        bool hasEnded = run.State.Status is not (BatchStatus.Running or BatchStatus.Held);
        if (hasEnded || (run.State.Open is null && !_spansSteps))
        {
            session.Units.Release(run.Batch);
        }
    }
}
