using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// What a ledger commits itself to at one moment: the chain of a line up to a number, and the root of the
/// <see cref="MerkleTree"/> over it. Each names the one before it, so a lost or changed one is noticed.
/// <code>
/// +---------------------------+---------+------------+---------+------+------+-----------+----------+--------+
/// | "coatline.checkpoint.v1\0"| u16 len | line UTF-8 | u64 seq | head | root | i64 µs UTC| previous | key id |
/// |         23 bytes          |   BE    | len bytes  |   BE    | 32 B | 32 B |    BE     |   32 B   |  32 B  |
/// +---------------------------+---------+------------+---------+------+------+-----------+----------+--------+
/// hash = SHA-256 over all of it; the signature is ECDSA P-256 with SHA-256 over the same bytes
/// </code>
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Seq">Number of the last event in it, from 1; also the number of leaves.</param>
/// <param name="Head">Chain hash of that event.</param>
/// <param name="Root">Root of the tree over events 1 to <paramref name="Seq"/>.</param>
/// <param name="Time">When it was made, UTC, to the microsecond; the clock of the ledger, not of the line.</param>
/// <param name="Previous">Hash of the checkpoint before it; <see cref="ChainHash.Zero"/> for the first.</param>
/// <param name="Key">The key that signs it, see <see cref="SigningKey.Id"/>.</param>
public sealed record Checkpoint(
    LineId Line, long Seq, ChainHash Head, ChainHash Root, DateTimeOffset Time, ChainHash Previous, ChainHash Key)
{
    private const int NumberBytes = sizeof(ulong);

    private static ReadOnlySpan<byte> DomainTag => "coatline.checkpoint.v1\0"u8;

    /// <summary>The hash by which the next checkpoint names this one.</summary>
    public ChainHash Hash => ChainHash.FromBytes(SHA256.HashData(ToBytes()));

    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] line = Encoding.UTF8.GetBytes(Line.Value);
        byte[] bytes = new byte[
            DomainTag.Length + sizeof(ushort) + line.Length + (2 * NumberBytes) + (4 * ChainHash.Length)];
        DomainTag.CopyTo(bytes);
        int at = DomainTag.Length;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)line.Length);
        at += sizeof(ushort);
        line.CopyTo(bytes, at);
        at += line.Length;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at), (ulong)Seq);
        at = Put(bytes, at + NumberBytes, Head);
        at = Put(bytes, at, Root);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), Microseconds(Time));
        at = Put(bytes, at + NumberBytes, Previous);
        Put(bytes, at, Key);
        return bytes;
    }

    /// <summary>The time with its digits below a microsecond cut off: what the canonical bytes can hold.</summary>
    internal static DateTimeOffset Truncate(DateTimeOffset time) =>
        DateTimeOffset.UnixEpoch.AddTicks(Microseconds(time) * TimeSpan.TicksPerMicrosecond);

    private static long Microseconds(DateTimeOffset time) =>
        (long)Math.Floor((decimal)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);

    private static int Put(byte[] bytes, int at, ChainHash hash)
    {
        hash.Span.CopyTo(bytes.AsSpan(at));
        return at + ChainHash.Length;
    }
}

/// <summary>A checkpoint with its signature.</summary>
/// <param name="Checkpoint">What is signed.</param>
/// <param name="Signature">ECDSA P-256, 64 bytes, r and s one after the other (IEEE P1363).</param>
/// <param name="Frontier">The tree's right edge, see <see cref="MerkleFrontier.Subtrees"/>, so that the next checkpoint
/// need not read the whole chain. Not signed: it makes the root that is, or it is worth nothing.</param>
public sealed record SignedCheckpoint(
    Checkpoint Checkpoint, ReadOnlyMemory<byte> Signature, ImmutableArray<ChainHash> Frontier)
{
    /// <summary>The tree as it stood; null when <see cref="Frontier"/> does not make the root.</summary>
    public MerkleFrontier? Tree =>
        MerkleFrontier.Restore(Checkpoint.Seq, Frontier) is { } tree && tree.Root == Checkpoint.Root ? tree : null;

    /// <summary>Whether the key made the signature.</summary>
    public bool IsSignedBy(PublicKey key) =>
        Checkpoint.Key == key.Id && key.Verifies(Checkpoint.ToBytes(), Signature.Span);
}
