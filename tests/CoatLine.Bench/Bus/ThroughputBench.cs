using System.Diagnostics;
using System.Globalization;

namespace CoatLine.Bench.Bus;

/// <summary>
/// Events a second from the recorded event to its committed row, and the delay when events trickle. In each round every
/// pipeline has its turn, so that a machine which is busy for a while is busy for all of them; one round before is not
/// counted, since the runtime compiles in it.
/// </summary>
internal static class ThroughputBench
{
    /// <summary>The usual way is given so much less to do: it takes as long as the others with all of it.</summary>
    private const int UsualPart = 8;

    private const int PerSecond = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Events a second of each pipeline, in the order given.</summary>
    public static async Task<double[]> RunAsync(IReadOnlyList<IPipeline> pipelines, BusBenchOptions options)
    {
        var rates = pipelines.Select(_ => new List<double>()).ToArray();
        for (int round = -1; round < options.Rounds; round++)
        {
            for (int i = 0; i < pipelines.Count; i++)
            {
                await Console.Error.WriteLineAsync($"round {round}: {pipelines[i].Name} …");
                int events = pipelines[i] is Naive ? options.Events / UsualPart : options.Events;
                double rate = await RateAsync(pipelines[i], events);
                if (round >= 0)
                {
                    rates[i].Add(rate);
                }
            }
        }

        return [.. rates.Select(Median)];
    }

    /// <summary>Delays from begin to committed row at 100 events a second, of each pipeline.</summary>
    public static async Task<Flow[]> DelaysAsync(IReadOnlyList<IPipeline> pipelines, BusBenchOptions options)
    {
        var flows = new List<Flow>();
        foreach (IPipeline pipeline in pipelines)
        {
            await Console.Error.WriteLineAsync($"{PerSecond} events/s: {pipeline.Name} …");

            // The first second is not counted: connections warm up in it.
            await TrickleAsync(pipeline, PerSecond);
            flows.Add(await TrickleAsync(pipeline, PerSecond * options.Seconds));
        }

        return [.. flows];
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task DoneAsync(IPipeline pipeline, Flow flow, int events)
    {
        try
        {
            await flow.Done.WaitAsync(Longest);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(
                Text($"{pipeline.Name}: {flow.Committed} of {events} events committed after {Longest}"), e);
        }
    }

    private static async Task<double> RateAsync(IPipeline pipeline, int events)
    {
        var flow = new Flow(events);
        await pipeline.PrepareAsync(flow);
        long began = Stopwatch.GetTimestamp();
        await pipeline.SendAsync(0, events);
        await DoneAsync(pipeline, flow, events);
        await pipeline.FinishAsync();
        double rate = events / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await pipeline.DisposeAsync();
        return rate;
    }

    private static async Task<Flow> TrickleAsync(IPipeline pipeline, int events)
    {
        var flow = new Flow(events);
        await pipeline.PrepareAsync(flow);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (int i = 0; i < events; i++)
        {
            await timer.WaitForNextTickAsync();
            await pipeline.SendAsync(i, 1);
        }

        await DoneAsync(pipeline, flow, events);
        await pipeline.DisposeAsync();
        return flow;
    }
}
