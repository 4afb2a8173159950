using System.Text.Json;

namespace CoatLine.Simulator.Log;

/// <summary>
/// The machine's own append-only log: every physical phase with its id, start, end and parameters. It is what proves
/// how often something really ran, whatever the MES believes. Thread-safe.
/// </summary>
public sealed class SimulatorLog : IDisposable
{
    /// <summary>Lines kept in memory; the oldest go first. The file keeps all.</summary>
    public const int MaxEntriesInMemory = 100_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly Lock gate = new();
    private readonly Queue<SimulatorLogEntry> entries = new();
    private readonly StreamWriter? file;
    private long lastSeq;

    /// <summary>Opens the log; an existing file is continued, never overwritten.</summary>
    /// <param name="path">File for JSON lines, or null for memory only.</param>
    /// <exception cref="IOException">The file cannot be opened for appending.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public SimulatorLog(string? path)
    {
        if (path is not null)
        {
            file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                AutoFlush = true,
            };
        }
    }

    /// <summary>A copy of the lines in memory, oldest first.</summary>
    public IReadOnlyList<SimulatorLogEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    /// <summary>How many phases of this kind ran to their end.</summary>
    /// <param name="phase">Phase number of the tag contract.</param>
    public int CompletedCount(int phase)
    {
        lock (gate)
        {
            return entries.Count(e => e.What == LogWhat.Completed && e.Phase == phase);
        }
    }

    /// <summary>Closes the file; the lines in memory stay readable.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
        }
    }

    internal void Fault(LogWhat what, Faults.Fault fault, DateTime at) => Append(
        what,
        fault.Unit ?? "Line",
        0,
        0,
        at,
        0,
        new Dictionary<string, object>
        {
            ["Kind"] = fault.Kind.ToString(), ["Tag"] = fault.Tag ?? string.Empty, ["Amount"] = fault.Amount ?? 0,
        });

    internal void Append(
        LogWhat what,
        string unit,
        int phase,
        ulong requestId,
        DateTime at,
        double countedS,
        IReadOnlyDictionary<string, object> parameters)
    {
        lock (gate)
        {
            var entry = new SimulatorLogEntry(++lastSeq, what, unit, phase, requestId, at, countedS, parameters);
            entries.Enqueue(entry);
            if (entries.Count > MaxEntriesInMemory)
            {
                entries.Dequeue();
            }

            file?.WriteLine(JsonSerializer.Serialize(entry, Json));
        }
    }
}
