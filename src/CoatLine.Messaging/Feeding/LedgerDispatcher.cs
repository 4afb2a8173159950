using CoatLine.Domain.Events;
using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// Sends what the journal records to the ledger until the ledger confirms it. The transport is not trusted: only the
/// ledger's own mark moves the journal's, and silence leads to a resend from there.
/// </summary>
internal sealed partial class LedgerDispatcher(
    IEventSource source,
    LedgerFeed feed,
    IBusOutlet outlet,
    MessagingOptions options,
    ILogger<LedgerDispatcher> logger) : BackgroundService
{
    private readonly TimeProvider _time = options.NetworkTime;
    private SendWindow _window = new(options.MaxUnconfirmedSegments, 0);
    private FeedAnswers _answers = null!;
    private TimeSpan _wait = options.ResendAfter;
    private long _lastNews;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The disk or the transport failed. Whatever it was, the journal keeps the events: wait, begin anew.
                LogFailed(source.Line, e.Message, e);
                feed.Report(
                    FeedState.Waiting, $"the feed begins anew, it failed: {e.Message}", false, source.ConfirmedSeq);
                await Task.Delay(NextWait(), _time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await outlet.ReadyAsync(cancellationToken);
        _window = new SendWindow(options.MaxUnconfirmedSegments, source.ConfirmedSeq);
        _answers = new FeedAnswers(source, feed, _window, logger);
        await AskAsync(cancellationToken);
        while (true)
        {
            while (feed.Inbox.TryRead(out object? answer))
            {
                if (_answers.Take(answer))
                {
                    _lastNews = _time.GetTimestamp();
                    _wait = options.ResendAfter;
                }
            }

            if (_answers.AskAgain)
            {
                await AskAsync(cancellationToken);
            }
            else if (MaySend && source.HeadSeq > _window.SentThrough)
            {
                await SendNextAsync(cancellationToken);
            }
            else if (await OverdueAsync(cancellationToken))
            {
                await ResendAsync(cancellationToken);
            }
        }
    }

    private bool MaySend => _answers.Agreed && _window.MaySend;

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (!_window.Waiting)
        {
            _lastNews = _time.GetTimestamp();
        }

        await outlet.PublishAsync(new LedgerMarkRequested(source.Line.Value, _answers.NextAsk()), cancellationToken);
    }

    private async Task SendNextAsync(CancellationToken cancellationToken)
    {
        if (source.HeadSeq - _window.SentThrough < options.MaxSegmentEvents && options.Linger > TimeSpan.Zero)
        {
            await Task.Delay(options.Linger, _time, cancellationToken);
        }

        IReadOnlyList<ChainedEvent> events = source.Read(_window.SentThrough, options.MaxSegmentEvents);
        if (events.Count == 0 || events[0].Seq != _window.SentThrough + 1)
        {
            _answers.Contradiction(
                $"the journal of {source.Line} no longer holds seq {_window.SentThrough + 1}, and the ledger has not " +
                "confirmed it; restore the ledger from its backup");
            return;
        }

        LedgerSegment segment = SegmentCodec.Write(events, _window.Round);
        if (!_window.Waiting)
        {
            _lastNews = _time.GetTimestamp();
        }

        await outlet.PublishAsync(segment, cancellationToken);
        _window.Sent(segment.FirstSeq + segment.Events.Count - 1);
        MessagingMetrics.SegmentsSent.Add(1);
    }

    /// <summary>Waits for an answer or for more to send; true when an answer is overdue.</summary>
    private async Task<bool> OverdueAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var awaited = new List<Task> { feed.Inbox.WaitToReadAsync(over.Token).AsTask() };
        if (MaySend)
        {
            awaited.Add(source.WaitForMoreAsync(_window.SentThrough, over.Token));
        }

        Task? deadline = null;
        if (_window.Waiting || !_answers.Agreed)
        {
            TimeSpan left = _wait - _time.GetElapsedTime(_lastNews);
            if (left <= TimeSpan.Zero)
            {
                return true;
            }

            awaited.Add(deadline = Task.Delay(left, _time, over.Token));
        }

        Task done = await Task.WhenAny(awaited);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (done.IsFaulted)
        {
            await done;
        }

        return done == deadline;
    }

    private async Task ResendAsync(CancellationToken cancellationToken)
    {
        TimeSpan waited = NextWait();
        _lastNews = _time.GetTimestamp();
        _window.RewindTo(_window.Confirmed);
        _answers.Silence(waited);
        MessagingMetrics.Resends.Add(1);
        await AskAsync(cancellationToken);
    }

    /// <summary>The wait that was in force; the next one is twice as long, up to its bound.</summary>
    private TimeSpan NextWait()
    {
        TimeSpan now = _wait;
        _wait = TimeSpan.FromTicks(Math.Min(2 * now.Ticks, options.MaxResendAfter.Ticks));
        return now;
    }
}
