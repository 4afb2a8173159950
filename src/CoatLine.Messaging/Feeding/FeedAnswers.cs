using CoatLine.Domain.Events;
using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>What the dispatcher makes of the ledger's answers; decides, but sends nothing itself. One caller.</summary>
internal sealed partial class FeedAnswers(
    IEventSource source, LedgerFeed feed, SendWindow window, ILogger logger)
{
    /// <summary>
    /// How many refusals in a row lead to an immediate resend; then the timed one takes over, so that a segment that
    /// is lost or spoilt each time does not keep the bus busy.
    /// </summary>
    public const int MaxQuickResends = 3;

    /// <summary>How many times in a row a segment may be parked before a person is asked to look.</summary>
    public const int MaxParkedInRow = 3;

    private long _ask;
    private long _answered;
    private long _confirmedWhenAsked;
    private int _quickResends;
    private int _parkedInRow;

    /// <summary>The ledger's mark is known and does not contradict the journal: events may be sent.</summary>
    public bool Agreed { get; private set; }

    /// <summary>The mark should be asked for before anything else.</summary>
    public bool AskAgain { get; private set; }

    /// <summary>The last request for the mark is not answered yet.</summary>
    public bool IsAskOpen => _answered < _ask;

    /// <summary>Number of the next request for the mark.</summary>
    public long NextAsk()
    {
        AskAgain = false;
        _confirmedWhenAsked = window.Confirmed;
        return ++_ask;
    }

    /// <summary>Takes an answer; true when the ledger's mark has moved.</summary>
    public bool Take(object answer)
    {
        switch (answer)
        {
            case LedgerMarkMoved mark:
                return TakeMark(mark);
            case LedgerGapReported gap when gap.Round == window.Round:
                LogGap(source.Line, gap.DueSeq, gap.FirstSeq);
                ResendSoon(gap.DueSeq - 1);
                return false;
            case LedgerSegmentParked parked:
                TakeParked(parked);
                return false;
            case LedgerUnavailable unavailable when feed.Status.State != FeedState.Faulted:
                feed.Report(FeedState.Waiting, unavailable.Reason, Agreed, window.Confirmed);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Nothing came for so long.</summary>
    public void Silence(TimeSpan waited)
    {
        LogSilence(source.Line, window.Confirmed, waited);
        if (feed.Status.State is FeedState.Following or FeedState.Starting)
        {
            feed.Report(FeedState.Waiting,
                $"the ledger has confirmed nothing for {waited.TotalSeconds:0.###} s", Agreed, window.Confirmed);
        }
    }

    /// <summary>Journal and ledger contradict each other; nothing is sent until a mark says otherwise.</summary>
    public void Contradiction(string reason)
    {
        Agreed = false;
        Fault(reason);
    }

    private bool TakeMark(LedgerMarkMoved mark)
    {
        if (Disagreement(mark) is { } reason)
        {
            Contradiction(reason);
            return false;
        }

        bool answersAsk = mark.Ask == _ask;
        _answered = Math.Max(_answered, answersAsk ? _ask : 0);
        if (answersAsk && mark.Seq < _confirmedWhenAsked)
        {
            if (!TakeBack(mark.Seq))
            {
                return false;
            }
        }

        bool moved = window.Confirm(mark.Seq);
        if (moved)
        {
            _quickResends = 0;
            _parkedInRow = 0;
        }

        // Also a mark that says nothing new: the journal compares it with what it was told before.
        source.Confirm(mark.Seq, ChainHash.Parse(mark.Hash));

        bool agreedBefore = Agreed;
        Agreed |= answersAsk;
        FeedState state = feed.Status.State;
        bool nothingOpen = Agreed && window.Confirmed >= source.HeadSeq;
        if (moved || nothingOpen || (Agreed && !agreedBefore) || state == FeedState.Following)
        {
            feed.Report(FeedState.Following, "", Agreed, window.Confirmed);
        }

        return moved;
    }

    /// <summary>Why a mark cannot be of this journal's chain; null when it can.</summary>
    private string? Disagreement(LedgerMarkMoved mark)
    {
        if (mark.Seq > source.HeadSeq)
        {
            return $"the ledger has seq {mark.Seq} of {source.Line}, but the journal ends at {source.HeadSeq}: " +
                "it is an old copy, and must not go on recording; restore the newer journal";
        }

        ChainedEvent? own = mark.Seq == 0 ? null : Kept(mark.Seq);
        return own is null || own.Hash.ToString() == mark.Hash
            ? null
            : $"seq {mark.Seq} of {source.Line} has hash {mark.Hash} in the ledger and {own.Hash} in the journal: " +
                "they are of two different chains; find out which one is true";
    }

    /// <summary>The ledger has less than it once confirmed: it was restored from a backup, or lost.</summary>
    private bool TakeBack(long ledgerSeq)
    {
        if (Kept(ledgerSeq + 1) is null)
        {
            Contradiction($"the ledger has {source.Line} only up to seq {ledgerSeq}, but had confirmed it up to " +
                $"{_confirmedWhenAsked}, and the journal no longer holds what is between; restore the ledger");
            return false;
        }

        LogTakenBack(source.Line, ledgerSeq, _confirmedWhenAsked);
        window.RewindTo(ledgerSeq);
        return true;
    }

    /// <summary>The journal's event of that number; null when it was retired.</summary>
    private ChainedEvent? Kept(long seq) => source.Read(seq - 1, 1) is [{ } e] && e.Seq == seq ? e : null;

    private void TakeParked(LedgerSegmentParked parked)
    {
        feed.Park(new ParkedSegment(parked.FirstSeq, parked.Verdict, parked.Reason));
        if (parked.Round != window.Round)
        {
            return;
        }

        if (++_parkedInRow >= MaxParkedInRow)
        {
            Fault($"the ledger refuses {source.Line} from seq {parked.FirstSeq} ({parked.Verdict}): {parked.Reason}");
        }

        ResendSoon(window.Confirmed);
    }

    private void ResendSoon(long afterSeq)
    {
        if (_quickResends >= MaxQuickResends)
        {
            return;
        }

        _quickResends++;
        MessagingMetrics.Resends.Add(1);
        AskAgain = afterSeq < window.Confirmed;
        window.RewindTo(Math.Max(afterSeq, window.Confirmed));
    }

    private void Fault(string reason)
    {
        if (feed.Status is not { State: FeedState.Faulted } status || status.Reason != reason)
        {
            LogFaulted(source.Line, reason);
        }

        feed.Report(FeedState.Faulted, reason, Agreed, window.Confirmed);
    }
}
