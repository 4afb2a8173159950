using System.Diagnostics;

namespace CoatLine.Bench.OpcUa;

/// <summary>Counters of this process between two moments.</summary>
internal sealed class Meter
{
    private readonly long startedAt;
    private readonly TimeSpan cpu;
    private readonly long bytes;

    public Meter()
    {
        bytes = GC.GetTotalAllocatedBytes(precise: true);
        cpu = Environment.CpuUsage.TotalTime;
        startedAt = Stopwatch.GetTimestamp();
    }

    public Sample Stop(long items, Histogram durations)
    {
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        var used = Environment.CpuUsage.TotalTime - cpu;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Sample(
            items, elapsed, used, allocated, durations.Quantile(0.5), durations.Quantile(0.99));
    }

    /// <summary>Repeats calls in lanes for the given time. Each call is timed on its own.</summary>
    public static async Task<Sample> RepeatAsync(int lanes, int itemsPerCall, TimeSpan time, Func<Task> call)
    {
        var durations = new Histogram[lanes];
        var calls = new long[lanes];
        for (var i = 0; i < lanes; i++)
        {
            durations[i] = new Histogram();
        }

        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => LaneAsync(lane)));
        var all = durations[0];
        foreach (var more in durations.AsSpan(1))
        {
            all.Add(more);
        }

        return meter.Stop(calls.Sum() * itemsPerCall, all);

        async Task LaneAsync(int lane)
        {
            var mine = durations[lane];
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var at = Stopwatch.GetTimestamp();
                await call().ConfigureAwait(false);
                mine.Add(Stopwatch.GetElapsedTime(at));
                calls[lane]++;
            }
        }
    }
}
