namespace CoatLine.Bench.OpcUa;

internal enum WorkloadKind
{
    /// <summary>From nothing to a session that works.</summary>
    Connect,

    /// <summary>Reads of one value, each after the other, in as many lanes as the depth says.</summary>
    Read,

    Write,

    /// <summary>Reads of many values in one call.</summary>
    Batch,

    /// <summary>Items of a subscription that all change every 100 ms.</summary>
    Monitored,
}

/// <summary>One thing to be measured.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Items">Values of a batch, items of a subscription; else 1.</param>
/// <param name="Depth">Calls under way at the same time.</param>
internal sealed record Workload(string Name, WorkloadKind Kind, int Items = 1, int Depth = 1)
{
    private const int LargeBatch = 1000;
    private const int LargeSubscription = 5000;

    /// <summary>Everything that is measured, in the order of the table.</summary>
    public static Workload[] All { get; } =
    [
        new("connect", WorkloadKind.Connect),
        new("read 1", WorkloadKind.Read),
        new("write 1", WorkloadKind.Write),
        new("batch read 1000", WorkloadKind.Batch, LargeBatch),
        .. new[] { 1, 2, 4, 8, 16, 32, 64 }.Select(
            depth => new Workload($"pipelined read x{depth}", WorkloadKind.Read, Depth: depth)),
        new("1000 monitored items", WorkloadKind.Monitored, LargeBatch),
        new("5000 monitored items", WorkloadKind.Monitored, LargeSubscription),
    ];

    /// <summary>True when the pace is the work's own, so that items per second say something.</summary>
    public bool IsPipelined => Name.StartsWith("pipelined", StringComparison.Ordinal);
}

/// <summary>What one contender did in one round.</summary>
/// <param name="Items">Calls, values or notifications.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Cpu">Processor time of the client's process, user and kernel.</param>
/// <param name="Bytes">Bytes that the client's process allocated by the runtime's own count; null when it has none.
/// </param>
/// <param name="P50Us">Median of the durations, µs; of a subscription the age of a value when it is handed over.
/// </param>
/// <param name="P99Us">What 99 % of them do not exceed, µs.</param>
internal sealed record Sample(long Items, TimeSpan Elapsed, TimeSpan Cpu, long? Bytes, double P50Us, double P99Us)
{
    public double ItemsPerSecond => Items / Elapsed.TotalSeconds;

    public double CpuUsPerItem => Cpu.TotalMicroseconds / Items;

    public double? BytesPerItem => Bytes / (double)Items;
}
