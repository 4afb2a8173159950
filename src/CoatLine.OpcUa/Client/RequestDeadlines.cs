namespace CoatLine.OpcUa.Client;

/// <summary>
/// One timer for the time-outs of all requests of a channel: it runs at the earliest deadline that was added, so a
/// request costs no timer of its own. Thread safe. The clock is never asked under the lock: it may run timers that want
/// it.
/// </summary>
internal sealed class RequestDeadlines : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Func<long, long> _giveUp;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _armedFor = long.MaxValue;

    /// <param name="time">The network time.</param>
    /// <param name="giveUp">Fails what is due at the given timestamp and returns the earliest deadline left.</param>
    public RequestDeadlines(TimeProvider time, Func<long, long> giveUp)
    {
        _time = time;
        _giveUp = giveUp;
        _timer = time.CreateTimer(
            static state => ((RequestDeadlines)state!).Elapsed(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public void Add(long deadline)
    {
        lock (_gate)
        {
            if (deadline >= _armedFor)
            {
                return;
            }

            _armedFor = deadline;
        }

        Arm(deadline);
    }

    public void Dispose() => _timer.Dispose();

    private void Elapsed()
    {
        lock (_gate)
        {
            _armedFor = long.MaxValue;
        }

        var next = _giveUp(_time.GetTimestamp());
        if (next != long.MaxValue)
        {
            Add(next);
        }
    }

    /// <summary>Sets the timer. Two that set it at once may do so in the wrong order, so whoever was last looks again.
    /// </summary>
    private void Arm(long deadline)
    {
        while (true)
        {
            var steps = Math.Max(0, deadline - _time.GetTimestamp());

            // A millisecond more, so that the timer does not run a moment before the deadline and find nothing due.
            var due = TimeSpan.FromSeconds((double)steps / _time.TimestampFrequency) + TimeSpan.FromMilliseconds(1);
            _timer.Change(due, Timeout.InfiniteTimeSpan);
            lock (_gate)
            {
                // It has run meanwhile, or nobody wanted it sooner.
                if (_armedFor >= deadline)
                {
                    return;
                }

                deadline = _armedFor;
            }
        }
    }
}
