using System.Globalization;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>An event as it stands in the ledger, for people and for JSON; nothing is checked here.</summary>
/// <param name="Line">Line name.</param>
/// <param name="Seq">Sequence number in the line, from 1.</param>
/// <param name="Id">Event id.</param>
/// <param name="Type">Event type, <c>coatline.&lt;kebab-name&gt;.v&lt;n&gt;</c>.</param>
/// <param name="Batch">Batch id; empty for a fact of the line itself.</param>
/// <param name="Time">When it was recorded: RFC 3339, line time.</param>
/// <param name="Payload">The CloudEvents JSON document.</param>
/// <param name="PreviousHash">Hash of the event before it, 64 hexadecimal digits.</param>
/// <param name="Hash">Hash of this event, 64 hexadecimal digits.</param>
public sealed record LedgerRow(
    string Line,
    long Seq,
    string Id,
    string Type,
    string Batch,
    string Time,
    string Payload,
    string PreviousHash,
    string Hash)
{
    /// <summary>The row as the chained event that was recorded; the chain itself is not checked.</summary>
    /// <exception cref="FormatException">The row is damaged: its line, time or a hash is none.</exception>
    public ChainedEvent ToEvent()
    {
        try
        {
            return new ChainedEvent(
                new LineId(Line),
                Seq,
                Id,
                Type,
                Batch,
                DateTimeOffset.Parse(Time, CultureInfo.InvariantCulture),
                Encoding.UTF8.GetBytes(Payload),
                ChainHash.Parse(PreviousHash),
                ChainHash.Parse(Hash));
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}

/// <summary>Which events to read; the default is the first thousand of all.</summary>
public sealed record EventQuery
{
    /// <summary>The most events that one query gives, inclusive; read on from the last sequence number.</summary>
    public const int MaxLimit = 100_000;

    /// <summary>Only this line; null for all, in the order of their names.</summary>
    public string? Line { get; init; }

    /// <summary>First sequence number, inclusive; from 1 (default).</summary>
    public long FromSeq { get; init; } = 1;

    /// <summary>
    /// Only this type: in full (<c>coatline.batch-released.v1</c>), or by its bare name (<c>batch-released</c>) in any
    /// version; null for all.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>Only this batch; null for all.</summary>
    public string? Batch { get; init; }

    /// <summary>At most so many, 1 to <see cref="MaxLimit"/>; default 1000.</summary>
    public int Limit { get; init; } = 1000;
}
