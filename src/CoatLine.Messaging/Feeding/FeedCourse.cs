using CoatLine.Domain.Events;
using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>What the feed does next.</summary>
internal enum FeedMove
{
    /// <summary>Ask the ledger for its mark: <see cref="FeedCourse.Ask"/>.</summary>
    Ask,

    /// <summary>Send more: <see cref="FeedCourse.NextSegment"/>.</summary>
    Send,

    /// <summary>Wait for an answer, for more to send, or until <see cref="FeedCourse.Deadline"/>.</summary>
    Wait,
}

/// <summary>
/// The whole of the feed's decisions: when to ask, what to send, when to send it again. It does nothing by itself and
/// knows neither clock nor transport: times are told, as spans from any fixed moment. One caller.
/// </summary>
internal sealed class FeedCourse(IEventSource source, LedgerFeed feed, MessagingOptions options, ILogger logger)
{
    private SendWindow _window = new(options.MaxUnconfirmedSegments, 0);
    private FeedAnswers _answers = null!;
    private TimeSpan _wait = options.ResendAfter;
    private TimeSpan _lastNews;
    private bool _isAskDue;

    /// <summary>Everything up to and with this number was sent, or confirmed.</summary>
    public long SentThrough => _window.SentThrough;

    /// <summary>Whether more may be sent as soon as there is more.</summary>
    public bool MaySend => _answers.Agreed && _window.MaySend;

    /// <summary>When an answer is overdue, or, when none is awaited, when the ledger is asked whether it still has what
    /// it confirmed.</summary>
    public TimeSpan Deadline => _lastNews + (IsAnswerAwaited ? _wait : options.AskAgainAfter);

    private bool IsAnswerAwaited => _window.Waiting || !_answers.Agreed || _answers.IsAskOpen;

    /// <summary>Begins anew from what the journal knows to be confirmed.</summary>
    public void Begin()
    {
        _window = new SendWindow(options.MaxUnconfirmedSegments, source.ConfirmedSeq);
        _answers = new FeedAnswers(source, feed, _window, logger);
        _isAskDue = true;
    }

    /// <summary>What is to be done now.</summary>
    public FeedMove Next(TimeSpan now)
    {
        if (!_isAskDue && !_answers.AskAgain)
        {
            if (MaySend && source.HeadSeq > _window.SentThrough)
            {
                return FeedMove.Send;
            }

            if (now < Deadline)
            {
                return FeedMove.Wait;
            }

            if (IsAnswerAwaited)
            {
                Resend(now);
            }
        }

        return FeedMove.Ask;
    }

    /// <summary>The request for the ledger's mark.</summary>
    public LedgerMarkRequested Ask(TimeSpan now)
    {
        _isAskDue = false;
        Await(now);
        return new LedgerMarkRequested(source.Line.Value, _answers.NextAsk());
    }

    /// <summary>The segment that is due; null when the journal no longer holds it, which is told.</summary>
    public LedgerSegment? NextSegment(TimeSpan now)
    {
        IReadOnlyList<ChainedEvent> events = source.Read(_window.SentThrough, options.MaxSegmentEvents);
        if (events.Count == 0 || events[0].Seq != _window.SentThrough + 1)
        {
            _answers.Contradiction(
                $"the journal of {source.Line} no longer holds seq {_window.SentThrough + 1}, and the ledger has not " +
                "confirmed it; restore the ledger from its backup");
            return null;
        }

        Await(now);
        return SegmentCodec.Write(events, _window.Round);
    }

    /// <summary>The transport has taken it.</summary>
    public void Sent(LedgerSegment segment)
    {
        _window.Sent(segment.FirstSeq + segment.Events.Count - 1);
        MessagingMetrics.SegmentsSent.Add(1);
    }

    /// <summary>Takes an answer of the ledger.</summary>
    public void Take(object answer, TimeSpan now)
    {
        bool wasAskOpen = _answers.IsAskOpen;
        bool hasMoved = _answers.Take(answer);
        if (hasMoved || (wasAskOpen && !_answers.IsAskOpen && !_window.Waiting))
        {
            _lastNews = now;
            _wait = options.ResendAfter;
        }
    }

    /// <summary>The wait that was in force; the next one is twice as long, up to its bound.</summary>
    public TimeSpan NextWait()
    {
        TimeSpan now = _wait;
        _wait = TimeSpan.FromTicks(Math.Min(2 * now.Ticks, options.MaxResendAfter.Ticks));
        return now;
    }

    private void Await(TimeSpan now)
    {
        if (!_window.Waiting)
        {
            _lastNews = now;
        }
    }

    private void Resend(TimeSpan now)
    {
        TimeSpan waited = NextWait();
        _lastNews = now;
        _window.RewindTo(_window.Confirmed);
        _answers.Silence(waited);
        MessagingMetrics.Resends.Add(1);
        _isAskDue = true;
    }
}
