using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Running;

/// <summary>
/// Has a unit do one phase, exactly once. Record, then act, then record: the intent with its request id is durable
/// before the unit is written; when the outcome of an intent is not on record, the unit is read before it is written.
/// </summary>
internal sealed class PhaseRunner(EngineSession session, BatchRun run, LinkKeeper link)
{
    public async Task RunAsync(PhaseStep step, CancellationToken cancellationToken)
    {
        using var wait = new BoundedWait(EngineLimits.PhaseWait, session.LineTime, cancellationToken);
        try
        {
            // After a lost link the whole of it is done again: by then an intent is open, so it begins by reading.
            await link.OverAsync(
                step.Unit,
                async token =>
                {
                    await OnceAsync(step, token).ConfigureAwait(false);
                    return true;
                },
                wait.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (wait.IsExceeded)
        {
            run.Hold(
                step.Id,
                $"{step.Unit} has not reported an end of {step.Phase} within {EngineLimits.PhaseWait}",
                $"does {step.Unit} still run request {run.State.Open?.Intended.RequestId}?");
        }
    }

    private static ImmutableArray<NamedValue> Record(ImmutableArray<PhaseParameter> parameters) =>
    [
        .. parameters.Select(p => p.Value switch
        {
            double number => new NamedValue(p.Name, Number: number),
            int number => new NamedValue(p.Name, Number: number),
            _ => new NamedValue(p.Name, Text: (string)p.Value),
        }),
    ];

    private async Task OnceAsync(PhaseStep step, CancellationToken cancellationToken)
    {
        ReattachKind how;
        if (run.State.Open is { } open)
        {
            if (await FindAsync(step, open, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                return;
            }

            how = found;
        }
        else if (await IntendAsync(step, cancellationToken).ConfigureAwait(false))
        {
            how = ReattachKind.Resent;
        }
        else
        {
            return;
        }

        RequestId id = run.State.Open!.Intended.RequestId;
        if (how is ReattachKind.Resent or ReattachKind.Accepted)
        {
            if (!await AskAsync(step, id, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            await session.Line.StartAsync(step.Unit, id, cancellationToken).ConfigureAwait(false);
            run.Commit(new PhaseStarted(run.Batch, step.Id, id));
        }

        PhaseResult result =
            await session.Line.AwaitResultAsync(step.Unit, id, cancellationToken).ConfigureAwait(false);
        if (result.Id != id)
        {
            throw new LineContractException($"{step.Unit} gave the result of {result.Id} for request {id}");
        }

        run.Commit(step.Conclude(result));
    }

    /// <summary>Records the intent; not when the unit is not as the journal left it.</summary>
    private async Task<bool> IntendAsync(PhaseStep step, CancellationToken cancellationToken)
    {
        int attempt = run.State.Attempts.GetValueOrDefault(step.Id) + 1;
        RequestId id = RequestId.Derive(run.Batch, step.Id, attempt);
        UnitTrace? before = session.Journal.LastKnown(step.Unit);
        if (before is null || !session.Seen.Contains(step.Unit))
        {
            UnitSnapshot unit =
                await session.Line.ReadAsync(step.Unit, cancellationToken).ConfigureAwait(false);

            // Someone who looked and let the batch go on has accepted what was run there in between.
            UnitTrace? expected = run.State.IsResumed ? null : before;
            bool isAsked = run.State.Asked.Contains(step.Unit);
            if (Reconciliation.Discontinuity(unit, expected, id, isAsked) is { } question)
            {
                run.Hold(step.Id, $"{step.Unit} is not as this journal left it", question);
                return false;
            }

            before = new UnitTrace(unit.ResultId, unit.AckId);
            session.Seen.Add(step.Unit);
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

    /// <summary>Finds out what became of a request; null when the batch is held for it.</summary>
    private async Task<ReattachKind?> FindAsync(
        PhaseStep step, OpenPhase open, CancellationToken cancellationToken)
    {
        PhaseIntended intended = open.Intended;
        if (!intended.Parameters.SequenceEqual(Record(step.Parameters)))
        {
            run.Hold(
                step.Id,
                $"request {intended.RequestId} was recorded with other parameters than the step has now",
                $"what was {step.Unit} asked for, and is it still meant?");
            return null;
        }

        Reconciled reconciled = new(null, string.Empty);
        for (int look = 0; look < EngineLimits.SecondLooks; look++)
        {
            if (look > 0)
            {
                await Task.Delay(EngineLimits.BetweenLooks, session.NetworkTime, cancellationToken)
                    .ConfigureAwait(false);
            }

            reconciled = Reconciliation.Decide(
                open, await session.Line.ReadAsync(step.Unit, cancellationToken).ConfigureAwait(false));
            if (reconciled.How is { } how)
            {
                run.Commit(new PhaseReattached(run.Batch, step.Id, intended.RequestId, how));
                session.Seen.Add(step.Unit);
                EngineLog.Reattached(session.Log, run.Batch, step.Id, intended.RequestId, how);
                return how;
            }
        }

        run.Hold(step.Id, $"what became of request {intended.RequestId} is not known", reconciled.Unknown);
        return null;
    }

    /// <summary>Sends the request; false when it was refused or echoed otherwise, and the batch is held.</summary>
    private async Task<bool> AskAsync(PhaseStep step, RequestId id, CancellationToken cancellationToken)
    {
        PhaseRequest request = new(step.Unit, step.Phase, id, session.Epoch, step.Parameters);
        RequestAnswer answer =
            await session.Line.RequestAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Code == AckCode.Accepted && answer.EchoDifferences.Count == 0)
        {
            if (!run.State.Open!.IsAccepted)
            {
                run.Commit(new PhaseAccepted(run.Batch, step.Id, id));
            }

            return true;
        }

        string reason = answer.Code == AckCode.Accepted
            ? $"{step.Unit} latched other values than were meant: " + string.Join(
                ", ", answer.EchoDifferences.Select(d => $"{d.Name} {d.Echoed} instead of {d.Meant}"))
            : $"{step.Unit} refused {step.Phase}: {answer.Code} {answer.Text}".TrimEnd();
        run.Hold(
            step.Id,
            reason,
            "what keeps the unit from it, and is it put right?",
            new PhaseRefused(run.Batch, step.Id, id, answer.Code, answer.Text, [.. answer.EchoDifferences]));
        return false;
    }
}
