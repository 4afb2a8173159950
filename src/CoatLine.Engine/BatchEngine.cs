using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Scheduling;
using CoatLine.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CoatLine.Engine;

/// <summary>
/// Makes batches on one line, several at a time: interprets the steps of their procedure, records every fact in the
/// journal before anything depends on it, and after a restart reads the line before it writes to it. Thread-safe. After
/// a <see cref="JournalException"/> the engine is spent: open the journal again and make a new engine on it.
/// </summary>
public sealed class BatchEngine
{
    private readonly Journal _journal;
    private readonly ILine _line;
    private readonly TimeProvider _lineTime;
    private readonly TimeProvider _networkTime;
    private readonly ILogger _log;
    private readonly Lock _deciding = new();
    private readonly Lock _takingOver = new();
    private readonly ConcurrentDictionary<string, RunControl> _running = new(StringComparer.Ordinal);
    private readonly BatchScheduler _scheduler;
    private EngineSession? _session;

    /// <summary>Makes an engine; it takes over the line when the first batch is run.</summary>
    /// <param name="journal">The journal of the line, open.</param>
    /// <param name="line">The line.</param>
    /// <param name="lineTime">Time of the line, which a simulation may scale.</param>
    /// <param name="log">Log.</param>
    /// <param name="networkTime">Real time, for retries; <see cref="TimeProvider.System"/> when null.</param>
    public BatchEngine(
        Journal journal, ILine line, TimeProvider lineTime, ILogger<BatchEngine> log, TimeProvider? networkTime = null)
    {
        _journal = journal;
        _line = line;
        _lineTime = lineTime;
        _networkTime = networkTime ?? TimeProvider.System;
        _log = log;
        _scheduler = new BatchScheduler(journal, lineTime);
    }

    /// <summary>Batches that are neither released nor rejected, by id; held ones too.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public IReadOnlyList<string> OpenBatches() => _journal.OpenBatches();

    /// <summary>The units in quarantine and why.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public Quarantine Quarantine => _journal.Quarantine;

    /// <summary>When each open batch is expected on each unit.</summary>
    /// <param name="more">Batches that are not created yet, behind the open ones.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public LineSchedule Schedule(params IReadOnlyList<BatchToSchedule> more) => _scheduler.Of(more);

    /// <summary>What is recorded of a batch; of one that was retired to the ledger, nothing.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public BatchState StateOf(string batch) =>
        BatchState.Of(_journal.ReadBatch(batch).Select(EventCatalog.Read));

    /// <summary>Creates a production batch of one sheet, with nothing booked.</summary>
    /// <inheritdoc cref="CreateBatch(Recipe, string, BatchOrder)"/>
    public BatchCreation CreateBatch(Recipe recipe, string recipeYaml) =>
        CreateBatch(recipe, recipeYaml, BatchOrder.Plain);

    /// <summary>
    /// Creates a batch. A hard rule that the recipe breaks refuses it, unless the recipe is of class engineering and a
    /// deviation covers the rule, and so do lots that are not there; then nothing is created.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="recipeYaml">The text that it was read from; it is pinned in the batch.</param>
    /// <param name="order">What it is ordered with; pinned too.</param>
    /// <exception cref="ArgumentException">The text does not read as that recipe.</exception>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public BatchCreation CreateBatch(Recipe recipe, string recipeYaml, BatchOrder order)
    {
        lock (_deciding)
        {
            order = order with
            {
                BaseLearnt = _journal.Learnt(SubLayer.Base),
                TopLearnt = _journal.Learnt(SubLayer.Top),
                DeviationsUsed = _journal.DeviationsUsed()
                    .Where(used => order.Deviations.Any(d => d.Id == used.Key))
                    .ToImmutableDictionary(),
            };
            ImmutableArray<string> refusals =
            [
                .. _journal.Recipes.Refusal(recipe) is { } draft ? [draft] : Array.Empty<string>(),
                .. Ordering.Refusals(recipe, order, _lineTime.GetUtcNow()),
                .. _scheduler.Refusals(recipe, order.Sheets),
            ];
            if (refusals.IsEmpty)
            {
                (order, refusals) = Book(recipe, order);
            }

            if (!refusals.IsEmpty)
            {
                return new BatchCreation(null, refusals);
            }

            string batch = NextId();
            _journal.Append(PinnedRecipe.Pin(batch, recipe, recipeYaml, order));
            return new BatchCreation(batch, []);
        }
    }

    /// <summary>Lets a batch that was held for the line, or by a person, go on when it is run next; what is still not
    /// known holds it again.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="why">The person's reason.</param>
    /// <param name="by">Who; null where it is not known.</param>
    /// <returns>False when the batch is not held, or held with a question that is to be answered.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public bool Resume(string batch, string why, string? by = null)
    {
        lock (_deciding)
        {
            if (Controlling.ResumeRefusal(StateOf(batch)) is not null)
            {
                return false;
            }

            _journal.Append(new BatchResumed(batch, why) { By = by });
            return true;
        }
    }

    /// <summary>
    /// Holds, stops or aborts a batch. It is durable when this returns, and carried out at once where the batch is
    /// running; a batch that is not is to be run for it.
    /// </summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <returns>Why it is not taken, a sentence; null when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? Command(string batch, ControlCommand command, string by, string reason) => Control(
        batch,
        state => Controlling.Refusal(state, command, by, reason),
        new BatchCommanded(batch, command, by, reason));

    /// <summary>Sets how a batch goes from phase to phase, from its next phase on.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <returns>Why it is not taken, a sentence; null when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? SetMode(string batch, ExecutionMode mode, string by, string reason) => Control(
        batch,
        state => Controlling.Refusal(state, mode, by, reason),
        new ExecutionModeSet(batch, mode, by, reason));

    /// <summary>Frees a unit from quarantine; batches held for it are then resumed one by one.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">What was found there and done about it; not empty.</param>
    /// <returns>Why it is not freed, a sentence; null when it is.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? Free(Unit unit, string by, string reason)
    {
        lock (_deciding)
        {
            if (_journal.Quarantine.FreeRefusal(unit, by, reason) is { } refusal)
            {
                return refusal;
            }

            _journal.Append(new UnitFreed(string.Empty, unit, by, reason));
            return null;
        }
    }

    /// <summary>Answers the question of a held batch; what it changes is carried out when the batch is run next.
    /// </summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>Why it is not taken, a sentence each; empty when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public ImmutableArray<string> Answer(string batch, Answer answer)
    {
        lock (_deciding)
        {
            AnswerDecision decision = Answering.Decide(StateOf(batch), answer, _lineTime.GetUtcNow());
            _journal.AppendAll(decision.Facts);
            return decision.Refusals;
        }
    }

    /// <summary>
    /// Runs a batch from where its record ends until it is released, rejected or held. Cancelling leaves it open, to
    /// be run again; a phase under way goes on at its unit. Other batches may run at the same time; each unit works for
    /// one of them at a time.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such open batch.</exception>
    /// <exception cref="InvalidOperationException">It is being run already, or as many as may run are running.
    /// </exception>
    /// <exception cref="JournalException">The journal cannot be written: the batch stops where it is.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<BatchOutcome> RunAsync(string batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var control = new RunControl();
        if (_running.Count >= EngineLimits.MostBatches || !_running.TryAdd(batch, control))
        {
            throw new InvalidOperationException(
                $"{batch} is running already, or {EngineLimits.MostBatches} batches are: wait for one to end");
        }

        try
        {
            // Read after the run can be reached: a command is in this state, or in the inbox, or in both.
            var record = new BatchRecord(StateOf(batch));
            BatchCreated created = record.State.Created
                ?? throw new ArgumentException($"there is no open batch '{batch}' in this journal", nameof(batch));
            if (record.State.Status == BatchStatus.Running)
            {
                EngineSession session = Session();
                if (PinnedRecipe.Read(created) is { } recipe)
                {
                    await new BatchRun(session, batch, recipe, record, control).RunAsync(cancellationToken)
                        .ConfigureAwait(false);
                }
                else
                {
                    var held = new BatchHeld(
                        batch,
                        "recipe",
                        "this version reads the pinned recipe or site parameters otherwise than the version that "
                            + "created the batch",
                        "which version is the batch to be finished with?");
                    _journal.Append(held);
                    record.Apply(held);
                }
            }

            return Outcome(batch, record.State);
        }
        finally
        {
            _running.TryRemove(batch, out _);
        }
    }

    private string? Control(string batch, Func<BatchState, string?> refusal, BatchEvent fact)
    {
        lock (_deciding)
        {
            if (refusal(StateOf(batch)) is { } why)
            {
                return why;
            }

            _journal.Append(fact);
        }

        if (_running.TryGetValue(batch, out RunControl? control))
        {
            control.Post(fact);
        }

        return null;
    }

    /// <summary>Books lots where the line keeps a register of them, which it does once it has received one.</summary>
    private (BatchOrder Order, ImmutableArray<string> Refusals) Book(Recipe recipe, BatchOrder order)
    {
        Stock stock = _journal.Stock;
        if (stock.Lots.IsEmpty || !order.Lots.IsEmpty)
        {
            return (order, []);
        }

        BookingPlan plan = LotBooking.Plan(recipe, order.Sheets, stock, _lineTime.GetUtcNow());
        return (order with { Lots = plan.Lots }, plan.Refusals);
    }

    private static BatchOutcome Outcome(string batch, BatchState state) => state.Status switch
    {
        BatchStatus.Released => new BatchWasReleased(batch, Last<BatchReleased>(state).Disposition),
        BatchStatus.TrialConcluded => new TrialWasConcluded(batch, Last<TrialConcluded>(state).BrokenRules),
        BatchStatus.Rejected => new BatchWasRejected(
            batch, Last<BatchRejected>(state).Reason, Last<BatchRejected>(state).FailedRules),
        _ => new BatchWasHeld(batch, state.Held!.Step, state.Held.Reason, state.Held.Question),
    };

    private static T Last<T>(BatchState state)
        where T : StepConcluded => state.Outcomes.Values.SelectMany(facts => facts).OfType<T>().Last();

    private EngineSession Session()
    {
        lock (_takingOver)
        {
            return _session ??= TakeOver();
        }
    }

    private EngineSession TakeOver()
    {
        ulong epoch = _journal.NextEpoch();
        _journal.Append(new EngineStarted(string.Empty, epoch, _journal.HeadSeq));
        var session = new EngineSession(_journal, _line, _lineTime, _networkTime, epoch, _log);
        foreach (string batch in _journal.OpenBatches())
        {
            // A unit in the middle of something belongs to the batch whose it is, whichever is run first.
            BatchState state = StateOf(batch);
            if (state.Created is { } created && PinnedRecipe.Read(created) is { } recipe
                && UnitHolding.InProgress(Procedure.Of(recipe, batch, new BatchRecord(state)), state) is { } claim)
            {
                session.Units.TryTake(claim.Unit, batch);
            }
        }

        return session;
    }

    private string NextId()
    {
        string prefix = string.Create(
            CultureInfo.InvariantCulture, $"B-{_lineTime.GetUtcNow().Year:0000}-");
        int last = _journal.AllBatches()
            .Where(b => b.StartsWith(prefix, StringComparison.Ordinal))
            .Select(b => int.Parse(b.AsSpan(prefix.Length), CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1:0000}");
    }
}
