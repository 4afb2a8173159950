using System.Buffers.Binary;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>The rest of a Browse result, and how many references go into one answer.</summary>
internal sealed record BrowseRest(ReferenceDescription[] References, int Next, int MaxPerAnswer);

/// <summary>What a session's client may still fetch with BrowseNext (OPC 10000-4 §7.9). Points of earlier requests make
/// room for those of a new one, the oldest first. They live as long as the session, on whatever channel. Thread
/// safe.</summary>
internal sealed class ContinuationPoints
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<uint, (BrowseRest Kept, uint Request)> rests = [];
    private uint lastPoint;
    private uint lastRequest;

    /// <summary>A Browse or BrowseNext begins; its number goes with the points that it adds.</summary>
    public uint BeginRequest() => Interlocked.Increment(ref lastRequest);

    /// <summary>Keeps a rest; null when there are <paramref name="most"/> points of this request already.</summary>
    public byte[]? Add(BrowseRest rest, uint request, int most)
    {
        lock (gate)
        {
            if (rests.Count >= most)
            {
                var earlier = rests.FirstOrDefault(pair => pair.Value.Request != request);
                if (!rests.Remove(earlier.Key))
                {
                    return null;
                }
            }

            rests.Add(++lastPoint, (rest, request));
            var point = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(point, lastPoint);
            return point;
        }
    }

    /// <summary>Takes a point out; null when it is unknown, was used before or had to make room.</summary>
    public BrowseRest? Take(byte[]? point)
    {
        if (point is not { Length: sizeof(uint) })
        {
            return null;
        }

        lock (gate)
        {
            return rests.Remove(BinaryPrimitives.ReadUInt32LittleEndian(point), out var found) ? found.Kept : null;
        }
    }
}
