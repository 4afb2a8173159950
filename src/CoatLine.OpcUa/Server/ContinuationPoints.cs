using System.Buffers.Binary;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>The rest of a Browse result, and how many references go into one answer.</summary>
internal sealed record BrowseRest(ReferenceDescription[] References, int Next, int MaxPerAnswer);

/// <summary>What a session's client may still fetch with BrowseNext (OPC 10000-4 §7.9). Used by one request at a time.
/// </summary>
internal sealed class ContinuationPoints
{
    private readonly Dictionary<uint, BrowseRest> rests = [];
    private uint last;

    public int Count => rests.Count;

    public byte[] Add(BrowseRest rest)
    {
        rests.Add(++last, rest);
        var point = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(point, last);
        return point;
    }

    /// <summary>Takes a point out; null when it is unknown or was used before.</summary>
    public BrowseRest? Take(byte[]? point) =>
        point is { Length: sizeof(uint) } && rests.Remove(BinaryPrimitives.ReadUInt32LittleEndian(point), out var rest)
            ? rest
            : null;
}
