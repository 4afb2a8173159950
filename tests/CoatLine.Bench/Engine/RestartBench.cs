using System.Diagnostics;
using System.Globalization;
using CoatLine.Bench.OpcUa;

namespace CoatLine.Bench.Engine;

/// <summary>How long a restart takes with a past of so many events, and what memory it takes: each in a process of its
/// own, the largest and the empty journal turn by turn.</summary>
internal static class RestartBench
{
    private const int Rounds = 3;
    private const double TargetS = 2;

    /// <summary>The ledger of the whole host is made more slowly than the journal, so it has this part of it.</summary>
    private const int HostPart = 10;

    public static async Task RunAsync(EngineBenchOptions options)
    {
        int[] sizes = [0, options.Events / 100, options.Events / 10, options.Events];
        Console.WriteLine(Text($"Restart: median of {Rounds} processes, the files not in memory before;"));
        Console.WriteLine("nothing is confirmed, so that every row is there");
        Console.WriteLine($"{"past events",12} {"open s",8} {"ready s",8} {"managed MB",11} {"peak RSS MB",12} "
            + $"{"made in s",10} {"file MB",8}");
        Readiness last = await TableAsync(options, sizes, wholeHost: false);
        Console.WriteLine(
            Text($"target: ready within {TargetS} s of the process's start with {options.Events} events: ")
            + Text($"{last.ReadyS:0.00} s, {(last.ReadyS <= TargetS ? "met" : "MISSED")}"));
        Console.WriteLine();
        Console.WriteLine("Restart of the whole host, journal and ledger in agreement (rows retired)");
        await TableAsync(options, [0, options.Events / HostPart], wholeHost: true);
    }

    private static async Task<Readiness> TableAsync(EngineBenchOptions options, int[] sizes, bool wholeHost)
    {
        string root = Directory.CreateDirectory(Path.Combine(options.Folder, Path.GetRandomFileName())).FullName;
        try
        {
            var made = new List<(int Events, string Folder, TimeSpan Time, double Mb)>();
            foreach (int size in sizes)
            {
                await Console.Error.WriteLineAsync($"making a past of {size} events …");
                string folder = Directory.CreateDirectory(Path.Combine(root, Text($"{size}"))).FullName;
                long began = Stopwatch.GetTimestamp();
                History.Write(folder, size, confirmed: wholeHost);
                made.Add((size, folder, Stopwatch.GetElapsedTime(began),
                    new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length) / 1e6));
            }

            ILookup<int, Readiness> samples = await MeasureAsync([.. made.Select(m => m.Folder)], wholeHost);
            Readiness[] medians = [.. made.Index().Select(m => Median([.. samples[m.Index]]))];
            foreach ((int i, (int events, _, TimeSpan time, double mb)) in made.Index())
            {
                Readiness r = medians[i];
                Console.WriteLine(Text($"{events,12} {r.OpenS,8:0.000} {r.ReadyS,8:0.00} {r.ManagedMb,11:0.0} ")
                    + Text($"{r.PeakMb,12:0.0} {time.TotalSeconds,10:0.0} {mb,8:0.0}"));
            }

            return medians[^1];
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Every folder once a round, so that a busy machine is busy for all; each opens a copy's worth of state,
    /// for a batch is ordered in it each time.</summary>
    private static async Task<ILookup<int, Readiness>> MeasureAsync(string[] folders, bool wholeHost)
    {
        List<(int Index, Readiness Sample)> samples = [];
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((int i, string folder) in folders.Index())
            {
                await ForgetAsync(folder);
                await using var probe = ChildProcess.OfThisProgram(
                    ReadyProbe.Command, folder, wholeHost ? "host" : "journal");
                samples.Add((i, Readiness.Parse(await probe.WaitForAsync(ReadyProbe.Word))));
            }
        }

        return samples.ToLookup(s => s.Index, s => s.Sample);
    }

    /// <summary>Has the system drop what it keeps of the files in memory, as after a restart of the machine.</summary>
    private static async Task ForgetAsync(string folder)
    {
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.db"))
        {
            using Process dd = Process.Start(new ProcessStartInfo(
                "dd", ["if=" + file.FullName, "iflag=nocache", "count=0", "status=none"]))!;
            await dd.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Readiness Median(Readiness[] samples) => new(
        Median(samples.Select(s => s.OpenS)),
        Median(samples.Select(s => s.ReadyS)),
        Median(samples.Select(s => s.ManagedMb)),
        Median(samples.Select(s => s.PeakMb)));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
