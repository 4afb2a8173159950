using System.Diagnostics;
using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;
using CoatLine.Ledger.Postgres;
using CoatLine.Messaging;
using CoatLine.Messaging.Contracts;

namespace CoatLine.Bench.Bus;

/// <summary>Each part of the way by itself, one after the other: where the time of a whole goes.</summary>
internal static class PartsBench
{
    private const int Events = 20_000;
    private const int AtOnce = 100;

    private static readonly LineId Line = new("bench");

    public static async Task RunAsync(string owner, string folder, BusBenchOptions options)
    {
        List<ChainedEvent[]> segments = [.. Chains.Of(Events).Chunk(LedgerStore.MaxSegmentEvents)];
        List<LedgerSegment> messages = [.. segments.Select(s => SegmentCodec.Write(s, 0))];
        List<byte[]> frames = [.. messages.Select(SegmentFrame.Write)];
        var figures = new Dictionary<string, List<double>>();
        for (int round = -1; round < options.Rounds; round++)
        {
            string path = Path.Combine(folder, Path.GetRandomFileName());
            await Clear.RunAsync(owner);
            using Journal journal = Journal.Open(path, Line, TimeProvider.System);
            using Journal second = Journal.Open(path + "2", Line, TimeProvider.System);
            await using var ledger = new PostgresLedger(owner);
            (string Name, Func<Task> Work)[] parts =
            [
                ("fact to event in the chain", () => Each([Events], static n => Chains.Of(n))),
                ($"journal, {AtOnce} facts a commit", () => Record(journal, AtOnce)),
                ($"journal, {LedgerStore.MaxSegmentEvents} facts a commit",
                    () => Record(second, LedgerStore.MaxSegmentEvents)),
                ("journal, read again", () => Read(journal)),
                ("segment to message", () => Each(segments, static s => SegmentCodec.Write(s, 0))),
                ("message to bytes", () => Each(messages, static m => SegmentFrame.Write(m))),
                ("bytes to message", () => Each(frames, static f => SegmentFrame.Read(f))),
                ("message to segment", () => Each(messages, static m => SegmentCodec.TryRead(m, out _))),
                ("check of a segment", () => Each(segments, static s => SegmentCheck.Refusal(s, out _))),
                ("check, and commit to PostgreSQL", () => AppendAsync(ledger, segments)),
                ("journal, taking confirmations", () => Confirm(journal)),
            ];
            foreach ((string name, Func<Task> work) in parts)
            {
                long began = Stopwatch.GetTimestamp();
                await work();
                if (round >= 0)
                {
                    figures.TryAdd(name, []);
                    figures[name].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds * 1000 / Events);
                }
            }
        }

        Console.WriteLine(ThroughputBench.Text(
            $"Parts by themselves, one at a time, median of {options.Rounds} rounds"));
        foreach ((string name, List<double> times) in figures)
        {
            Console.WriteLine(ThroughputBench.Text($"  {name,-40} {ThroughputBench.Median(times),8:0.00} µs an event"));
        }
    }

    private static Task Record(Journal journal, int atOnce)
    {
        foreach (int[] some in Enumerable.Range(0, Events).Chunk(atOnce))
        {
            journal.AppendAll([.. some.Select(Ours.Fact)]);
        }

        return Task.CompletedTask;
    }

    private static Task Read(Journal journal)
    {
        for (int after = 0; after < Events; after += LedgerStore.MaxSegmentEvents)
        {
            journal.Read(after, LedgerStore.MaxSegmentEvents);
        }

        return Task.CompletedTask;
    }

    private static Task Confirm(Journal journal)
    {
        for (int after = 0; after < Events; after += LedgerStore.MaxSegmentEvents)
        {
            ChainedEvent last = journal.Read(after + LedgerStore.MaxSegmentEvents - 1, 1)[0];
            journal.Confirm(last.Seq, last.Hash);
        }

        return Task.CompletedTask;
    }

    private static Task Each<T>(List<T> all, Func<T, object?> work)
    {
        foreach (T one in all)
        {
            work(one);
        }

        return Task.CompletedTask;
    }

    private static async Task AppendAsync(PostgresLedger ledger, List<ChainedEvent[]> segments)
    {
        foreach (ChainedEvent[] segment in segments)
        {
            AppendOutcome outcome = await ledger.AppendAsync(segment, CancellationToken.None);
            if (outcome.Verdict != AppendVerdict.Committed)
            {
                throw new InvalidOperationException(outcome.Reason);
            }
        }
    }
}
