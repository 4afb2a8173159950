using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;
using CoatLine.Equipment.Handshake;
using CoatLine.Messaging;

namespace CoatLine.Hosting;

/// <summary>
/// The MES of one line, as its host drives it: start a batch from a recipe's text, go on with open ones, wait for the
/// outcome, and follow facts and live values. Thread-safe; several batches may run at the same time.
/// </summary>
public sealed partial class CoatLineMes
{
    private readonly Journal _journal;
    private readonly BatchEngine _engine;
    private readonly OpcUaLine _line;
    private readonly LedgerFeed _feed;
    private readonly LedgerSeal _seal;
    private readonly TaskCompletionSource _lineReached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal CoatLineMes(
        Journal journal,
        BatchEngine engine,
        OpcUaLine line,
        LedgerFeed feed,
        LedgerSeal seal,
        CoatLineHosting.LineTime lineTime,
        DataFolder folder)
    {
        _journal = journal;
        _engine = engine;
        _line = line;
        _feed = feed;
        _seal = seal;
        LineTime = lineTime.Provider;
        _alarms = new AlarmRegister(journal, LineTime);
        _lots = new LotRegister(journal, LineTime);
        _recipes = new RecipeRegister(journal);
        DataFolder = folder;
    }

    /// <summary>The line's clock.</summary>
    public TimeProvider LineTime { get; }

    /// <summary>The folder of journal and ledger.</summary>
    public DataFolder DataFolder { get; }

    /// <summary>The line.</summary>
    public LineId Line => _journal.Line;

    /// <summary>How the feed from the journal to the ledger is doing.</summary>
    public FeedStatus Feed => _feed.Status;

    /// <summary>Batches that are begun and not ended, oldest first; held ones are among them.</summary>
    public IReadOnlyList<string> OpenBatches => _journal.OpenBatches();

    /// <summary>
    /// Raised after a fact is durable, in order, on the thread that recorded it. A handler must be quick and must not
    /// throw.
    /// </summary>
    public event Action<ChainedEvent>? Recorded
    {
        add => _journal.Appended += value;
        remove => _journal.Appended -= value;
    }

    /// <summary>Live values for display, on a pool thread; a slow handler delays nobody but itself.</summary>
    public event Action<LiveValue>? LiveChanged
    {
        add => _line.LiveChanged += value;
        remove => _line.LiveChanged -= value;
    }

    /// <summary>The facts of a batch that the journal keeps, in order; all of them while it is open.</summary>
    public IReadOnlyList<ChainedEvent> Facts(string batch) => _journal.ReadBatch(batch);

    /// <summary>
    /// Waits for the first attempt to connect. After a failure the attempts go on behind, and a batch may be started
    /// all the same: it waits for the line.
    /// </summary>
    /// <exception cref="LineUnreachableException">The first attempt failed; the message says how.</exception>
    public Task WaitForLineAsync(CancellationToken cancellationToken) => _lineReached.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Creates a batch from a recipe's text, which is pinned in its first fact. Nothing moves yet: see
    /// <see cref="RunAsync"/>.
    /// </summary>
    /// <param name="recipeText">YAML.</param>
    /// <param name="name">File name for the errors' sake.</param>
    /// <param name="order">What it is ordered with; one plain sheet when null.</param>
    /// <returns>The batch id, or why the rules refuse it.</returns>
    /// <exception cref="RecipeErrorsException">The text is no recipe; it holds every error.</exception>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public BatchCreation CreateBatch(string recipeText, string name, BatchOrder? order = null)
    {
        RecipeReading reading = RecipeFile.Read(recipeText, name);
        return reading.Recipe is { } recipe
            ? _engine.CreateBatch(recipe, recipeText, order ?? BatchOrder.Plain)
            : throw new RecipeErrorsException(reading.Errors);
    }

    /// <summary>
    /// Carries a batch out, from its start or from where it stood, until it is released, rejected or held for a person.
    /// Each unit works for one batch at a time. When a batch has ended the ledger is signed.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such open batch.</exception>
    /// <exception cref="InvalidOperationException">It is being run already.</exception>
    /// <exception cref="JournalException">The journal cannot be written: the batch stops where it is.</exception>
    /// <exception cref="OperationCanceledException">The token ended it; the batch stays open.</exception>
    public async Task<BatchOutcome> RunAsync(string batch, CancellationToken cancellationToken)
    {
        BatchOutcome outcome = await _engine.RunAsync(batch, cancellationToken).ConfigureAwait(false);
        if (outcome is not BatchWasHeld)
        {
            await _seal.SealAsync(cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>Answers the question of a held batch; what it changes is carried out when the batch is run next.
    /// </summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>Why it is not taken, a sentence each; empty when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public ImmutableArray<string> Answer(string batch, Answer answer) => _engine.Answer(batch, answer);

    /// <summary>Waits until the ledger has confirmed every fact recorded; bound it by the token.</summary>
    /// <exception cref="LedgerFeedException">Journal and ledger contradict each other; the facts are kept.</exception>
    /// <exception cref="OperationCanceledException">The token ended the wait; the facts are kept.</exception>
    public Task DrainAsync(CancellationToken cancellationToken) => _feed.DrainAsync(cancellationToken);

    internal Task AgreeAsync(CancellationToken cancellationToken) => _feed.AgreeAsync(cancellationToken);

    internal async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _line.StartAsync(cancellationToken).ConfigureAwait(false);
            _lineReached.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            _lineReached.TrySetCanceled(cancellationToken);
        }
        catch (LineUnreachableException e)
        {
            _lineReached.TrySetException(e);
        }
    }
}
