using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;

namespace CoatLine.Engine.Running;

/// <summary>
/// Sees a started phase to its end: records the result; holds the batch when the unit stands; carries out what a person
/// commands meanwhile, by the phase's own safe way.
/// </summary>
internal sealed class PhaseWatch(EngineSession session, BatchRun run)
{
    public async Task ConcludeAsync(PhaseStep step, RequestId id, CancellationToken cancellationToken)
    {
        PackMlState known = PackMlState.Execute;
        while (true)
        {
            run.Listen();
            if (CommandFor(step, known) is { } command
                && !await ObeysAsync(step, id, command, cancellationToken).ConfigureAwait(false))
            {
                run.Hold(
                    step.Id,
                    $"{step.Unit} took {command} {EngineLimits.MostCommands} times and did not obey",
                    $"go to {step.Unit}: what does it do, and is it safe?");
                return;
            }

            PhaseNews? news = await HearAsync(step, id, known, cancellationToken).ConfigureAwait(false);
            if (news is PhaseEnded ended)
            {
                Conclude(step, id, ended.Result);
                return;
            }

            if (news is PhaseTurned turned)
            {
                known = turned.State;
                if (!await TakeAsync(step, id, turned, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
    }

    /// <summary>What the unit is to be commanded now, for what a person has commanded; null for nothing.</summary>
    private PackMlCommand? CommandFor(PhaseStep step, PackMlState known) => run.State.Commanded switch
    {
        null => null,
        { Command: ControlCommand.Hold } when known != PackMlState.Execute => null,
        { Command: var commanded } => PhaseControl.Of(step.Phase).For(commanded),
    };

    /// <summary>Waits for news; null when a person came in between.</summary>
    private async Task<PhaseNews?> HearAsync(
        PhaseStep step, RequestId id, PackMlState known, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Interrupted);
        try
        {
            return await session.Line.AwaitNewsAsync(step.Unit, id, known, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Commands until the unit is seen to obey: a command that comes in a short state of passage is taken and
    /// ignored.</summary>
    private async Task<bool> ObeysAsync(
        PhaseStep step, RequestId id, PackMlCommand command, CancellationToken cancellationToken)
    {
        for (int times = 0; times < EngineLimits.MostCommands; times++)
        {
            if (times > 0)
            {
                await Task.Delay(EngineLimits.ObeyWait, session.NetworkTime, cancellationToken).ConfigureAwait(false);
            }

            await session.Line.CommandAsync(step.Unit, id, command, cancellationToken).ConfigureAwait(false);
            UnitSnapshot unit = await session.Line.ReadAsync(step.Unit, cancellationToken).ConfigureAwait(false);
            bool isEnding = unit.ActiveId != id || unit.State is PackMlState.Stopping or PackMlState.Stopped
                or PackMlState.Aborting or PackMlState.Aborted or PackMlState.Completing or PackMlState.Complete;
            bool isStanding = unit.State is PackMlState.Holding or PackMlState.Held;
            if (isEnding || (isStanding && command == PackMlCommand.Hold))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes in how a phase stands; false when the batch is held for it.</summary>
    private async Task<bool> TakeAsync(
        PhaseStep step, RequestId id, PhaseTurned turned, CancellationToken cancellationToken)
    {
        decimal? elapsed = double.IsNaN(turned.ElapsedS) ? null : (decimal)turned.ElapsedS;
        switch (turned.State)
        {
            case PackMlState.Suspended:
                run.Commit(new PhaseSuspended(run.Batch, step.Id, id, elapsed));
                return true;
            case PackMlState.Execute:
                run.Commit(new PhaseUnsuspended(run.Batch, step.Id, id));
                return true;
            default:
                return await StandsAsync(step, id, turned, elapsed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The phase is held: it goes on when a person has let it, once; otherwise the batch is held.</summary>
    private async Task<bool> StandsAsync(
        PhaseStep step, RequestId id, PhaseTurned turned, decimal? elapsed, CancellationToken cancellationToken)
    {
        if (run.State.Commanded is { Command: not ControlCommand.Hold })
        {
            return true;
        }

        var held = new PhaseHeld(run.Batch, step.Id, id, elapsed);
        if (run.State.Commanded is { } commanded)
        {
            run.Hold(run.HeldBy(step.Id, commanded), held);
            return false;
        }

        if (!run.State.IsResumed)
        {
            run.Hold(
                step.Id,
                FormattableString.Invariant($"{step.Unit} has held {step.Phase} by itself at {elapsed:0.#} s"),
                "what made it, is it put right, and may the phase go on?",
                held);
            return false;
        }

        if (await ForbiddenAsync(step, turned, cancellationToken).ConfigureAwait(false) is { } why)
        {
            run.Hold(step.Id, $"{step.Unit} stands and {step.Phase} cannot go on: {why}", "stop or abort it?");
            return false;
        }

        run.Commit(new PhaseResumed(run.Batch, step.Id, id));
        await session.Line.CommandAsync(step.Unit, id, PackMlCommand.Unhold, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<string?> ForbiddenAsync(
        PhaseStep step, PhaseTurned turned, CancellationToken cancellationToken)
    {
        if (PhaseControl.Of(step.Phase).Condition is not { } condition
            || !condition.IsAsked(step.Parameters, turned.ElapsedS))
        {
            return null;
        }

        double least = condition.AtLeast(step.Parameters);
        LiveValue shown = await session.Line.ReadLiveAsync(step.Unit, condition.LiveTag, cancellationToken)
            .ConfigureAwait(false);
        return shown.Value >= least
            ? null
            : FormattableString.Invariant(
                $"{condition.LiveTag} is {shown.Value:0.###}, below {least:0.###}: {condition.Otherwise}");
    }

    private void Conclude(PhaseStep step, RequestId id, PhaseResult result)
    {
        if (result.Id != id)
        {
            throw new LineContractException($"{step.Unit} gave the result of {result.Id} for request {id}");
        }

        if (result.Code != ResultCode.Completed)
        {
            // It stands stopped or aborted, so the next request must look first.
            session.Seen.TryRemove(step.Unit, out _);
        }

        run.NoteEnd(step.Unit, id, step.Conclude(result));
    }
}
