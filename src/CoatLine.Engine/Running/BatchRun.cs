using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine.Running;

/// <summary>
/// Interprets the steps of one batch: a step whose outcome is recorded is passed over, any other is carried out and
/// its outcome recorded before the next is asked for.
/// </summary>
internal sealed class BatchRun
{
    private readonly EngineSession _session;
    private readonly string _batch;
    private readonly Recipe _recipe;
    private readonly BatchRecord _record;
    private readonly PhaseRunner _phases;
    private readonly LinkKeeper _link;

    public BatchRun(EngineSession session, string batch, Recipe recipe, BatchRecord record)
    {
        _session = session;
        _batch = batch;
        _recipe = recipe;
        _record = record;
        _link = new LinkKeeper(session, this);
        _phases = new PhaseRunner(session, this, _link);
    }

    public string Batch => _batch;

    public BatchState State => _record.State;

    /// <summary>Runs until the batch is released, rejected or held.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (Step step in Procedure.Of(_recipe, _batch, _record))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step is HoldStep hold)
            {
                Hold(hold);
            }
            else if (!State.IsConcluded(step.Id))
            {
                await CarryOutAsync(step, cancellationToken).ConfigureAwait(false);
            }

            if (State.Status != BatchStatus.Running)
            {
                return;
            }
        }

        throw new InvalidOperationException($"the procedure of batch {_batch} ended without a disposition");
    }

    /// <summary>Makes facts durable, then applies them.</summary>
    public void Commit(params ImmutableArray<BatchEvent> facts)
    {
        _session.Journal.AppendAll(facts);
        foreach (BatchEvent fact in facts)
        {
            _record.Apply(fact);
        }
    }

    /// <summary>Stops the batch until a person decides; facts that led to it go on record with it.</summary>
    public void Hold(string step, string reason, string question, params ImmutableArray<BatchEvent> facts)
    {
        Commit([.. facts, new BatchHeld(_batch, step, reason, question)]);
        EngineLog.Held(_session.Log, _batch, step, reason, question);
    }

    private void Hold(HoldStep hold)
    {
        Commit(new BatchHeld(_batch, hold.Id, hold.Reason, hold.Question) { Options = hold.Options });
        EngineLog.Held(_session.Log, _batch, hold.Id, hold.Reason, hold.Question);
    }

    private async Task CarryOutAsync(Step step, CancellationToken cancellationToken)
    {
        if (State.Open is { } open && open.Intended.Step != step.Id)
        {
            Hold(
                open.Intended.Step,
                $"request {open.Intended.RequestId} of step {open.Intended.Step} has no outcome, "
                    + $"but the procedure is at step {step.Id}",
                "the procedure has changed since: how is the batch to go on?");
            return;
        }

        EngineLog.Step(_session.Log, _batch, step.Id, step.Title);
        try
        {
            switch (step)
            {
                case PhaseStep phase:
                    await _phases.RunAsync(phase, cancellationToken).ConfigureAwait(false);
                    break;
                case AwaitStep gate:
                    await PassAsync(gate, cancellationToken).ConfigureAwait(false);
                    break;
                case DecideStep decide:
                    Commit(decide.Decide(_session.LineTime.GetUtcNow()));
                    break;
                default:
                    throw new InvalidOperationException($"step {step.Id} is of no known kind");
            }
        }
        catch (LineContractException e)
        {
            Hold(step.Id, e.Message, "the unit and the tag contract disagree: what is the unit's state?");
        }

        if (State.Status == BatchStatus.Running && !State.IsConcluded(step.Id))
        {
            throw new InvalidOperationException($"step {step.Id} was carried out, but nothing concludes it");
        }
    }

    private async Task PassAsync(AwaitStep gate, CancellationToken cancellationToken)
    {
        DateTimeOffset from = _session.LineTime.GetUtcNow();
        using var wait = new BoundedWait(EngineLimits.GateWait, _session.LineTime, cancellationToken);
        try
        {
            LiveValue value = await _link.OverAsync(
                gate.Unit,
                token => _session.Line.AwaitAtMostAsync(gate.Unit, gate.LiveTag, gate.AtMost, token),
                wait.Token).ConfigureAwait(false);
            Commit(gate.Conclude(value, _session.LineTime.GetUtcNow() - from));
        }
        catch (OperationCanceledException) when (wait.IsExceeded)
        {
            Hold(
                gate.Id,
                $"{gate.Unit}.{gate.LiveTag} did not come down to {gate.AtMost} within {EngineLimits.GateWait}",
                "why does it not, and may the batch go on?");
        }
    }
}
