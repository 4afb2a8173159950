using System.Collections.Immutable;
using System.Threading.Channels;

namespace CoatLine.Messaging;

/// <summary>
/// The feed from the journal to the ledger, as the rest of the program sees it: how it is doing, and a way to wait
/// until everything recorded has arrived. Safe for use from several threads.
/// </summary>
public sealed class LedgerFeed
{
    /// <summary>How many parked segments the status keeps, inclusive; older ones are in the log only.</summary>
    public const int MaxParkedKept = 16;

    /// <summary>
    /// How many answers of the ledger may wait to be read; the oldest gives way. None is needed: marks are cumulative,
    /// and silence leads to a resend.
    /// </summary>
    private const int MaxInbox = 256;

    private readonly IEventSource _source;
    private readonly Lock _turn = new();
    private readonly Channel<object> _inbox = Channel.CreateBounded<object>(
        new BoundedChannelOptions(MaxInbox) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedStatus _status;

    internal LedgerFeed(IEventSource source)
    {
        _source = source;
        _status = new FeedStatus(
            FeedState.Starting, "the ledger has not answered yet", Agreed: false, source.ConfirmedSeq, []);
    }

    /// <summary>Raised after each change of <see cref="Status"/>, on the feed's own thread: return soon.</summary>
    public event Action<FeedStatus>? StatusChanged;

    /// <summary>How the feed is doing now.</summary>
    public FeedStatus Status
    {
        get
        {
            lock (_turn)
            {
                return _status;
            }
        }
    }

    internal ChannelReader<object> Inbox => _inbox.Reader;

    /// <summary>
    /// Waits until the ledger has answered and does not contradict the journal: before that an old copy of the journal
    /// is not known from a good one, and recording on it would give numbers out a second time.
    /// </summary>
    /// <exception cref="LedgerFeedException">Journal and ledger contradict each other; do not record.</exception>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public Task AgreeAsync(CancellationToken cancellationToken) =>
        UntilAsync(static status => status.Agreed, cancellationToken);

    /// <summary>
    /// Waits until the ledger has confirmed everything that the journal holds; bound it by the token.
    /// </summary>
    /// <exception cref="LedgerFeedException">Journal and ledger contradict each other; the events are kept.</exception>
    /// <exception cref="OperationCanceledException">The token ended the wait; the events are kept.</exception>
    public Task DrainAsync(CancellationToken cancellationToken) =>
        UntilAsync(status => status.Agreed && _source.ConfirmedSeq >= _source.HeadSeq, cancellationToken);

    /// <summary>Takes an answer of the ledger to the dispatcher; answers about other lines are none of it.</summary>
    internal void Receive(string line, object message)
    {
        if (line == _source.Line.Value)
        {
            _inbox.Writer.TryWrite(message);
        }
    }

    internal void Report(FeedState state, string reason, bool agreed, long confirmedSeq) => Change(status =>
        status with { State = state, Reason = reason, Agreed = agreed, ConfirmedSeq = confirmedSeq });

    internal void Park(ParkedSegment segment) => Change(status => status with
    {
        Parked = [.. status.Parked.Skip(Math.Max(0, status.Parked.Length + 1 - MaxParkedKept)), segment],
    });

    private async Task UntilAsync(Func<FeedStatus, bool> reached, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            FeedStatus status;
            lock (_turn)
            {
                changed = _changed.Task;
                status = _status;
            }

            if (status.State == FeedState.Faulted)
            {
                throw new LedgerFeedException(status.Reason);
            }

            if (reached(status))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(Func<FeedStatus, FeedStatus> change)
    {
        TaskCompletionSource changed;
        FeedStatus now;
        lock (_turn)
        {
            now = change(_status);
            if (now == _status)
            {
                return;
            }

            _status = now;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        StatusChanged?.Invoke(now);
    }
}
