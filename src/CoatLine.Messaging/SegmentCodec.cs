using System.Runtime.InteropServices;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Messaging.Contracts;

namespace CoatLine.Messaging;

/// <summary>Between chained events and the message that carries them. Payload bytes pass through untouched.</summary>
internal static class SegmentCodec
{
    /// <summary>The most payload bytes in one segment, unless its first event alone has more (4 MiB).</summary>
    public const int MaxSegmentBytes = 4 << 20;

    /// <summary>Takes as many events as are contiguous and fit into one segment, at least one.</summary>
    public static LedgerSegment Write(IReadOnlyList<ChainedEvent> events, long round)
    {
        var taken = new List<SegmentEvent>(events.Count);
        long bytes = 0;
        foreach (ChainedEvent e in events)
        {
            bytes += e.Payload.Length;
            if (taken.Count > 0 && (bytes > MaxSegmentBytes || e.Seq != events[0].Seq + taken.Count))
            {
                break;
            }

            taken.Add(new SegmentEvent(
                e.EventId, e.Type, e.Batch, e.Time, Bytes(e.Payload), e.Hash.ToString()));
        }

        ChainedEvent first = events[0];
        return new LedgerSegment(first.Line.Value, first.Seq, first.Previous.ToString(), round, taken);
    }

    /// <summary>
    /// Reads a segment; null with a reason when it is none. The ledger checks hashes and links itself.
    /// </summary>
    public static IReadOnlyList<ChainedEvent>? TryRead(LedgerSegment segment, out string reason)
    {
        try
        {
            reason = "";
            return Read(segment);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NullReferenceException)
        {
            // A message of another program or version may lack anything, whatever the types here promise.
            reason = $"the segment cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>The array that holds the payload, where it holds nothing else; nobody changes one.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> all) && all.Count == all.Array!.Length
            ? all.Array
            : payload.ToArray();

    private static List<ChainedEvent> Read(LedgerSegment segment)
    {
        if (segment.Events.Count is 0 or > LedgerStore.MaxSegmentEvents)
        {
            throw new FormatException($"it has {segment.Events.Count} events, not 1 to {LedgerStore.MaxSegmentEvents}");
        }

        var line = new LineId(segment.Line);
        ChainHash previous = ChainHash.Parse(segment.PreviousHash);
        var events = new List<ChainedEvent>(segment.Events.Count);
        foreach (SegmentEvent e in segment.Events)
        {
            ChainHash hash = ChainHash.Parse(e.Hash);
            events.Add(new ChainedEvent(
                line, segment.FirstSeq + events.Count, e.Id, e.Type, e.Batch, e.Time, e.Payload, previous, hash));
            previous = hash;
        }

        return events;
    }
}
