namespace CoatLine.Messaging.Contracts;

/// <summary>A contiguous piece of one line's chain on its way to the ledger. Sending it twice is harmless.</summary>
/// <param name="Line">Line name.</param>
/// <param name="FirstSeq">Sequence number of the first event, from 1; the others follow without a gap.</param>
/// <param name="PreviousHash">Hash of the event before the first: 64 hexadecimal digits, zeros for seq 1.</param>
/// <param name="Round">Grows with every resend, so that a late answer to an earlier sending is recognised.</param>
/// <param name="Events">1 to 500 events.</param>
public sealed record LedgerSegment(
    string Line, long FirstSeq, string PreviousHash, long Round, IReadOnlyList<SegmentEvent> Events);

/// <summary>One event of a <see cref="LedgerSegment"/>.</summary>
/// <param name="Id">Event id.</param>
/// <param name="Type">Event type.</param>
/// <param name="Batch">Batch id; empty for a fact of the line itself.</param>
/// <param name="Time">When it was recorded, line time.</param>
/// <param name="Payload">The exact bytes that were hashed (UTF-8 JSON).</param>
/// <param name="Hash">Hash of the event: 64 hexadecimal digits.</param>
public sealed record SegmentEvent(
    string Id, string Type, string Batch, DateTimeOffset Time, byte[] Payload, string Hash);

/// <summary>The ledger has committed everything of a line up to and with a sequence number.</summary>
/// <param name="Line">Line name.</param>
/// <param name="Seq">Last committed sequence number; 0 when the ledger has no event of the line.</param>
/// <param name="Hash">Hash of that event: 64 hexadecimal digits.</param>
/// <param name="Ask">Number of the <see cref="LedgerMarkRequested"/> that it answers, or <see cref="Unasked"/>.</param>
public sealed record LedgerMarkMoved(string Line, long Seq, string Hash, long Ask)
{
    /// <summary>The mark answers no request; it follows a commit.</summary>
    public const long Unasked = 0;
}

/// <summary>Asks the ledger for its mark of a line: at start-up, and when no mark has come for a while.</summary>
/// <param name="Line">Line name.</param>
/// <param name="Ask">Number of the request, from 1; the answer carries it.</param>
public sealed record LedgerMarkRequested(string Line, long Ask);

/// <summary>The ledger refused a segment because events before it are missing.</summary>
/// <param name="Line">Line name.</param>
/// <param name="DueSeq">The sequence number that the ledger waits for, from 1.</param>
/// <param name="FirstSeq">The sequence number at which the refused segment began.</param>
/// <param name="Round">Round of the refused segment.</param>
public sealed record LedgerGapReported(string Line, long DueSeq, long FirstSeq, long Round);

/// <summary>The ledger set a segment aside that it can never commit as it is. Nothing of it was written.</summary>
/// <param name="Line">Line name as the segment gave it.</param>
/// <param name="FirstSeq">The sequence number at which the segment began.</param>
/// <param name="Round">Round of the segment.</param>
/// <param name="Verdict">Why, in one word: a name of the ledger's verdicts, or <c>Unreadable</c>.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record LedgerSegmentParked(string Line, long FirstSeq, long Round, string Verdict, string Reason);

/// <summary>The ledger could not write for now; the journal keeps the events and sends them again.</summary>
/// <param name="Line">Line name.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record LedgerUnavailable(string Line, string Reason);
