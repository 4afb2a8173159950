using System.Diagnostics;
using System.Security.Cryptography;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Ledger.Postgres;

namespace CoatLine.Bench.Bus;

/// <summary>How fast a chain is verified, beside SHA-256 over the same bytes in memory and nothing else.</summary>
internal static class VerifyBench
{
    private const int Events = 200_000;

    public static async Task RunAsync(string owner, string folder, BusBenchOptions options)
    {
        List<ChainedEvent> chain = Chains.Of(Events);
        await Clear.RunAsync(owner);
        string file = Path.Combine(folder, "verify.db");
        await using (var ledger = new PostgresLedger(owner))
        using (LedgerStore store = LedgerStore.Open(file))
        {
            foreach (ChainedEvent[] segment in chain.Chunk(LedgerStore.MaxSegmentEvents))
            {
                await ledger.AppendAsync(segment, CancellationToken.None);
                store.Append(segment);
            }
        }

        using var reader = new PostgresReader(owner);
        int most = Environment.ProcessorCount;
        (string Name, Action Work)[] contenders =
        [
            ("bare SHA-256 chain, one processor", () => Bare(chain)),
            ("PostgreSQL, 1 job", () => Sound(LedgerVerifier.Verify(reader, new VerifyScope { Jobs = 1 }))),
            ($"PostgreSQL, {most} jobs", () => Sound(LedgerVerifier.Verify(reader, new VerifyScope { Jobs = most }))),
            ("file, 1 job", () => Sound(LedgerVerifier.Verify(file, new VerifyScope { Jobs = 1 }))),
            ($"file, {most} jobs", () => Sound(LedgerVerifier.Verify(file, new VerifyScope { Jobs = most }))),
        ];
        var rates = contenders.Select(_ => new List<double>()).ToArray();
        for (int round = -1; round < options.Rounds; round++)
        {
            foreach ((int i, (string _, Action work)) in contenders.Index())
            {
                long began = Stopwatch.GetTimestamp();
                work();
                if (round >= 0)
                {
                    rates[i].Add(Events / Stopwatch.GetElapsedTime(began).TotalSeconds);
                }
            }
        }

        double bare = ThroughputBench.Median(rates[0]);
        Console.WriteLine(ThroughputBench.Text(
            $"Verification of {Events} events, {chain[^1].Payload.Length} octets each"));
        foreach ((int i, (string name, Action _)) in contenders.Index())
        {
            double rate = ThroughputBench.Median(rates[i]);
            Console.WriteLine(ThroughputBench.Text($"  {name,-40} {rate,12:0} events/s  {rate / bare,6:0.00} x bare"));
        }

        double one = ThroughputBench.Median(rates[1]) / bare;
        double scaling = ThroughputBench.Median(rates[2]) / ThroughputBench.Median(rates[1]);
        Console.WriteLine(ThroughputBench.Text($"target: verify >= 0.50 x bare per processor: {one:0.00}, ")
            + (one >= 0.5 ? "met" : "MISSED"));
        Console.WriteLine(ThroughputBench.Text(
            $"scaling from 1 to {most} jobs: {scaling:0.00} (the server works beside)"));
    }

    private static void Sound(VerifyReport report)
    {
        if (!report.Sound || report.Events != Events)
        {
            throw new InvalidOperationException($"{report.Events} events, {report.DamageCount} findings");
        }
    }

    private static void Bare(List<ChainedEvent> chain)
    {
        Span<byte> hash = stackalloc byte[32];
        byte[] form = new byte[4096];
        foreach (ChainedEvent e in chain)
        {
            int length = 96 + e.Payload.Length;
            hash.CopyTo(form.AsSpan(28));
            e.Payload.Span.CopyTo(form.AsSpan(96));
            SHA256.HashData(form.AsSpan(0, length), hash);
        }
    }
}
