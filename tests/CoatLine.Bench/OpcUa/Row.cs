namespace CoatLine.Bench.OpcUa;

/// <summary>What one contender did with one workload over all rounds.</summary>
/// <param name="Workload">What was measured.</param>
/// <param name="Contender">Who did it.</param>
/// <param name="Security">How the channel was secured.</param>
/// <param name="Samples">One per round.</param>
/// <param name="Floor">The floor's samples of the same rounds; empty where there is no floor.</param>
internal sealed record Row(
    Workload Workload, string Contender, SecurityLevel Security, Sample[] Samples, Sample[] Floor)
{
    public double P50Us => Median(Samples.Select(s => s.P50Us));

    public double P99Us => Median(Samples.Select(s => s.P99Us));

    public double ItemsPerSecond => Median(Samples.Select(s => s.ItemsPerSecond));

    public double CpuUsPerItem => Median(Samples.Select(s => s.CpuUsPerItem));

    /// <summary>Bytes allocated per item; NaN when the contender does not count them.</summary>
    public double BytesPerItem => Median(Samples.Select(s => s.BytesPerItem ?? double.NaN));

    /// <summary>How many times as long as the floor of the same round: time per item where calls are pipelined, median
    /// duration elsewhere. NaN where there is no floor.</summary>
    public double TimesFloor => Median(Samples.Zip(Floor, (ours, floor) => Workload.Depth > 1
        ? floor.ItemsPerSecond / ours.ItemsPerSecond
        : ours.P50Us / floor.P50Us));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
