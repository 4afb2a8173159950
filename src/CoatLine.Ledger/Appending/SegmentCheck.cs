using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// What can be said of a segment without the database: is it one contiguous, linked piece of one line's chain, is
/// every hash what its payload gives, and does every copy agree with the payload?
/// </summary>
internal static class SegmentCheck
{
    /// <summary>
    /// Returns null when the segment is sound, else the refusal (<see cref="AppendVerdict.Malformed"/>).
    /// </summary>
    /// <param name="segment">What is offered.</param>
    /// <param name="times">The time of each event as its payload has it, so that a copy is a copy to the letter; only
    /// for a sound segment.</param>
    public static AppendOutcome? Refusal(IReadOnlyList<ChainedEvent> segment, out string[] times)
    {
        times = [];
        if (segment.Count is 0 or > LedgerStore.MaxSegmentEvents)
        {
            return Malformed(0, $"a segment has 1 to {LedgerStore.MaxSegmentEvents} events, not {segment.Count}");
        }

        times = new string[segment.Count];
        ChainedEvent first = segment[0];
        for (int i = 0; i < segment.Count; i++)
        {
            ChainedEvent e = segment[i];
            string? reason = e.Line != first.Line ? $"the segment mixes lines {first.Line} and {e.Line}"
                : e.Seq < 1 || e.Seq != first.Seq + i ? $"seq {e.Seq} stands where {first.Seq + i} belongs"
                : i > 0 && e.Previous != segment[i - 1].Hash ? $"seq {e.Seq} does not follow the hash of {e.Seq - 1}"
                : Contradiction(e, out times[i]);
            if (reason is not null)
            {
                return Malformed(e.Seq, reason);
            }
        }

        return null;
    }

    private static string? Contradiction(ChainedEvent e, out string time)
    {
        time = "";
        if (e.Payload.Length > EventChain.MaxPayloadBytes)
        {
            return $"the payload of seq {e.Seq} has {e.Payload.Length} bytes, limit {EventChain.MaxPayloadBytes}";
        }

        if (EventChain.Hash(e.Line, e.Seq, e.Previous, e.Payload.Span) != e.Hash)
        {
            return $"the hash of seq {e.Seq} is not the one that its payload gives";
        }

        if (EventAttributes.TryRead(e.Payload.Span, out string reason) is not { } inPayload)
        {
            return $"seq {e.Seq}: {reason}";
        }

        time = inPayload.Time;
        string? differs = inPayload.Id != e.EventId ? "id"
            : inPayload.Type != e.Type ? "type"
            : inPayload.Subject != e.Batch ? "batch"
            : inPayload.Instant != e.Time ? "time"
            : inPayload.PlaceDifference(e.Line.Value, e.Seq, e.Previous.ToString());
        return differs is null ? null : $"the {differs} of seq {e.Seq} is not the one in its payload";
    }

    private static AppendOutcome Malformed(long seq, string reason) =>
        AppendOutcome.Refused(AppendVerdict.Malformed, null, seq, reason);
}
