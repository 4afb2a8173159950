using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Statistics;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Spc;
using CoatLine.Plots;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline spc</c>: control charts and capability of the lots in a ledger, and gauge studies.</summary>
internal static class SpcCommand
{
    private const int DefaultLots = 50;
    private const int MostLots = 1000;

    public static Command Create() => new("spc", "Control charts, capability, gauge studies")
    {
        CreateList(), CreateChart(), CreateGaugeStudy(),
    };

    private static Command CreateList()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Every quantity that can be charted") { json };
        command.SetAction(parsed => List(CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static Command CreateChart()
    {
        Argument<ChartQuantity> quantity = new("QUANTITY")
        {
            Description = $"One of {Names}",
            CustomParser = static result =>
            {
                string name = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (ChartQuantity.Find(name) is { } found)
                {
                    return found;
                }

                result.AddError($"QUANTITY must be one of {Names}, not '{name}'");
                return ChartQuantity.All[0];
            },
        };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<int> last = CommonOptions.Number("--last", "Only the last batches, this many", DefaultLots, 2, MostLots);
        Option<string?> recipe = new("--recipe") { Description = "Only batches of this recipe", HelpName = "ID" };
        Option<PictureFile?> plot = PictureFile.Option("Also draw the chart");
        Option<bool> json = CommonOptions.Json();
        Command command = new("chart", "Control chart and capability of one quantity, lot by lot")
        {
            quantity, data, last, recipe, plot, json,
        };
        command.SetAction(parsed => Chart(
            parsed.GetRequiredValue(quantity),
            LotHistory.Read(parsed.GetRequiredValue(data), parsed.GetValue(recipe), parsed.GetValue(last)),
            parsed.GetValue(plot),
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static Command CreateGaugeStudy()
    {
        Argument<FileInfo> file = new("FILE.csv") { Description = $"Readings (CSV: {GaugeStudyFile.Header})" };
        Option<double?> tolerance = new("--tolerance")
        {
            Description = "Width of what is allowed, in the unit of the readings, above 0; judged as well",
            HelpName = "N",
        };
        tolerance.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double?>() is { } width && !(width > 0d && double.IsFinite(width)))
            {
                result.AddError("--tolerance must be a number above 0");
            }
        });
        Option<bool> json = CommonOptions.Json();
        Command command = new("gauge-study", "Gauge R&R of a crossed study, 10 parts × 3 appraisers × 3 trials")
        {
            file, tolerance, json,
        };
        command.SetAction(parsed => GaugeStudy(
            parsed.GetRequiredValue(file), parsed.GetValue(tolerance), CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static string Names => string.Join(", ", ChartQuantity.All.Select(static q => q.Name));

    private static int List(Report report)
    {
        report.Answer(
            new
            {
                Quantities = ChartQuantity.All.Select(static q => new
                {
                    q.Name, q.Title, q.Unit, Chart = q.IsBySite ? "xbar-r" : "i-mr", Allowed = Allowed(q),
                }),
            },
            console =>
            {
                Table table = new Table().Border(TableBorder.Simple);
                table.AddColumns("Quantity", "What it is", "Unit", "Chart", "Capability for");
                foreach (ChartQuantity q in ChartQuantity.All)
                {
                    string chart = q.IsBySite ? "mean and range of the sites" : "single values, moving range";
                    table.AddRow(q.Name, q.Title, q.Unit, chart, Allowed(q) ?? "–");
                }

                console.Write(table);
            });
        return ExitCode.Done;
    }

    private static string? Allowed(ChartQuantity quantity) =>
        quantity.Allowed.Length == 0 ? null : quantity.Allowed;

    private static int Chart(
        ChartQuantity quantity, ImmutableArray<LotFacts> lots, PictureFile? picture, Report report)
    {
        LotChartReport answer = new(
            LotChart.Of(quantity, lots), (double)SiteParameters.Default.Statistics.ReleaseCpk);
        picture?.Write(format => ControlChartPicture.Draw(answer.Picture, format));
        report.Answer(answer.ToJson(), answer.Draw);
        return ExitCode.Done;
    }

    private static int GaugeStudy(FileInfo file, double? tolerance, Report report)
    {
        GaugeStudyReading reading = GaugeStudyFile.Read(
            InputText.Read(file, "gauge study", InputText.MaxBytesOf(GaugeStudyFile.MaxLength)), file.ToString());
        if (reading.Study is not { } study)
        {
            throw CommandFailedException.BadInput(
                $"{file} is not a gauge study:\n{string.Join('\n', reading.Errors.Select(static e => "  " + e))}");
        }

        GaugeStudyReport answer = new(study, tolerance);
        report.Answer(answer.ToJson(), answer.Draw);
        return answer.Gauge.Verdict == GaugeVerdict.Rejected ? ExitCode.Refused : ExitCode.Done;
    }
}
