namespace CoatLine.Domain.Events;

/// <summary>
/// One recorded fact as it is stored and sent: the exact payload bytes and its place in the line's hash chain.
/// The payload is a CloudEvents 1.0 JSON document; <c>id</c>, <c>type</c>, <c>subject</c> and <c>time</c> stand in it
/// too, and a verifier compares them with these copies.
/// </summary>
/// <param name="Line">The line that recorded the fact.</param>
/// <param name="Seq">Sequence number in the line, from 1, gapless.</param>
/// <param name="EventId">UUIDv7 in lower-case text form.</param>
/// <param name="Type">Event type, <c>coatline.&lt;kebab-name&gt;.v&lt;n&gt;</c>.</param>
/// <param name="Batch">Batch id, or an empty string for a fact of the line itself (CloudEvents <c>subject</c>).</param>
/// <param name="Time">When it was recorded, in line time (UTC).</param>
/// <param name="Payload">UTF-8 JSON, exactly as hashed; at most <see cref="EventChain.MaxPayloadBytes"/> bytes.</param>
/// <param name="Previous">Hash of the event before it; <see cref="ChainHash.Zero"/> for sequence number 1.</param>
/// <param name="Hash">Hash of this event, see <see cref="EventChain"/>.</param>
public sealed record ChainedEvent(
    LineId Line,
    long Seq,
    string EventId,
    string Type,
    string Batch,
    DateTimeOffset Time,
    ReadOnlyMemory<byte> Payload,
    ChainHash Previous,
    ChainHash Hash);
