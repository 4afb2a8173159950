using System.Diagnostics;
using CoatLine.Bench.OpcUa;

namespace CoatLine.Bench.Bus;

/// <summary>One run's events on their way: when each began, and how many rows are committed. Thread-safe; events are
/// numbered from 0 in the order in which they begin, and are committed in that order.</summary>
internal sealed class Flow(int events)
{
    private readonly long[] _began = new long[events];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Histogram _delays = new();
    private int _committed;

    /// <summary>From an event's begin to its committed row.</summary>
    public Histogram Delays => _delays;

    public int Committed => Volatile.Read(ref _committed);

    /// <summary>Completes when every row is committed.</summary>
    public Task Done => _done.Task;

    /// <summary>That many events begin now.</summary>
    public void Begin(int first, int count) => Array.Fill(_began, Stopwatch.GetTimestamp(), first, count);

    /// <summary>Every event before this number is committed; numbers that were told before are told again at no harm.
    /// </summary>
    public void CommitThrough(int end)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            for (; _committed < end; _committed++)
            {
                // Committed before the sender came to note its begin: no time to speak of.
                long began = _began[_committed] == 0 ? now : _began[_committed];
                _delays.Add(Stopwatch.GetElapsedTime(began, now));
            }
        }

        if (end >= events)
        {
            _done.TrySetResult();
        }
    }

    /// <summary>The pipeline broke: whoever waits gets the reason.</summary>
    public void Fail(Exception reason) => _done.TrySetException(reason);
}
