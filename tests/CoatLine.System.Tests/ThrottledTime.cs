namespace CoatLine.System.Tests;

/// <summary>
/// Line time whose speed a test changes while the line runs: fast where nothing is of interest, slow where a command
/// has to meet a phase under way. Never goes back. Thread-safe.
/// </summary>
internal sealed class ThrottledTime : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _anchor = System.GetUtcNow();
    private long _anchoredAt = System.GetTimestamp();
    private double _speed = 1;

    public double Speed
    {
        get
        {
            lock (_gate)
            {
                return _speed;
            }
        }

        set
        {
            lock (_gate)
            {
                (_anchor, _anchoredAt) = (Now(), System.GetTimestamp());
                _speed = value;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Now();
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LineTimer(this, callback, state, dueTime);

    private DateTimeOffset Now() => _anchor + (System.GetElapsedTime(_anchoredAt) * _speed);

    /// <summary>A timer that looks at the line's clock often, as its speed may have changed.</summary>
    private sealed class LineTimer : ITimer
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

        private readonly ThrottledTime _time;
        private readonly ITimer _look;
        private long _dueAt = long.MaxValue;

        public LineTimer(ThrottledTime time, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            _time = time;
            _look = System.CreateTimer(
                _ =>
                {
                    long due = Interlocked.Read(ref _dueAt);
                    if (time.GetTimestamp() >= due
                        && Interlocked.CompareExchange(ref _dueAt, long.MaxValue, due) == due)
                    {
                        callback(state);
                    }
                },
                null,
                Look,
                Look);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            long due = dueTime < TimeSpan.Zero ? long.MaxValue : _time.GetTimestamp() + dueTime.Ticks;
            Interlocked.Exchange(ref _dueAt, due);
            return true;
        }

        public void Dispose() => _look.Dispose();

        public ValueTask DisposeAsync() => _look.DisposeAsync();
    }
}
