using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Cli.Statistics;
using CoatLine.Domain.Spc;
using CoatLine.Plots;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>A control chart as text, as JSON, and as the sentences of its picture.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="ReleaseCpk">Least capability for a release.</param>
internal sealed record LotChartReport(LotChart Chart, double ReleaseCpk)
{
    private const int MostNamed = 12;

    private ControlChartView View => Chart.View;

    /// <summary>The chart with the sentences that a picture of it needs.</summary>
    public ControlChartView Picture => View with { Notes = [.. Capability(), .. LeftOut(), .. Mixed()] };

    public object ToJson() => new
    {
        Quantity = Chart.Quantity.Name,
        Chart.Quantity.Title,
        Chart.Quantity.Unit,
        Chart = Chart.Quantity.IsBySite ? "xbar-r" : "i-mr",
        Count = View.Lots.Length,
        Provisional = View.IsProvisional,
        Location = Limits(View.Location),
        Range = Limits(View.Range),
        Tests = NelsonRules.Default.Select(static r => (int)r),
        Signals = View.Signals.Select(static s => new
        {
            s.Lot, Test = (int)s.Rule, s.Chart, Pattern = NelsonText.Of(s.Rule),
        }),
        Capability = Chart.Capability is not { } c ? null : new
        {
            Allowed = Chart.Quantity.Allowed,
            c.Mean,
            Cp = c.Within.Both,
            Cpu = c.Within.Upper,
            Cpl = c.Within.Lower,
            Cpk = c.Within.Least,
            Pp = c.Overall.Both,
            Ppk = c.Overall.Least,
            ReleaseAt = ReleaseCpk,
            Releasable = c.IsReleasableAt(ReleaseCpk),
        },
        Chart.Recipes,
        Lots = View.Lots.Select(static l => new { l.Lot, Value = l.Location, l.Range }),
        LeftOut = Chart.LeftOut,
    };

    public void Draw(IAnsiConsole console)
    {
        string provisional =
            View.IsProvisional ? $"provisional: {IndividualsLimits.SettledFrom} lots settle it" : "settled";
        console.WriteLine(Text($"{Chart.Quantity.Title} ({View.Unit}), {View.Lots.Length} lots, {provisional}"));
        int width = Math.Max(View.LocationName.Length, View.RangeName.Length);
        console.WriteLine($"{View.LocationName.PadRight(width)}  {Words(View.Location)}");
        console.WriteLine($"{View.RangeName.PadRight(width)}  {Words(View.Range)}");
        foreach (string line in (string[])[.. Capability(), .. LeftOut(), .. Mixed()])
        {
            console.WriteLine(line);
        }

        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Lot", View.LocationName, View.RangeName, "Signals");
        foreach (ChartedLot lot in View.Lots)
        {
            table.AddRow(
                lot.Lot,
                Number(lot.Location),
                lot.Range is { } range ? Number(range) : "–",
                string.Join("; ", View.Signals.Where(s => s.Lot == lot.Lot).Select(static s =>
                    $"{(int)s.Rule} {NelsonText.Of(s.Rule)}{(s.Chart == ChartPart.Range ? " (range)" : "")}")));
        }

        console.Write(table);
    }

    private IEnumerable<string> Capability()
    {
        if (Chart.Capability is not { } c)
        {
            yield break;
        }

        string reached = c.IsProvisional ? "too few lots to rely on it"
            : c.IsReleasableAt(ReleaseCpk) ? Text($"{ReleaseCpk:0.00} is reached")
            : Text($"{ReleaseCpk:0.00} is not reached");
        string indices = c.Within.Both is { } both
            ? Text($"Cp {both:0.00}, Cpk {c.Within.Least:0.00}, Pp {c.Overall.Both:0.00}, Ppk {c.Overall.Least:0.00}")
            : Text($"Cpu {c.Within.Least:0.00}, Ppu {c.Overall.Least:0.00}");
        yield return $"Capability: {indices} for {Chart.Quantity.Allowed}; {reached}.";
    }

    private IEnumerable<string> LeftOut()
    {
        ImmutableArray<LeftOut> others = Chart.LeftOut;
        if (!others.IsEmpty)
        {
            string more = others.Length > MostNamed ? $" and {others.Length - MostNamed} more" : "";
            yield return $"Left out: {others.Length} of {others.Length + View.Lots.Length} lots: "
                + $"{string.Join(", ", others.Take(MostNamed))}{more}.";
        }
    }

    private IEnumerable<string> Mixed() => Chart.Recipes.Length > 1
        ? [$"Lots of different recipes are mixed: {string.Join(", ", Chart.Recipes)}; --recipe keeps one."]
        : [];

    private string Words(ControlLimits limits)
    {
        string words =
            $"centre {Number(limits.Centre)}, control limits {Number(limits.Lower)} to {Number(limits.Upper)}";
        (double low, double centre, double high) =
            (Math.Exp(limits.Lower), Math.Exp(limits.Centre), Math.Exp(limits.Upper));
        return View.IsLnRatio && limits == View.Location
            ? words + Text($" (R {centre:0.00}, {low:0.00} to {high:0.00})")
            : words;
    }

    private static object Limits(ControlLimits limits) => new { limits.Lower, limits.Centre, limits.Upper };

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
