using System.Collections.Immutable;

namespace CoatLine.Messaging;

/// <summary>How the feed from journal to ledger is doing.</summary>
public enum FeedState
{
    /// <summary>The ledger has not answered yet.</summary>
    Starting,

    /// <summary>The ledger confirms what is sent.</summary>
    Following,

    /// <summary>The ledger does not answer or cannot write for now; events are kept and sent again.</summary>
    Waiting,

    /// <summary>Journal and ledger contradict each other: a person must look. Events are kept.</summary>
    Faulted,
}

/// <summary>A moment's picture of the feed.</summary>
/// <param name="State">How it is doing.</param>
/// <param name="Reason">Why, in one sentence, when it is not following; else empty.</param>
/// <param name="Agreed">True once the ledger's mark is known and does not contradict the journal.</param>
/// <param name="ConfirmedSeq">Last sequence number that the ledger has confirmed, ≥ 0.</param>
/// <param name="Parked">The last segments that the ledger set aside, oldest first, at most
/// <see cref="LedgerFeed.MaxParkedKept"/>.</param>
public sealed record FeedStatus(
    FeedState State, string Reason, bool Agreed, long ConfirmedSeq, ImmutableArray<ParkedSegment> Parked);

/// <summary>A segment that the ledger set aside.</summary>
/// <param name="FirstSeq">The sequence number at which it began.</param>
/// <param name="Verdict">Why, in one word.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record ParkedSegment(long FirstSeq, string Verdict, string Reason);

/// <summary>Journal and ledger contradict each other, so waiting does not help.</summary>
public sealed class LedgerFeedException : Exception
{
    /// <summary>Creates the exception with a sentence that says what contradicts what.</summary>
    public LedgerFeedException(string message)
        : base(message)
    {
    }
}
