namespace CoatLine.Messaging.Contracts;

/// <summary>
/// One recorded event for whoever watches a line. It may come twice (know it by its id) and it may come before the
/// ledger has committed it; the ledger is the record, this is the news.
/// </summary>
/// <param name="Line">Line name.</param>
/// <param name="Seq">Sequence number in the line, from 1; a jump shows that the watcher was blind in between.</param>
/// <param name="Id">Event id.</param>
/// <param name="Type">Event type, <c>coatline.&lt;kebab-name&gt;.v&lt;n&gt;</c>.</param>
/// <param name="Batch">Batch id; empty for a fact of the line itself.</param>
/// <param name="Time">When it was recorded, line time.</param>
/// <param name="CloudEvent">The CloudEvents 1.0 JSON document as it was recorded, with its <c>hash</c> added.</param>
public sealed record LineEventPublished(
    string Line, long Seq, string Id, string Type, string Batch, DateTimeOffset Time, string CloudEvent);
