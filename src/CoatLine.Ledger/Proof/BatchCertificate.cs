using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// All that a stranger needs to check a batch's record without access to the ledger: its events to the byte, for each
/// the way from it to the root of a signed checkpoint, and the keys.
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Checkpoint">The checkpoint; it covers every event.</param>
/// <param name="Keys">The plant's keys, oldest first.</param>
/// <param name="Events">The events of the batch, in order.</param>
public sealed record BatchCertificate(
    LineId Line,
    string Batch,
    SignedCheckpoint Checkpoint,
    ImmutableArray<KeySuccession> Keys,
    ImmutableArray<CertifiedEvent> Events)
{
    /// <summary>Most events that a certificate is read with, inclusive.</summary>
    public const int MaxEvents = 100_000;
}

/// <summary>An event with its proof.</summary>
/// <param name="Seq">Number in its line, from 1.</param>
/// <param name="Payload">The CloudEvents document, UTF-8, to the byte.</param>
/// <param name="Previous">Chain hash of the event before it.</param>
/// <param name="Hash">Its chain hash.</param>
/// <param name="Path">Audit path to the checkpoint's root.</param>
public sealed record CertifiedEvent(
    long Seq, ReadOnlyMemory<byte> Payload, ChainHash Previous, ChainHash Hash, ImmutableArray<ChainHash> Path);
