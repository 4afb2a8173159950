using System.Diagnostics;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Ledger.Postgres;
using Npgsql;

namespace CoatLine.Bench.Bus;

/// <summary>What it costs to append to a long ledger, beside a short one.</summary>
internal static class AppendBench
{
    private const int Samples = 200;
    private const int Small = 100_000;

    public static async Task RunAsync(string owner, BusBenchOptions options)
    {
        await Clear.RunAsync(owner);
        await using var ledger = new PostgresLedger(owner);
        Console.WriteLine("Appending segments of 500 to a ledger in PostgreSQL");
        ChainedEvent? last = null;
        double small = double.NaN;
        double large = double.NaN;
        for (long rows = Small; rows <= options.Rows; rows *= 10)
        {
            while ((last?.Seq ?? 0) < rows)
            {
                last = await AppendAsync(ledger, last, null);
            }

            // What the filling left to be written is written before, not while the clock runs.
            await using (var connection = new NpgsqlConnection(owner))
            {
                await connection.OpenAsync();
                await using var flush = new NpgsqlCommand("CHECKPOINT", connection) { CommandTimeout = 0 };
                await flush.ExecuteNonQueryAsync();
            }

            var times = new List<double>();
            for (int i = 0; i < Samples; i++)
            {
                last = await AppendAsync(ledger, last, times);
            }

            large = ThroughputBench.Median(times);
            small = double.IsNaN(small) ? large : small;
            Console.WriteLine(ThroughputBench.Text(
                $"  {rows,10} rows: {large,8:0.00} ms a segment, median of {Samples}"));
        }

        Console.WriteLine(ThroughputBench.Text($"target: at {options.Rows} rows <= 1.20 x that at {Small}: ")
            + ThroughputBench.Text($"{large / small:0.00}, {(large <= 1.2 * small ? "met" : "MISSED")}"));
    }

    private static async Task<ChainedEvent> AppendAsync(PostgresLedger ledger, ChainedEvent? last, List<double>? times)
    {
        var segment = new ChainedEvent[LedgerStore.MaxSegmentEvents];
        for (int i = 0; i < segment.Length; i++)
        {
            segment[i] = last = Chains.Next(last);
        }

        long began = Stopwatch.GetTimestamp();
        AppendOutcome outcome = await ledger.AppendAsync(segment, CancellationToken.None);
        times?.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return outcome.Verdict == AppendVerdict.Committed
            ? last!
            : throw new InvalidOperationException(outcome.Reason);
    }
}
