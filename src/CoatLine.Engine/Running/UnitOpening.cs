using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Running;

/// <summary>What comes before a new request: the unit is as the journal left it, and ready; then the intent is made
/// durable.</summary>
internal sealed class UnitOpening(EngineSession session, BatchRun run)
{
    /// <summary>Parameters as they stand on record.</summary>
    public static ImmutableArray<NamedValue> Record(ImmutableArray<PhaseParameter> parameters) =>
    [
        .. parameters.Select(p => p.Value switch
        {
            double number => new NamedValue(p.Name, Number: number),
            int number => new NamedValue(p.Name, Number: number),
            _ => new NamedValue(p.Name, Text: (string)p.Value),
        }),
    ];

    /// <summary>Records the intent; false when the batch is held instead.</summary>
    public async Task<bool> IntendAsync(PhaseStep step, CancellationToken cancellationToken)
    {
        int attempt = run.State.Attempts.GetValueOrDefault(step.Id) + 1;
        RequestId id = RequestId.Derive(run.Batch, step.Id, attempt);
        UnitTrace? before = run.LastKnown(step.Unit);
        if (before is null || !session.Seen.ContainsKey(step.Unit))
        {
            UnitSnapshot unit =
                await session.Line.ReadAsync(step.Unit, cancellationToken).ConfigureAwait(false);

            // Someone who looked and let the batch go on has accepted what was run there in between.
            UnitTrace? expected = run.State.IsResumed ? null : before;
            bool isAsked = run.State.Asked.Contains(step.Unit);
            if (Reconciliation.Discontinuity(unit, expected, id, isAsked) is { } question)
            {
                run.Hold(
                    step.Id,
                    $"{step.Unit} is not as this journal left it",
                    question,
                    new UnitQuarantined(string.Empty, step.Unit, question));
                return false;
            }

            if (!await IsReadyAsync(step, unit, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            before = new UnitTrace(unit.ResultId, unit.AckId);
            session.Seen[step.Unit] = true;
        }

        run.Commit(new PhaseIntended(
            run.Batch,
            step.Id,
            attempt,
            step.Unit,
            step.Phase,
            id,
            session.Epoch,
            before.Result,
            before.Ack,
            Record(step.Parameters)));
        return true;
    }

    /// <summary>
    /// A stopped or aborted unit is cleared and reset when a person has decided since: by letting the batch go on, or
    /// by the answer that has this step done again. Otherwise the batch is held.
    /// </summary>
    private async Task<bool> IsReadyAsync(PhaseStep step, UnitSnapshot unit, CancellationToken cancellationToken)
    {
        if (unit.State is not (PackMlState.Stopped or PackMlState.Aborted))
        {
            return true;
        }

        if (!run.State.IsResumed && !run.State.Attempts.ContainsKey(step.Id))
        {
            run.Hold(
                step.Id,
                $"{step.Unit} is {unit.State} since the last request",
                $"is {step.Unit} fit again, and may it be cleared and reset?");
            return false;
        }

        run.Commit(new UnitReset(run.Batch, step.Id, step.Unit, unit.State));
        await session.Line.ResetAsync(step.Unit, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
