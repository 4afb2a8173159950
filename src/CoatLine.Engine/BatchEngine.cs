using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CoatLine.Engine;

/// <summary>
/// Makes batches on one line, one at a time: interprets the steps of their procedure, records every fact in the journal
/// before anything depends on it, and after a restart reads the line before it writes to it. Everything but
/// <see cref="RunAsync"/> may be called while a batch runs. After a <see cref="JournalException"/> the engine is spent:
/// open the journal again and make a new engine on it.
/// </summary>
public sealed class BatchEngine : IDisposable
{
    private readonly Journal _journal;
    private readonly ILine _line;
    private readonly TimeProvider _lineTime;
    private readonly TimeProvider _networkTime;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Lock _creating = new();
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
    }

    /// <summary>Batches that are neither released nor rejected, by id; held ones too.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public IReadOnlyList<string> OpenBatches() => _journal.OpenBatches();

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
        lock (_creating)
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

    /// <summary>Lets a batch that was held for the line go on when it is run next; what is still not known holds it
    /// again.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="why">The person's reason.</param>
    /// <returns>False when the batch is not held, or held with a question that is to be answered.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public bool Resume(string batch, string why)
    {
        if (StateOf(batch) is not { Status: BatchStatus.Held, Held.Options: null or [] })
        {
            return false;
        }

        _journal.Append(new BatchResumed(batch, why));
        return true;
    }

    /// <summary>Answers the question of a held batch; what it changes is carried out when the batch is run next.
    /// </summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>Why it is not taken, a sentence each; empty when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public ImmutableArray<string> Answer(string batch, Answer answer)
    {
        lock (_creating)
        {
            AnswerDecision decision = Answering.Decide(StateOf(batch), answer, _lineTime.GetUtcNow());
            _journal.AppendAll(decision.Facts);
            return decision.Refusals;
        }
    }

    /// <summary>
    /// Runs a batch from where its record ends until it is released, rejected or held. Cancelling leaves it open, to
    /// be run again; a phase under way goes on at its unit.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such open batch.</exception>
    /// <exception cref="JournalException">The journal cannot be written: the batch stops where it is.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<BatchOutcome> RunAsync(string batch, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var record = new BatchRecord(StateOf(batch));
            BatchCreated created = record.State.Created
                ?? throw new ArgumentException($"there is no open batch '{batch}' in this journal", nameof(batch));
            if (record.State.Status == BatchStatus.Running)
            {
                _session ??= TakeOver();
                if (PinnedRecipe.Read(created) is { } recipe)
                {
                    await new BatchRun(_session, batch, recipe, record).RunAsync(cancellationToken)
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
            _oneAtATime.Release();
        }
    }

    /// <summary>Frees the engine; the journal and the line stay open.</summary>
    public void Dispose() => _oneAtATime.Dispose();

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

    private EngineSession TakeOver()
    {
        ulong epoch = _journal.NextEpoch();
        _journal.Append(new EngineStarted(string.Empty, epoch, _journal.HeadSeq));
        return new EngineSession(_journal, _line, _lineTime, _networkTime, epoch, _log);
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
