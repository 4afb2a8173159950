using System.Globalization;

namespace CoatLine.Messaging.Tailing;

/// <summary>
/// Follows the events on the exchange for dashboards as any consumer of RabbitMQ could: each line's events once and in
/// order. What it missed it asks for; when it was blind it says so. It needs the broker alone. One caller.
/// </summary>
/// <param name="broker">The broker.</param>
/// <param name="line">The line; null for all.</param>
/// <param name="from">First sequence number wanted, from 1, of each line; what is there already comes at once where
/// <paramref name="line"/> is given, else with the line's next event. Null begins with what comes first.
/// </param>
/// <param name="time">The machine's clock.</param>
public sealed class EventTail(RabbitMqOptions broker, string? line, long? from, TimeProvider time)
{
    /// <summary>Lines that can be followed at once, inclusive; events of others are left out, which is said.</summary>
    public const int MaxLines = 256;

    /// <summary>The longest wait before another attempt to connect.</summary>
    public static readonly TimeSpan MaxBackOff = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an answer may be silent before it is asked for again.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How often answers are looked after, and how soon a short one is asked for again.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, LineTail> _lines = [];
    private readonly Dictionary<string, long> _news = [];
    private Func<TailedEvent, bool> _show = static _ => false;
    private Action<string> _remark = static _ => { };

    /// <summary>Follows until it is told that it is enough.</summary>
    /// <param name="show">Takes an event; false when it is enough. Events wait while it works.</param>
    /// <param name="remark">Takes a sentence about what was missed, and when nothing could be seen.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BrokerException">The broker could not be used from the start.</exception>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public async Task RunAsync(
        Func<TailedEvent, bool> show, Action<string> remark, CancellationToken cancellationToken)
    {
        (_show, _remark) = (show, remark);
        if (line is not null)
        {
            _lines[line] = new LineTail(line, from);
        }

        RabbitConnections connections = new(broker, time);
        DateTimeOffset? blindSince = null;
        TimeSpan backOff = FirstBackOff;
        for (int attempt = 1; ; attempt++)
        {
            TailQueue queue = new(connections, line, attempt, time);
            bool isOpen = false;
            try
            {
                await queue.OpenAsync(cancellationToken).ConfigureAwait(false);
                isOpen = true;
                backOff = FirstBackOff;
                SeeAgain(ref blindSince);
                await FollowAsync(queue, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && (isOpen || attempt > 1))
            {
                blindSince ??= time.GetUtcNow();
                remark($"blind since {Clock(blindSince.Value)}: {connections.Reason(e).Message}; connecting again");
            }
            finally
            {
                await queue.DisposeAsync().ConfigureAwait(false);
            }

            await Task.Delay(backOff, time, cancellationToken).ConfigureAwait(false);
            backOff = TimeSpan.FromTicks(Math.Min(2 * backOff.Ticks, MaxBackOff.Ticks));
        }
    }

    private void SeeAgain(ref DateTimeOffset? blindSince)
    {
        if (blindSince is { } since)
        {
            _remark($"was blind from {Clock(since)} to {Clock(time.GetUtcNow())}; what was missed is asked for");
            blindSince = null;
            foreach (LineTail tail in _lines.Values)
            {
                tail.Blind();
            }
        }
    }

    /// <summary>Returns when it is enough.</summary>
    private async Task FollowAsync(TailQueue queue, CancellationToken cancellationToken)
    {
        Task<bool>? more = null;
        while (true)
        {
            await AskAsync(queue, isTick: false, cancellationToken).ConfigureAwait(false);
            more ??= queue.Messages.WaitToReadAsync(cancellationToken).AsTask();
            Task tick = Task.Delay(Tick, time, cancellationToken);
            if (await Task.WhenAny(more, tick).ConfigureAwait(false) == more)
            {
                await more.ConfigureAwait(false);
                more = null;
                if (!await TakeAsync(queue, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            else
            {
                cancellationToken.ThrowIfCancellationRequested();
                await AskAsync(queue, isTick: true, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task AskAsync(TailQueue queue, bool isTick, CancellationToken cancellationToken)
    {
        foreach ((string name, LineTail tail) in _lines)
        {
            if (isTick && tail.IsAsking && time.GetElapsedTime(_news[name]) > AnswerTimeout)
            {
                _remark($"{name}: no answer to the request for what is missing; asking again");
                tail.Unanswered();
            }

            if ((tail.IsShort && !isTick) || tail.Ask() is not { } request)
            {
                continue;
            }

            _news[name] = time.GetTimestamp();
            if (!await queue.AskAsync(request, AnswerTimeout, cancellationToken).ConfigureAwait(false))
            {
                _remark($"{name}: nobody on this broker gives replays; no ledger has been there yet");
            }
        }
    }

    private async Task<bool> TakeAsync(TailQueue queue, CancellationToken cancellationToken)
    {
        ulong last = 0;
        while (queue.Messages.TryRead(out TailMessage? message))
        {
            last = message.Tag;
            if (!Take(message))
            {
                return false;
            }
        }

        if (last != 0)
        {
            await queue.DoneAsync(last, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private bool Take(TailMessage message)
    {
        if ((message.Event?.Line ?? message.End?.Line) is not { } name)
        {
            _remark($"a message is left out, it is no event ({message.Wrong})");
            return true;
        }

        if (!_lines.TryGetValue(name, out LineTail? tail))
        {
            if (_lines.Count >= MaxLines)
            {
                _remark($"an event of {name} is left out: {MaxLines} lines are followed already");
                return true;
            }

            tail = _lines[name] = new LineTail(name, from);
        }

        _news[name] = time.GetTimestamp();
        if (message.Event is { } e)
        {
            return tail.Take(e).All(_show);
        }

        TailStep step = tail.End(message.End!.From, message.End.Through);
        if (step.Lost is { } lost)
        {
            _remark(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: the ledger does not give {lost.From} to {lost.Through}; going on without them"));
        }

        return step.Ready.All(_show);
    }

    private static string Clock(DateTimeOffset moment) =>
        moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
