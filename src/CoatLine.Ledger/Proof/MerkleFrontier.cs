using System.Collections.Immutable;
using System.Numerics;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// The right edge of a growing <see cref="MerkleTree"/>: the roots of its complete subtrees, at most one of each size,
/// so that a leaf is added and the root told in O(log n) steps and hashes kept. Not thread-safe.
/// </summary>
public sealed class MerkleFrontier
{
    // The largest subtree first; the binary digits of the size say which sizes there are.
    private readonly List<ChainHash> _subtrees = [];

    /// <summary>Leaves so far, from 0.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, the largest first: all that <see cref="Restore"/> needs.</summary>
    public ImmutableArray<ChainHash> Subtrees => [.. _subtrees];

    /// <summary>A frontier as it was. Whether the hashes are right shows in <see cref="Root"/>.</summary>
    /// <param name="size">Leaves, from 0.</param>
    /// <param name="subtrees">As many roots as <paramref name="size"/> has binary ones, the largest first.</param>
    /// <returns>Null when there is another number of roots.</returns>
    public static MerkleFrontier? Restore(long size, IReadOnlyCollection<ChainHash> subtrees)
    {
        if (size < 0 || BitOperations.PopCount((ulong)size) != subtrees.Count)
        {
            return null;
        }

        var frontier = new MerkleFrontier { Size = size };
        frontier._subtrees.AddRange(subtrees);
        return frontier;
    }

    /// <summary>The root over all leaves so far.</summary>
    public ChainHash Root
    {
        get
        {
            if (_subtrees.Count == 0)
            {
                return MerkleTree.EmptyRoot;
            }

            ChainHash root = _subtrees[^1];
            for (int i = _subtrees.Count - 2; i >= 0; i--)
            {
                root = MerkleTree.Node(_subtrees[i], root);
            }

            return root;
        }
    }

    /// <summary>Adds the next leaf.</summary>
    public void Add(ChainHash leaf)
    {
        ChainHash hash = leaf;
        for (long digits = Size; (digits & 1) == 1; digits >>= 1)
        {
            hash = MerkleTree.Node(_subtrees[^1], hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(hash);
        Size++;
    }
}
