using System.Collections.Immutable;
using System.Numerics;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// Audit paths of a few leaves of a large <see cref="MerkleTree"/>, made in one pass over all of its leaves: what is
/// kept is the paths and the tree's right edge, never the leaves. Not thread-safe.
/// </summary>
public sealed class MerklePaths
{
    private readonly Dictionary<(int Level, long Index), ChainHash> _wanted = [];
    private readonly HashSet<(int Level, long Index)> _missing = [];
    private readonly List<ChainHash> _edge = [];
    private readonly long _size;
    private long _added;

    /// <summary>Prepares for a tree of a size and the leaves whose paths are wanted.</summary>
    /// <param name="size">Leaves of the tree, from 1.</param>
    /// <param name="indexes">Indexes of leaves, each from 0 to below <paramref name="size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or there is no such leaf.</exception>
    public MerklePaths(long size, IEnumerable<long> indexes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _size = size;
        foreach (long index in indexes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indexes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size, nameof(indexes));
            foreach ((long from, long count) in Siblings(index))
            {
                Want(from, count);
            }
        }

        Want(0, size);
    }

    /// <summary>The root, once every leaf was added.</summary>
    /// <exception cref="InvalidOperationException">Leaves are missing.</exception>
    public ChainHash Root => RangeRoot(0, _size);

    /// <summary>Adds the next leaf.</summary>
    /// <exception cref="InvalidOperationException">The tree has all its leaves already.</exception>
    public void Add(ChainHash leaf)
    {
        if (_added == _size)
        {
            throw new InvalidOperationException($"the tree has its {_size} leaves");
        }

        ChainHash hash = leaf;
        Keep(0, _added, hash);
        int level = 0;
        for (long digits = _added; (digits & 1) == 1; digits >>= 1)
        {
            hash = MerkleTree.Node(_edge[^1], hash);
            _edge.RemoveAt(_edge.Count - 1);
            level++;
            Keep(level, _added >> level, hash);
        }

        _edge.Add(hash);
        _added++;
    }

    /// <summary>The audit path of a leaf that was asked for, once every leaf was added.</summary>
    /// <exception cref="InvalidOperationException">Leaves are missing, or this one was not asked for.</exception>
    public ImmutableArray<ChainHash> Path(long index) =>
        [.. Siblings(index).Select(range => RangeRoot(range.From, range.Count))];

    /// <summary>The ranges of leaves whose roots make the path, from the leaf up.</summary>
    private Stack<(long From, long Count)> Siblings(long index)
    {
        var ranges = new Stack<(long From, long Count)>();
        (long from, long count) = (0, _size);
        while (count > 1)
        {
            long split = Split(count);
            bool isLeft = index < from + split;
            ranges.Push(isLeft ? (from + split, count - split) : (from, split));
            (from, count) = isLeft ? (from, split) : (from + split, count - split);
        }

        return ranges;
    }

    private void Want(long from, long count)
    {
        while (!BitOperations.IsPow2(count))
        {
            long split = Split(count);
            _missing.Add(Place(from, split));
            (from, count) = (from + split, count - split);
        }

        _missing.Add(Place(from, count));
    }

    private ChainHash RangeRoot(long from, long count)
    {
        if (BitOperations.IsPow2(count))
        {
            return _wanted.TryGetValue(Place(from, count), out ChainHash hash)
                ? hash
                : throw new InvalidOperationException(
                    $"the tree has {_added} of {_size} leaves, or a path was not asked for");
        }

        long split = Split(count);
        return MerkleTree.Node(RangeRoot(from, split), RangeRoot(from + split, count - split));
    }

    private void Keep(int level, long index, ChainHash hash)
    {
        if (_missing.Remove((level, index)))
        {
            _wanted[(level, index)] = hash;
        }
    }

    private static (int Level, long Index) Place(long from, long count)
    {
        int level = BitOperations.Log2((ulong)count);
        return (level, from >> level);
    }

    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
