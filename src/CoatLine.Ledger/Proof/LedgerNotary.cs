using System.Collections.Immutable;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// Signs what the ledger holds, and certifies batches to those who have no access to it. Reads the ledger; writes
/// checkpoints only. Not thread-safe.
/// </summary>
public sealed class LedgerNotary
{
    private readonly ILedgerReader _ledger;
    private readonly CheckpointFolder _checkpoints;
    private readonly KeyFolder _keys;
    private readonly TimeProvider _time;

    /// <summary>Names what to work with.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="checkpoints">Where checkpoints are kept.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="time">Clock of the checkpoints: real time, not line time.</param>
    public LedgerNotary(ILedgerReader ledger, CheckpointFolder checkpoints, KeyFolder keys, TimeProvider time)
    {
        _ledger = ledger;
        _checkpoints = checkpoints;
        _keys = keys;
        _time = time;
    }

    /// <summary>
    /// Signs the line's chain as it stands and keeps the checkpoint; gives the latest one when nothing was added since.
    /// The chain must begin with the latest checkpoint, or nothing is signed.
    /// </summary>
    /// <exception cref="ProofException">The ledger has no event of the line, or contradicts its latest checkpoint.
    /// </exception>
    /// <exception cref="LedgerException">The ledger cannot be read, or its numbers have a gap.</exception>
    public SignedCheckpoint Sign(LineId line)
    {
        LedgerMark mark = _ledger.Mark(line)
            ?? throw new ProofException($"the ledger has no event of {line}, so there is nothing to sign");
        SignedCheckpoint? latest = Latest(line);
        Checkpoint? then = latest?.Checkpoint;
        // The hash of an event commits to all before it, so this one stands for the whole of what was signed.
        if (then is not null && HashAt(line, then.Seq) != then.Head)
        {
            throw new ProofException(
                $"the ledger of {line} no longer has at event {then.Seq} what was signed there: it was changed "
                + "afterwards; nothing is signed, run a verification");
        }

        MerkleFrontier tree = latest?.Tree ?? new MerkleFrontier();
        ChainHash head = then?.Head ?? ChainHash.Zero;
        _ledger.Hashes(line, tree.Size + 1, mark.Seq, hash =>
        {
            tree.Add(MerkleTree.Leaf(hash));
            head = hash;
        });
        if (tree.Size != mark.Seq || head != mark.Hash)
        {
            throw new ProofException(
                $"the ledger of {line} ends at event {tree.Size}, its head says {mark.Seq}; run a verification");
        }

        return latest is not null && then?.Seq == mark.Seq ? latest : Sign(line, tree, head, latest);
    }

    /// <summary>Makes the certificate of a batch, under a checkpoint that is signed for it where one is due.</summary>
    /// <exception cref="ProofException">There is no such batch, it has more events than a certificate holds, or the
    /// ledger contradicts its latest checkpoint.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read, or its numbers have a gap.</exception>
    public BatchCertificate Certify(string batch)
    {
        BatchSummary summary = _ledger.Batch(batch)
            ?? throw new ProofException($"the ledger has no batch '{batch}'");
        var line = new LineId(summary.Line);
        SignedCheckpoint signed = Sign(line);
        ImmutableArray<LedgerRow> rows = Rows(line, batch, summary.Events);
        var paths = new MerklePaths(signed.Checkpoint.Seq, rows.Select(r => r.Seq - 1));
        _ledger.Hashes(line, 1, signed.Checkpoint.Seq, hash => paths.Add(MerkleTree.Leaf(hash)));
        return new BatchCertificate(
            line,
            batch,
            signed,
            _keys.Keys(),
            [.. rows.Select(r => new CertifiedEvent(
                r.Seq,
                Encoding.UTF8.GetBytes(r.Payload),
                ChainHash.Parse(r.PreviousHash),
                ChainHash.Parse(r.Hash),
                paths.Path(r.Seq - 1)))]);
    }

    private SignedCheckpoint? Latest(LineId line)
    {
        if (_checkpoints.Latest(line) is not { } latest)
        {
            return null;
        }

        return _keys.Keys().Any(k => latest.IsSignedBy(k.Key))
            ? latest
            : throw new ProofException(
                $"the checkpoint of {line} at event {latest.Checkpoint.Seq} is signed by none of the keys at hand: it "
                + "was changed, or the keys were; nothing is signed");
    }

    private ChainHash? HashAt(LineId line, long seq)
    {
        ChainHash? found = null;
        _ledger.Hashes(line, seq, seq, hash => found = hash);
        return found;
    }

    private SignedCheckpoint Sign(LineId line, MerkleFrontier tree, ChainHash head, SignedCheckpoint? latest)
    {
        using SigningKey key = _keys.Current();
        SignedCheckpoint signed = key.Sign(
            new Checkpoint(
                line,
                tree.Size,
                head,
                tree.Root,
                Checkpoint.Truncate(_time.GetUtcNow()),
                latest?.Checkpoint.Hash ?? ChainHash.Zero,
                key.Id),
            tree.Subtrees);
        _checkpoints.Keep(signed);
        return signed;
    }

    private ImmutableArray<LedgerRow> Rows(LineId line, string batch, long count)
    {
        if (count > BatchCertificate.MaxEvents)
        {
            throw new ProofException(
                $"batch '{batch}' has {count} events; a certificate holds {BatchCertificate.MaxEvents}");
        }

        ImmutableArray<LedgerRow>.Builder rows = ImmutableArray.CreateBuilder<LedgerRow>();
        long from = 1;
        while (_ledger.Events(new EventQuery
        {
            Line = line.Value, Batch = batch, FromSeq = from, Limit = EventQuery.MaxLimit,
        }) is { Count: > 0 } more)
        {
            rows.AddRange(more);
            from = more[^1].Seq + 1;
        }

        return rows.ToImmutable();
    }
}
