using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;

namespace CoatLine.Engine.Running;

/// <summary>
/// Has a unit do one phase, exactly once. Record, then act, then record: the intent with its request id is durable
/// before the unit is written; when the outcome of an intent is not on record, the unit is read before it is written.
/// </summary>
internal sealed class PhaseRunner(EngineSession session, BatchRun run, LinkKeeper link)
{
    private readonly PhaseWatch _watch = new(session, run);
    private readonly UnitOpening _opening = new(session, run);

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

    private async Task OnceAsync(PhaseStep step, CancellationToken cancellationToken)
    {
        if (session.Journal.Quarantine.Units.TryGetValue(step.Unit, out string? why))
        {
            run.Hold(
                step.Id,
                $"{step.Unit} is in quarantine: {why}",
                $"is {step.Unit} looked at and freed, and may the batch go on?");
            return;
        }

        ReattachKind how;
        if (run.State.Open is { } open)
        {
            if (await FindAsync(step, open, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                return;
            }

            how = found;
        }
        else if (await _opening.IntendAsync(step, cancellationToken).ConfigureAwait(false))
        {
            how = ReattachKind.Resent;
        }
        else
        {
            return;
        }

        RequestId id = run.State.Open!.Intended.RequestId;
        if (how is ReattachKind.Resent or ReattachKind.Accepted
            && !await BeginAsync(step, id, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await _watch.ConcludeAsync(step, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the request accepted and started; false when the batch is held instead. A request that is to be
    /// stopped or aborted is accepted only, for the unit to withdraw it.</summary>
    private async Task<bool> BeginAsync(PhaseStep step, RequestId id, CancellationToken cancellationToken)
    {
        if (!await AskAsync(step, id, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        run.Listen();
        if (run.State.Commanded is { Command: ControlCommand.Hold } commanded)
        {
            run.Hold(run.HeldBy(step.Id, commanded));
            return false;
        }

        if (run.State.Commanded is null)
        {
            await session.Line.StartAsync(step.Unit, id, cancellationToken).ConfigureAwait(false);
            run.Commit(new PhaseStarted(run.Batch, step.Id, id));
        }

        return true;
    }

    /// <summary>Finds out what became of a request; null when the batch is held for it.</summary>
    private async Task<ReattachKind?> FindAsync(
        PhaseStep step, OpenPhase open, CancellationToken cancellationToken)
    {
        PhaseIntended intended = open.Intended;
        if (!intended.Parameters.SequenceEqual(UnitOpening.Record(step.Parameters)))
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
                session.Seen[step.Unit] = true;
                EngineLog.Reattached(session.Log, run.Batch, step.Id, intended.RequestId, how);
                return how;
            }
        }

        if (reconciled.IsForeign)
        {
            run.Note(new UnitQuarantined(string.Empty, step.Unit, reconciled.Unknown));
        }

        run.HoldUnknown(
            step.Id, $"what became of request {intended.RequestId} is not known", reconciled.Unknown);
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

        var refused = new PhaseRefused(
            run.Batch, step.Id, id, answer.Code, answer.Text, [.. answer.EchoDifferences]);
        if (answer.Code != AckCode.Accepted)
        {
            run.Hold(
                step.Id,
                $"{step.Unit} refused {step.Phase}: {answer.Code} {answer.Text}".TrimEnd(),
                "what keeps the unit from it, and is it put right?",
                refused);
            return false;
        }

        // The unit must not start what nobody meant: the request is withdrawn before a person is asked.
        await session.Line.CommandAsync(step.Unit, id, PackMlCommand.Stop, cancellationToken).ConfigureAwait(false);
        session.Seen.TryRemove(step.Unit, out _);
        string differences = string.Join(
            ", ", answer.EchoDifferences.Select(d => $"{d.Name} {d.Echoed} instead of {d.Meant}"));
        run.Hold(
            step.Id,
            $"{step.Unit} latched other values than were meant: {differences}",
            "why does the unit latch other values, and is it put right?",
            refused,
            new UnitQuarantined(string.Empty, step.Unit, $"latched other values than were meant: {differences}"));
        return false;
    }
}
