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
