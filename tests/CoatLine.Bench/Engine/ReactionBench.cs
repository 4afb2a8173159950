using System.Diagnostics;
using System.Globalization;
using CoatLine.Bench.OpcUa;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Bench.Engine;

/// <summary>
/// How soon the next request follows a completion: batches on the simulated line over real sockets, with the journal on
/// a real disk. Between the batches of the same run: bare writes over the same connection, and bare commits of the same
/// kind of journal on the same disk.
/// </summary>
internal static class ReactionBench
{
    private const double Speed = 3000;
    private const double P99 = 0.99;
    private const double TargetMs = 5;
    private const int MostBatches = 1000;

    /// <summary>Bare writes and commits after each batch.</summary>
    private const int Bare = 60;

    /// <summary>So many of the slowest are shown one by one.</summary>
    private const int Slowest = 5;

    private const string RecipeName = "embodiment-4.yaml";

    public static async Task RunAsync(EngineBenchOptions options)
    {
        string folder = Directory.CreateDirectory(Path.Combine(options.Folder, Path.GetRandomFileName())).FullName;
        try
        {
            var trace = new ReactionTrace();
            await using BenchLine line = await BenchLine.StartAsync(folder, Speed, trace);
            using Journal journal = Journal.Open(
                Path.Combine(folder, "journal.db"),
                History.Line,
                line.Time,
                EventIdSource.Secure(),
                (moment, _) => trace.OnTransaction(moment));
            journal.Appended += trace.OnFact;
            using Journal bare = Journal.Open(Path.Combine(folder, "bare.db"), History.Line, TimeProvider.System);
            var engine = new BatchEngine(journal, line.Line, line.Time, NullLogger<BatchEngine>.Instance);
            string yaml = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "recipes", RecipeName));
            Recipe recipe = RecipeFile.Read(yaml, RecipeName).Recipe!;
            List<double> writes = [];
            List<double> commits = [];
            int warm = 0;
            for (int batch = 0; batch < MostBatches && trace.Taken.Count - warm < options.Phases; batch++)
            {
                await Console.Error.WriteLineAsync($"batch {batch}, {trace.Taken.Count - warm} reactions …");
                BatchOutcome outcome = await engine.RunAsync(
                    engine.CreateBatch(recipe, yaml).Batch!, CancellationToken.None);
                trace.OnEnd();
                if (outcome is not BatchWasReleased)
                {
                    Console.WriteLine($"a batch was not released: {outcome}");
                }

                // The runtime compiles in the first one, which is not counted.
                warm = batch == 0 ? trace.Taken.Count : warm;
                for (int i = 0; batch > 0 && i < Bare; i++)
                {
                    writes.Add(await WriteAsync(line.Connection, i));
                    commits.Add(Commit(bare, batch));
                }
            }

            Report([.. trace.Taken.Skip(warm)], writes, commits);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One write of what the MES writes anyway, in ms.</summary>
    private static async Task<double> WriteAsync(ILineConnection connection, int count)
    {
        long began = Stopwatch.GetTimestamp();
        await connection.WriteAsync(
            [new TagWrite(new TagAddress("Mixer.Heartbeat.Mes"), Variant.Of((uint)count))], CancellationToken.None);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Commit(Journal journal, int batch)
    {
        long began = Stopwatch.GetTimestamp();
        journal.Append(new BatchResumed(Text($"B-{batch}"), "a fact of usual length"));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static void Report(Reaction[] reactions, List<double> writes, List<double> commits)
    {
        Console.WriteLine(
            Text($"Reaction: {reactions.Length} phases at speed {Speed}, Aes256_Sha256_RsaPss on the loopback"));
        Console.WriteLine("(those behind which a slurry had to cool down are left out)");
        Console.WriteLine($"{"ms",-58} {"p50",8} {"p99",8} {"max",8}");
        Row("completion published → next request's first write", reactions.Select(r => r.Total.TotalMilliseconds));
        Row("  published → report at the client", reactions.Where(r => r.Reported > 0)
            .Select(r => Ms(r.Reported - r.Published)));
        Row("  report at the client → write begun", reactions.Where(r => r.Reported > 0 && r.Writing > r.Reported)
            .Select(r => Ms(r.Writing - r.Reported)));
        Row("  in service calls of the client before the write", reactions.Select(r => Ms(r.Reading)));
        Row("  in journal transactions", reactions.Select(r => Ms(r.Committing)));
        Row("  write begun → at the server", reactions.Select(r => Ms(r.Written - r.Writing)));
        Row("  reaction without journal transactions", reactions.Select(r =>
            r.Total.TotalMilliseconds - Ms(r.Committing)));
        Row("bare write round trip, same connection", writes);
        Row("bare commit of one fact, same disk", commits);
        Console.WriteLine(Text($"reads {Mean(reactions, r => r.Reads):0.0}, ")
            + Text($"commits {Mean(reactions, r => r.Commits):0.0} a reaction"));
        foreach (Reaction slow in reactions.OrderByDescending(r => r.Total).Take(Slowest))
        {
            Console.WriteLine(Text($"  {slow.Total.TotalMilliseconds,8:0.00} ms from {slow.After} to {slow.First}, ")
                + Text($"of it {Ms(slow.Committing):0.00} ms in {slow.Commits} commits"));
        }

        double p99 = Quantile(reactions.Select(r => r.Total.TotalMilliseconds), P99);
        double limit = Quantile(writes, P99) + TargetMs;
        Console.WriteLine(Text($"target: p99 ≤ 1 write round trip (p99) + {TargetMs} ms = {limit:0.00} ms: ")
            + Text($"{p99:0.00} ms, {(p99 <= limit ? "met" : "MISSED")}"));
    }

    private static void Row(string name, IEnumerable<double> values)
    {
        double[] all = [.. values];
        Console.WriteLine($"{name,-58} "
            + Text($"{Quantile(all, 0.5),8:0.00} {Quantile(all, P99),8:0.00} {Quantile(all, 1),8:0.00}"));
    }

    private static double Ms(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;

    private static double Mean(Reaction[] reactions, Func<Reaction, int> of) =>
        reactions.Length == 0 ? double.NaN : reactions.Average(of);

    private static double Quantile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * part) - 1)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
