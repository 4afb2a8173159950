using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine.Running;

/// <summary>
/// Interprets the steps of one batch: a step whose outcome is recorded is passed over, any other is carried out and
/// its outcome recorded. Facts that nothing outside depends on yet wait for the next commit and become durable with it,
/// in one transaction.
/// </summary>
internal sealed class BatchRun
{
    private readonly EngineSession _session;
    private readonly string _batch;
    private readonly Recipe _recipe;
    private readonly BatchRecord _record;
    private readonly RunControl _control;
    private readonly PhaseRunner _phases;
    private readonly GateKeeper _gates;
    private readonly UnitHolding _unit;
    private readonly List<BatchEvent> _noted = [];
    private (Unit Unit, UnitTrace Trace)? _notedEnd;
    private bool _hasHeard;

    public BatchRun(EngineSession session, string batch, Recipe recipe, BatchRecord record, RunControl control)
    {
        _session = session;
        _batch = batch;
        _recipe = recipe;
        _record = record;
        _control = control;
        var link = new LinkKeeper(session, this);
        _phases = new PhaseRunner(session, this, link);
        _gates = new GateKeeper(session, this, link);
        _unit = new UnitHolding(session, this);
    }

    public string Batch => _batch;

    public BatchState State => _record.State;

    /// <summary>Cancelled when a person commands something.</summary>
    public CancellationToken Interrupted => _control.Interrupted;

    /// <summary>Runs until the batch is released, rejected or held.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // An abort makes another way of the same procedure: it is walked again from its start.
            while (State.Status == BatchStatus.Running)
            {
                await WalkAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _unit.Leave();
        }
    }

    /// <summary>Applies facts that become durable with the next commit. For what can be made again of what is durable
    /// and of what the units hold, should the process end before.</summary>
    public void Note(params ImmutableArray<BatchEvent> facts)
    {
        _noted.AddRange(facts);
        Apply(facts);
    }

    /// <summary>What is known of a unit's handshake, noted facts included; null when it never had a request.</summary>
    public UnitTrace? LastKnown(Unit unit) =>
        _notedEnd is { } end && end.Unit == unit ? end.Trace : _session.Journal.LastKnown(unit);

    /// <summary>Notes the facts of a result that a unit has latched.</summary>
    public void NoteEnd(Unit unit, RequestId id, ImmutableArray<BatchEvent> facts)
    {
        Note(facts);
        _notedEnd = (unit, new UnitTrace(id, id));
    }

    /// <summary>Makes facts durable, with those noted before, then applies them.</summary>
    public void Commit(params ImmutableArray<BatchEvent> facts)
    {
        _session.Journal.AppendAll([.. _noted, .. facts]);
        _noted.Clear();
        _notedEnd = null;
        Apply(facts);
    }

    /// <summary>Takes in what a person has commanded since.</summary>
    public void Listen()
    {
        ImmutableArray<BatchEvent> heard = [.. _control.Take()];
        _hasHeard |= !heard.IsEmpty;
        Apply(heard);
    }

    /// <summary>Stops the batch until a person has looked: it is resumed, or given up where no phase is open. Facts
    /// that led to it go on record with it.</summary>
    public void Hold(string step, string reason, string question, params ImmutableArray<BatchEvent> facts) =>
        Hold(new BatchHeld(_batch, step, reason, question) { MayResume = true }, facts);

    /// <inheritdoc cref="Hold(string, string, string, ImmutableArray{BatchEvent})"/>
    public void Hold(BatchHeld held, params ImmutableArray<BatchEvent> facts) =>
        Hold(held, facts, static state => state.Open is null ? EngineOffer.OfIdle : null);

    /// <summary>Stops the batch because nobody knows what became of a request.</summary>
    public void HoldUnknown(string step, string reason, string question) => Hold(
        new BatchHeld(_batch, step, reason, question) { MayResume = true }, [], _ => EngineOffer.OfUnknown(step));

    /// <summary>Stops the batch at a condition that a person may skip.</summary>
    public void HoldAtGate(string step, string reason, string question) => Hold(
        new BatchHeld(_batch, step, reason, question) { MayResume = true }, [], static _ => EngineOffer.OfGate);

    private void Hold(
        BatchHeld held, ImmutableArray<BatchEvent> facts, Func<BatchState, ImmutableArray<AnswerOption>?> options)
    {
        Note(facts);
        Commit(held with { Options = options(State) });
        EngineLog.Held(_session.Log, _batch, held.Step, held.Reason, held.Question);
    }

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        bool isEnding = State.EndedBecause is not null;
        foreach (Step step in Procedure.Of(_recipe, _batch, _record))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Listen();
            if (State.EndedBecause is not null && !isEnding)
            {
                return;
            }

            if (step is HoldStep hold)
            {
                Hold(new BatchHeld(_batch, hold.Id, hold.Reason, hold.Question), [], _ => hold.Options);
            }
            else if (!State.IsConcluded(step.Id) && !IsHeldBefore(step))
            {
                await CarryOutAsync(step, cancellationToken).ConfigureAwait(false);
            }

            if (State.Status != BatchStatus.Running)
            {
                Commit();
                return;
            }

            if (step is not HoldStep && !State.IsConcluded(step.Id))
            {
                // A person came in between; what that changes is seen from the start.
                return;
            }
        }

        throw new InvalidOperationException($"the procedure of batch {_batch} ended without a disposition");
    }

    /// <summary>Whether a person's command or mode holds the batch before a step that is not begun.</summary>
    private bool IsHeldBefore(Step step)
    {
        if (State.Open is not null)
        {
            return false;
        }

        if (State.Commanded is { Command: not ControlCommand.Abort } commanded)
        {
            Hold(HeldBy(step.Id, commanded), [], _ => step is AwaitStep ? EngineOffer.OfGate : EngineOffer.OfIdle);
        }
        else if (step is PhaseStep && State.Mode == ExecutionMode.Manual)
        {
            Hold(step.Id, $"manual mode: {step.Title} is not begun by the MES", "is the mode set back?");
        }
        else if (step is PhaseStep && State.Mode == ExecutionMode.Step && !State.Answers.ContainsKey(Leave(step)))
        {
            Hold(
                new BatchHeld(_batch, Leave(step), $"step mode: next is {step.Title}", "may it begin?"),
                [],
                static _ => EngineOffer.OfStep);
        }

        return State.Status == BatchStatus.Held;
    }

    /// <summary>A hold that a person commanded.</summary>
    public BatchHeld HeldBy(string step, BatchCommanded commanded) => new(
        _batch,
        step,
        $"{commanded.Command} by {commanded.By}: {commanded.Reason}",
        "may the batch go on?") { MayResume = true };

    /// <summary>The leave to begin a step, of this attempt alone.</summary>
    private string Leave(Step step) => FormattableString.Invariant(
        $"{step.Id}/proceed/{State.Attempts.GetValueOrDefault(step.Id) + 1}");

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
        _hasHeard = false;
        try
        {
            if (!await HasUnitAsync(step, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            switch (step)
            {
                case PhaseStep phase:
                    await _phases.RunAsync(phase, cancellationToken).ConfigureAwait(false);
                    break;
                case AwaitStep gate:
                    await _gates.PassAsync(gate, cancellationToken).ConfigureAwait(false);
                    break;
                case DecideStep decide:
                    Note(decide.Decide(_session.LineTime.GetUtcNow()));
                    break;
                default:
                    throw new InvalidOperationException($"step {step.Id} is of no known kind");
            }
        }
        catch (LineContractException e)
        {
            Hold(step.Id, e.Message, "the unit and the tag contract disagree: what is the unit's state?");
        }

        if (State.Status == BatchStatus.Running && !State.IsConcluded(step.Id) && !_hasHeard)
        {
            throw new InvalidOperationException($"step {step.Id} was carried out, but nothing concludes it");
        }
    }

    /// <summary>Has the unit of a step; false when a command came first.</summary>
    private async Task<bool> HasUnitAsync(Step step, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Interrupted);
        try
        {
            await _unit.HaveAsync(step, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Listen();
            return false;
        }
    }

    private void Apply(ImmutableArray<BatchEvent> facts)
    {
        foreach (BatchEvent fact in facts)
        {
            _record.Apply(fact);
        }
    }
}
