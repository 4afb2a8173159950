using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// The hash tree over the events of a line, as RFC 6962 §2.1 (and RFC 9162 §2.1) defines it. The leaf of event
/// <c>seq</c> stands at index <c>seq − 1</c> and holds the event's chain hash, which commits to line, number,
/// predecessor and payload.
/// <code>
/// leaf = SHA-256(0x00 ‖ chain hash)        node = SHA-256(0x01 ‖ left ‖ right)
/// </code>
/// The two prefixes keep a node from being passed off as a leaf. Pure and thread-safe.
/// </summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static ChainHash EmptyRoot { get; } = ChainHash.FromBytes(SHA256.HashData([]));

    /// <summary>The leaf of any bytes.</summary>
    public static ChainHash Leaf(ReadOnlySpan<byte> data)
    {
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData([LeafPrefix]);
        sha.AppendData(data);
        return Finish(sha);
    }

    /// <summary>The leaf of an event.</summary>
    public static ChainHash Leaf(ChainHash eventHash) => Leaf(eventHash.Span);

    /// <summary>The node above two others.</summary>
    public static ChainHash Node(ChainHash left, ChainHash right)
    {
        Span<byte> content = stackalloc byte[1 + (2 * ChainHash.Length)];
        content[0] = NodePrefix;
        left.Span.CopyTo(content[1..]);
        right.Span.CopyTo(content[(1 + ChainHash.Length)..]);
        Span<byte> hash = stackalloc byte[ChainHash.Length];
        SHA256.HashData(content, hash);
        return ChainHash.FromBytes(hash);
    }

    /// <summary>The root over leaves, <see cref="EmptyRoot"/> when there are none.</summary>
    public static ChainHash Root(ReadOnlySpan<ChainHash> leaves)
    {
        var frontier = new MerkleFrontier();
        foreach (ChainHash leaf in leaves)
        {
            frontier.Add(leaf);
        }

        return frontier.Root;
    }

    /// <summary>The audit path that shows a leaf to be in the tree over <paramref name="leaves"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static ImmutableArray<ChainHash> InclusionProof(ReadOnlySpan<ChainHash> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        ImmutableArray<ChainHash>.Builder path = ImmutableArray.CreateBuilder<ChainHash>();
        AddPath(leaves, index, path);
        return path.ToImmutable();
    }

    /// <summary>
    /// Whether the path leads from the leaf to the root (RFC 9162 §2.1.3.2). A path that is too long, too short or for
    /// another place is refused.
    /// </summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="index">Its index, from 0 to below <paramref name="size"/>.</param>
    /// <param name="size">Leaves of the tree, from 1.</param>
    /// <param name="path">The audit path.</param>
    /// <param name="root">The root of that tree.</param>
    public static bool IsIncluded(
        ChainHash leaf, long index, long size, ReadOnlySpan<ChainHash> path, ChainHash root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        long at = index;
        long last = size - 1;
        ChainHash hash = leaf;
        foreach (ChainHash sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                hash = Node(sibling, hash);
                while ((at & 1) == 0 && at != 0)
                {
                    at >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = Node(hash, sibling);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>The proof that the tree over the first <paramref name="before"/> leaves is the beginning of the tree
    /// over all (RFC 9162 §2.1.4.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">before is not 1 to the number of leaves.</exception>
    public static ImmutableArray<ChainHash> ConsistencyProof(ReadOnlySpan<ChainHash> leaves, int before)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(before, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(before, leaves.Length);
        ImmutableArray<ChainHash>.Builder proof = ImmutableArray.CreateBuilder<ChainHash>();
        AddConsistency(leaves, before, isWhole: true, proof);
        return proof.ToImmutable();
    }

    /// <summary>Whether the later tree begins with the earlier one (RFC 9162 §2.1.4.2).</summary>
    /// <param name="before">Leaves of the earlier tree, from 1.</param>
    /// <param name="rootBefore">Its root.</param>
    /// <param name="size">Leaves of the later tree, at least <paramref name="before"/>.</param>
    /// <param name="root">Its root.</param>
    /// <param name="proof">The proof.</param>
    public static bool IsConsistent(
        long before, ChainHash rootBefore, long size, ChainHash root, ReadOnlySpan<ChainHash> proof)
    {
        if (before < 1 || before > size)
        {
            return false;
        }

        if (before == size)
        {
            return proof.IsEmpty && rootBefore == root;
        }

        // The earlier tree is a whole subtree when its size is a power of two; then its root need not be sent.
        bool isSubtree = BitOperations.IsPow2(before);
        if (proof.IsEmpty && !isSubtree)
        {
            return false;
        }

        ChainHash first = isSubtree ? rootBefore : proof[0];
        ReadOnlySpan<ChainHash> rest = isSubtree ? proof : proof[1..];
        long at = before - 1;
        long last = size - 1;
        while ((at & 1) == 1)
        {
            at >>= 1;
            last >>= 1;
        }

        ChainHash old = first;
        ChainHash now = first;
        foreach (ChainHash hash in rest)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                old = Node(hash, old);
                now = Node(hash, now);
                while ((at & 1) == 0 && at != 0)
                {
                    at >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                now = Node(now, hash);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && old == rootBefore && now == root;
    }

    /// <summary>The greatest power of two below a size of at least 2: where RFC 6962 splits a tree.</summary>
    internal static int Split(int size) => 1 << BitOperations.Log2((uint)(size - 1));

    private static void AddPath(
        ReadOnlySpan<ChainHash> leaves, int index, ImmutableArray<ChainHash>.Builder path)
    {
        if (leaves.Length <= 1)
        {
            return;
        }

        int split = Split(leaves.Length);
        bool isLeft = index < split;
        AddPath(isLeft ? leaves[..split] : leaves[split..], isLeft ? index : index - split, path);
        path.Add(Root(isLeft ? leaves[split..] : leaves[..split]));
    }

    private static void AddConsistency(
        ReadOnlySpan<ChainHash> leaves, int before, bool isWhole, ImmutableArray<ChainHash>.Builder proof)
    {
        if (before == leaves.Length)
        {
            if (!isWhole)
            {
                proof.Add(Root(leaves));
            }

            return;
        }

        int split = Split(leaves.Length);
        if (before <= split)
        {
            AddConsistency(leaves[..split], before, isWhole, proof);
            proof.Add(Root(leaves[split..]));
        }
        else
        {
            AddConsistency(leaves[split..], before - split, isWhole: false, proof);
            proof.Add(Root(leaves[..split]));
        }
    }

    private static ChainHash Finish(IncrementalHash sha)
    {
        Span<byte> hash = stackalloc byte[ChainHash.Length];
        sha.GetHashAndReset(hash);
        return ChainHash.FromBytes(hash);
    }
}
