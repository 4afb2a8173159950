using System.Globalization;
using CoatLine.Domain.Events;

namespace CoatLine.Engine.Journaling;

/// <summary>A row of <c>events</c> as it stands in the file.</summary>
internal sealed record JournalRow(
    long Seq, string Id, string Type, string Batch, string Time, byte[] Payload, string PrevHash, string Hash)
{
    public ChainedEvent ToEvent(LineId line) => new(
        line,
        Seq,
        Id,
        Type,
        Batch,
        DateTimeOffset.Parse(Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Payload,
        ChainHash.Parse(PrevHash),
        ChainHash.Parse(Hash));
}

/// <summary>The row of <c>journal</c>.</summary>
internal sealed record JournalHead(
    string Line, long Epoch, long HeadSeq, string HeadHash, long ConfirmedSeq, string ConfirmedHash);
