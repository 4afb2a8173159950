namespace CoatLine.Messaging.Tailing;

/// <summary>An event as it came over the exchange for dashboards.</summary>
/// <param name="Line">The line.</param>
/// <param name="Seq">Sequence number in the line, from 1.</param>
/// <param name="Type">Event type, <c>coatline.NAME.vN</c>.</param>
/// <param name="Subject">Batch; empty for a fact of the line itself.</param>
/// <param name="Time">When it was recorded: RFC 3339, line time.</param>
/// <param name="Document">The CloudEvents document, UTF-8, as it came.</param>
public sealed record TailedEvent(
    string Line, long Seq, string Type, string Subject, string Time, ReadOnlyMemory<byte> Document);
