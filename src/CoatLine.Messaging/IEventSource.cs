using CoatLine.Domain.Events;

namespace CoatLine.Messaging;

/// <summary>The journal as the feed sees it: a seam to the disk. Its members may throw when the disk fails.</summary>
internal interface IEventSource
{
    LineId Line { get; }

    /// <summary>Last recorded sequence number; 0 when there is none.</summary>
    long HeadSeq { get; }

    /// <summary>Last sequence number that the ledger has confirmed; 0 when there is none.</summary>
    long ConfirmedSeq { get; }

    /// <summary>Events after a sequence number that are still kept, in order, at most so many.</summary>
    IReadOnlyList<ChainedEvent> Read(long afterSeq, int max);

    /// <summary>Completes when there is an event after that number.</summary>
    Task WaitForMoreAsync(long afterSeq, CancellationToken cancellationToken);

    /// <summary>Records that the ledger has everything up to and with that event.</summary>
    void Confirm(long throughSeq, ChainHash hash);
}
