using System.Globalization;

namespace CoatLine.Bench.OpcUa;

/// <summary>A figure that the product is meant to reach. Missing one is told and no more: a measurement on a busy
/// machine is no verdict.</summary>
/// <param name="What">What is measured, with its unit.</param>
/// <param name="Most">The figure is to be no more than this.</param>
/// <param name="Of">Reads the figure; NaN when it was not measured.</param>
internal sealed record Target(string What, double Most, Func<IReadOnlyList<Row>, double> Of)
{
    /// <summary>Throughput at depth 64 may be this much below depth 8, which is what two runs of the same differ by.
    /// </summary>
    private const double Noise = 1.05;

    public static Target[] All { get; } =
    [
        new("single read p50, None, times the floor", 2.0, Read(SecurityLevel.None, r => r.TimesFloor)),
        new("single read p50, Basic256Sha256, times the floor", 3.5,
            Read(SecurityLevel.Basic256Sha256, r => r.TimesFloor)),
        new("single read p50, Aes256_Sha256_RsaPss, times the floor", 3.5,
            Read(SecurityLevel.Aes256_Sha256_RsaPss, r => r.TimesFloor)),
        new("single read allocates, Aes256_Sha256_RsaPss, bytes", 1500,
            Read(SecurityLevel.Aes256_Sha256_RsaPss, r => r.BytesPerItem)),
        new("single read allocates, None, bytes", 1500, Read(SecurityLevel.None, r => r.BytesPerItem)),
        new("batch read, client CPU-s per million values", 0.40, Ours("batch read 1000", r => r.CpuUsPerItem)),
        new("batch read allocates, bytes per value", 64, Ours("batch read 1000", r => r.BytesPerItem)),
        new("pipelined reads per s, depth 8 over depth 64", Noise, rows =>
            Ours("pipelined read x8", r => r.ItemsPerSecond)(rows)
            / Ours("pipelined read x64", r => r.ItemsPerSecond)(rows)),
        new("5000 items, client CPU-s per million notifications", 0.40,
            Ours("5000 monitored items", r => r.CpuUsPerItem)),
        new("5000 items allocate, bytes per notification", 100, Ours("5000 monitored items", r => r.BytesPerItem)),
    ];

    /// <summary>One line: the figure, the target, and whether or by how much it was missed.</summary>
    public string Verdict(IReadOnlyList<Row> rows)
    {
        var figure = Of(rows);
        var verdict = double.IsNaN(figure) ? "not measured"
            : figure <= Most ? "met"
            : string.Create(CultureInfo.InvariantCulture, $"missed by {(figure / Most) - 1:P0}");
        return string.Create(CultureInfo.InvariantCulture, $"{What,-58} {figure,10:0.00} <= {Most,8:0.00}  {verdict}");
    }

    private static Func<IReadOnlyList<Row>, double> Read(SecurityLevel security, Func<Row, double> figure) =>
        Ours("read 1", figure, security);

    private static Func<IReadOnlyList<Row>, double> Ours(
        string workload, Func<Row, double> figure, SecurityLevel security = SecurityLevel.None) =>
        rows => rows.Where(row =>
                row.Workload.Name == workload && row.Contender == OpcUaBench.Ours && row.Security == security)
            .Select(figure)
            .FirstOrDefault(double.NaN);
}
