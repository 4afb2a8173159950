using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Faults.Engine;

/// <summary>The clock of the MES's own machine, which can be stepped without the line's clock: line time and an offset.
/// </summary>
internal sealed class MesTime(FakeTimeProvider line) : TimeProvider
{
    public override long TimestampFrequency => line.TimestampFrequency;

    /// <summary>How far it is ahead of the line; negative when it is behind.</summary>
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => line.GetUtcNow() + Offset;

    public override long GetTimestamp() => line.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        line.CreateTimer(callback, state, dueTime, period);
}
