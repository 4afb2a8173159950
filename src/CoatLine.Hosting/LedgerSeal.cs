using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;
using CoatLine.Ledger.Proof;
using CoatLine.Messaging;
using Microsoft.Extensions.Logging;

namespace CoatLine.Hosting;

/// <summary>
/// Signs the ledger when a batch has ended, keeps the checkpoint as a file, and records it in the journal, so that it
/// stands in two places outside the ledger's database. A seal that fails is logged and never fails a batch: the next
/// one covers what this one would have. Thread-safe.
/// </summary>
internal sealed partial class LedgerSeal(
    Journal journal, LedgerFeed feed, DataFolder folder, ILogger<LedgerSeal> log) : IDisposable
{
    /// <summary>How long the ledger may take to confirm what is to be signed, in real time.</summary>
    private static readonly TimeSpan ConfirmationTimeout = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Signs what the ledger has, once it has all that the journal has.</summary>
    public async Task SealAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(ConfirmationTimeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            await _one.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                await feed.DrainAsync(either.Token).ConfigureAwait(false);
                Checkpoint made = Notary().Sign(journal.Line).Checkpoint;
                journal.Append(new LedgerSealed(
                    string.Empty, made.Seq, made.Root.ToString(), made.Hash.ToString(), made.Key.ToString()));
            }
            finally
            {
                _one.Release();
            }
        }
        catch (Exception e) when (e is ProofException or LedgerException or LedgerFeedException
            or JournalException or OperationCanceledException)
        {
            LogNotSealed(journal.Line.Value, e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private LedgerNotary Notary() => new(
        folder.Ledger.OpenReader(),
        new CheckpointFolder(folder.CheckpointsPath),
        new KeyFolder(folder.KeysPath),
        TimeProvider.System);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "The ledger of {Line} was not signed: {Why}")]
    private partial void LogNotSealed(string line, string why);
}
