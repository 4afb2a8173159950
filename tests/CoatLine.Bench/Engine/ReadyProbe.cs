using System.Diagnostics;
using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;
using CoatLine.Faults.Line;
using CoatLine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Bench.Engine;

/// <summary>What a process that opens a data folder measured of itself.</summary>
/// <param name="OpenS">Opening the journal, or starting the host with journal and ledger, in s.</param>
/// <param name="ReadyS">From the start of the process until a batch could be ordered, in s.</param>
/// <param name="ManagedMb">Managed memory after a collection, in MB.</param>
/// <param name="PeakMb">Most memory that the process ever had resident, in MB.</param>
internal sealed record Readiness(double OpenS, double ReadyS, double ManagedMb, double PeakMb)
{
    private const double Megabyte = 1e6;

    public static Readiness Parse(string text)
    {
        double[] n = [.. text.Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        return new Readiness(n[0], n[1], n[2], n[3]);
    }

    /// <summary>Takes the memory figures now.</summary>
    public static Readiness Now(TimeSpan open, TimeSpan ready) => new(
        open.TotalSeconds,
        ready.TotalSeconds,
        GC.GetTotalMemory(forceFullCollection: true) / Megabyte,
        PeakBytes() / Megabyte);

    public override string ToString() => FormattableString.Invariant($"{OpenS} {ReadyS} {ManagedMb} {PeakMb}");

    private static double PeakBytes()
    {
        const string file = "/proc/self/status";
        const int kilo = 1024;
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("VmHWM:")) : null;
        return line is null
            ? Process.GetCurrentProcess().PeakWorkingSet64
            : kilo * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture);
    }
}

/// <summary>The process that opens a data folder and says how long that took: a restart after a crash.</summary>
internal static class ReadyProbe
{
    public const string Command = "engine-ready";
    public const string Word = "READY";

    private const string RecipeName = "embodiment-4.yaml";

    public static async Task<int> RunAsync(string folder, bool wholeHost)
    {
        TimeSpan born = Process.GetCurrentProcess().StartTime.ToUniversalTime() - DateTime.UnixEpoch;
        long began = Stopwatch.GetTimestamp();
        Readiness readiness = wholeHost ? await HostAsync(folder, began, born) : Journal(folder, began, born);
        Console.WriteLine($"{Word} {readiness}");
        return 0;
    }

    private static Readiness Journal(string folder, long began, TimeSpan born)
    {
        using Journal journal = CoatLine.Engine.Journal.Open(
            Path.Combine(folder, "journal.db"), History.Line, TimeProvider.System);
        TimeSpan open = Stopwatch.GetElapsedTime(began);
        var engine = new BatchEngine(
            journal,
            new InMemoryLine(new FakeTimeProvider()),
            TimeProvider.System,
            NullLogger<BatchEngine>.Instance);
        string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recipes", RecipeName));
        string batch = engine.OpenBatches()[0];
        if (engine.StateOf(batch).Status != BatchStatus.Running
            || engine.CreateBatch(RecipeFile.Read(yaml, RecipeName).Recipe!, yaml).Batch is null)
        {
            throw new InvalidOperationException("the batch is not open, or none could be ordered");
        }

        return Readiness.Now(open, Since(born));
    }

    private static async Task<Readiness> HostAsync(string folder, long began, TimeSpan born)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.AddCoatLineMes(o =>
        {
            o.DataDirectory = folder;
            o.Line = History.Line.Value;
            o.ConnectLine = false;
        });
        using IHost host = builder.Build();
        await host.StartAsync();
        TimeSpan open = Stopwatch.GetElapsedTime(began);
        CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
        string yaml = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "recipes", RecipeName));
        if (mes.OpenBatches.Count == 0 || mes.CreateBatch(yaml, RecipeName).Batch is null)
        {
            throw new InvalidOperationException("no batch is open, or none could be ordered");
        }

        Readiness readiness = Readiness.Now(open, Since(born));
        await host.StopAsync();
        return readiness;
    }

    private static TimeSpan Since(TimeSpan born) =>
        TimeProvider.System.GetUtcNow().UtcDateTime - DateTime.UnixEpoch - born;
}
