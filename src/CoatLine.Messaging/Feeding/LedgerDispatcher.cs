using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// Sends what the journal records to the ledger until the ledger confirms it. The transport is not trusted: only the
/// ledger's own mark moves the journal's, and silence leads to a resend from there. What to do is decided by
/// <see cref="FeedCourse"/>; here it is done.
/// </summary>
internal sealed partial class LedgerDispatcher(
    IEventSource source,
    LedgerFeed feed,
    IBusOutlet outlet,
    MessagingOptions options,
    ILogger<LedgerDispatcher> logger) : BackgroundService
{
    private readonly TimeProvider _time = options.NetworkTime;
    private readonly FeedCourse _course = new(source, feed, options, logger);
    /// <summary>Segments that the transport was given and has not said to have; no more than may be unconfirmed.
    /// </summary>
    private readonly Queue<Task> _handed = new();

    private readonly long _began = options.NetworkTime.GetTimestamp();

    private TimeSpan Now => _time.GetElapsedTime(_began);

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
                Forget();
                // The disk or the transport failed. Whatever it was, the journal keeps the events: wait, begin anew.
                LogFailed(source.Line, e.Message, e);
                feed.Report(
                    FeedState.Waiting, $"the feed begins anew, it failed: {e.Message}", false, source.ConfirmedSeq);
                await Task.Delay(_course.NextWait(), _time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await outlet.ReadyAsync(cancellationToken);
        _course.Begin();
        while (true)
        {
            while (feed.Inbox.TryRead(out object? answer))
            {
                _course.Take(answer, Now);
            }

            while (_handed.TryPeek(out Task? handed)
                && (handed.IsCompleted || _handed.Count >= options.MaxUnconfirmedSegments))
            {
                await _handed.Dequeue();
            }

            await (_course.Next(Now) switch
            {
                FeedMove.Ask => outlet.PublishAsync(_course.Ask(Now), cancellationToken),
                FeedMove.Send => SendNextAsync(cancellationToken),
                _ => WaitAsync(cancellationToken),
            });
        }
    }

    private async Task SendNextAsync(CancellationToken cancellationToken)
    {
        if (source.HeadSeq - _course.SentThrough < options.MaxSegmentEvents && options.Linger > TimeSpan.Zero)
        {
            await Task.Delay(options.Linger, _time, cancellationToken);
        }

        if (_course.NextSegment(Now) is { } segment)
        {
            // The broker says only later that it has it; meanwhile the next one is read. Should they overtake each
            // other, the ledger reports a gap.
            _handed.Enqueue(outlet.PublishAsync<LedgerSegment>(segment, cancellationToken));
            _course.Sent(segment);
        }
    }

    /// <summary>What becomes of them no longer matters: everything is sent again from the mark.</summary>
    private void Forget()
    {
        while (_handed.TryDequeue(out Task? handed))
        {
            _ = handed.ContinueWith(
                static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    /// <summary>Waits for an answer or for more to send, but not beyond the deadline.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var awaited = new List<Task> { feed.Inbox.WaitToReadAsync(over.Token).AsTask() };
        if (_course.MaySend)
        {
            awaited.Add(source.WaitForMoreAsync(_course.SentThrough, over.Token));
        }

        TimeSpan left = _course.Deadline - Now;
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        awaited.Add(Task.Delay(left, _time, over.Token));
        awaited.AddRange(_handed.Take(1));
        Task done = await Task.WhenAny(awaited);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (done.IsFaulted)
        {
            await done;
        }
    }
}
