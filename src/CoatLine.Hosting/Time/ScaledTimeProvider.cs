namespace CoatLine.Hosting.Time;

/// <summary>
/// Line time: a clock that runs <see cref="Speed"/> times as fast as the real one and agrees with every other clock
/// made from the same anchor, in whatever process. Wall time, time stamps, timers and delays scale alike; nothing that
/// belongs to the network may use it. Thread-safe.
/// </summary>
public sealed class ScaledTimeProvider : TimeProvider
{
    /// <summary>The slowest speed, inclusive.</summary>
    public const double SlowestSpeed = 0.1;

    /// <summary>The fastest speed, inclusive.</summary>
    public const double FastestSpeed = 10_000;

    private readonly DateTimeOffset _anchorReal;
    private readonly DateTimeOffset _anchorLine;
    private readonly TimeProvider _real;
    private readonly long _bornAt;

    /// <summary>Creates the clock: line now = anchorLine + (real now − anchorReal) · speed.</summary>
    /// <param name="anchorReal">A moment of the real clock.</param>
    /// <param name="anchorLine">The line time at that moment.</param>
    /// <param name="speed">Line seconds per real second, 0.1 to 10 000 inclusive.</param>
    /// <param name="real">The real clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is outside its range or not a number.</exception>
    public ScaledTimeProvider(DateTimeOffset anchorReal, DateTimeOffset anchorLine, double speed, TimeProvider real)
    {
        if (!IsSpeed(speed))
        {
            throw new ArgumentOutOfRangeException(
                nameof(speed), speed, $"speed must be {SlowestSpeed} to {FastestSpeed} line seconds per second");
        }

        _anchorReal = anchorReal;
        _anchorLine = anchorLine;
        Speed = speed;
        _real = real;
        _bornAt = real.GetTimestamp();
    }

    /// <summary>Line seconds per real second, 0.1 to 10 000 inclusive.</summary>
    public double Speed { get; }

    /// <summary>Ticks of 100 ns of line time.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Whether a number may be a speed: 0.1 to 10 000 inclusive, and not NaN.</summary>
    public static bool IsSpeed(double speed) => speed is >= SlowestSpeed and <= FastestSpeed;

    /// <summary>
    /// Line time now (UTC). It stands still at the end of the calendar (year 9999) rather than overflow: at 10 000
    /// that is nine months of real time after the anchor.
    /// </summary>
    public override DateTimeOffset GetUtcNow()
    {
        double ticks = (_real.GetUtcNow() - _anchorReal).Ticks * Speed;
        long room = (DateTimeOffset.MaxValue - _anchorLine).Ticks;
        return ticks >= room ? DateTimeOffset.MaxValue : _anchorLine.AddTicks((long)ticks);
    }

    /// <summary>Line ticks since this object was made; monotonic when the real time stamp is.</summary>
    public override long GetTimestamp() => (long)(_real.GetElapsedTime(_bornAt).Ticks * Speed);

    /// <summary>A timer whose due time and period are line time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(_real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)), this);

    /// <summary>
    /// Real time that this much line time takes. Infinite stays infinite; anything above zero stays above zero, so
    /// that a short period does not become "once"; a wait longer than a timer allows becomes the longest it allows.
    /// </summary>
    private TimeSpan ToReal(TimeSpan line)
    {
        if (line == Timeout.InfiniteTimeSpan || line == TimeSpan.Zero)
        {
            return line;
        }

        // Timers take at most 2³²−2 ms; they are also given in whole milliseconds, rounded up so as never to be early.
        double milliseconds = Math.Min(Math.Ceiling(line.TotalMilliseconds / Speed), uint.MaxValue - 1d);
        return TimeSpan.FromMilliseconds(Math.Max(milliseconds, 1d));
    }

    private sealed class ScaledTimer(ITimer inner, ScaledTimeProvider clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            inner.Change(clock.ToReal(dueTime), clock.ToReal(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
