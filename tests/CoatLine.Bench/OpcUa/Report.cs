using System.Globalization;
using System.Text.Json;

namespace CoatLine.Bench.OpcUa;

/// <summary>The figures as a table for people and as JSON for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static IEnumerable<string> Table(IReadOnlyList<Row> rows)
    {
        yield return $"{"",-36} {"security",-28} {"p50 µs",10} {"p99 µs",10} {"items/s",10} {"CPU µs",8} "
            + $"{"bytes",9} {"x floor",8}";
        Workload? before = null;
        foreach (var row in rows)
        {
            if (row.Workload != before)
            {
                before = row.Workload;
                yield return row.Workload.Name;
            }

            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {row.Contender,-34} {row.Security,-28} {row.P50Us,10:0.0} {row.P99Us,10:0.0} "
                + $"{row.ItemsPerSecond,10:0} {row.CpuUsPerItem,8:0.00} {Bytes(row),9} {Times(row),8}");
        }
    }

    public static async Task WriteJsonAsync(string file, IReadOnlyList<Row> rows)
    {
        var content = rows.Select(row => new
        {
            workload = row.Workload.Name,
            contender = row.Contender,
            security = row.Security.ToString(),
            p50_us = Number(row.P50Us),
            p99_us = Number(row.P99Us),
            items_per_s = Number(row.ItemsPerSecond),
            client_cpu_us_per_item = Number(row.CpuUsPerItem),
            bytes_per_item = Number(row.BytesPerItem),
            times_floor = Number(row.TimesFloor),
            rounds = row.Samples.Select(s => new
            {
                items = s.Items,
                elapsed_s = s.Elapsed.TotalSeconds,
                client_cpu_s = s.Cpu.TotalSeconds,
                bytes = s.Bytes,
                p50_us = Number(s.P50Us),
                p99_us = Number(s.P99Us),
            }),
        });
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, content, Indented);
    }

    private static string Bytes(Row row) => double.IsNaN(row.BytesPerItem)
        ? "-"
        : row.BytesPerItem.ToString("0", CultureInfo.InvariantCulture);

    private static string Times(Row row) => double.IsNaN(row.TimesFloor)
        ? "-"
        : row.TimesFloor.ToString("0.00", CultureInfo.InvariantCulture);

    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
