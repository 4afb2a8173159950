using System.Globalization;
using CoatLine.Domain.Spc;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>A gauge study by both methods. The analysis of variance decides, because it sees the interaction.</summary>
/// <param name="Study">The study.</param>
/// <param name="Tolerance">Width of what is allowed; null when there is no such width.</param>
internal sealed record GaugeStudyReport(GaugeStudy Study, double? Tolerance)
{
    private readonly GaugeAnova _anova = Study.Anova();

    /// <summary>The gauge by analysis of variance.</summary>
    public GaugeCapability Gauge => _anova.Capability(Tolerance);

    private GaugeCapability ByRanges => Study.ByRanges(Tolerance);

    public object ToJson() => new
    {
        Study.Parts,
        Study.Appraisers,
        Study.Trials,
        Prescribed = Study.IsPrescribed,
        Verdict = Word(Gauge.Verdict),
        Anova = Values(Gauge),
        _anova.InteractionChance,
        InteractionPooled = _anova.IsPooled,
        AverageAndRange = Values(ByRanges),
    };

    public void Draw(IAnsiConsole console)
    {
        string size = $"{Study.Parts} parts × {Study.Appraisers} appraisers × {Study.Trials} trials";
        console.WriteLine(Study.IsPrescribed ? size : size + "; 10 × 3 × 3 are prescribed: this one only tries out");
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("", "Analysis of variance", "Average and range");
        Row(table, "repeatability EV", static g => Number(g.Repeatability));
        Row(table, "reproducibility AV", static g => Number(g.Reproducibility));
        Row(table, "gauge GRR", static g => Number(g.GaugeVariation));
        Row(table, "between parts PV", static g => Number(g.PartVariation));
        Row(table, "total TV", static g => Number(g.TotalVariation));
        Row(table, "GRR of the study", static g => Percent(g.PercentOfStudy));
        if (Tolerance is not null)
        {
            Row(table, "GRR of the tolerance", static g => Percent(g.PercentOfTolerance!.Value));
        }

        Row(table, "categories ndc", static g => $"{g.DistinctCategories}");
        Row(table, "verdict", static g => Word(g.Verdict));
        console.Write(table);
        string pooled = _anova.IsPooled ? "pooled with the error" : "kept";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Interaction of parts and appraisers: p {_anova.InteractionChance:0.000}, {pooled}."));
        console.WriteLine(Sentence());
    }

    private string Sentence()
    {
        string limits = $"good below {GaugeCapability.GoodBelow} %, rejected above {GaugeCapability.RejectedAbove} % "
            + $"or with fewer than {GaugeCapability.LeastCategories} categories";
        return $"The gauge is {Word(Gauge.Verdict).ToUpperInvariant()} ({limits}).";
    }

    private static string Word(GaugeVerdict verdict) => verdict switch
    {
        GaugeVerdict.Good => "good",
        GaugeVerdict.Usable => "marginal",
        _ => "reject",
    };

    private static object Values(GaugeCapability gauge) => new
    {
        gauge.Repeatability,
        gauge.Reproducibility,
        gauge.GaugeVariation,
        gauge.PartVariation,
        gauge.TotalVariation,
        gauge.PercentOfStudy,
        gauge.PercentOfTolerance,
        gauge.DistinctCategories,
        Verdict = Word(gauge.Verdict),
    };

    private void Row(Table table, string name, Func<GaugeCapability, string> value) =>
        table.AddRow(name, value(Gauge), value(ByRanges));

    private static string Number(double value) => value.ToString("0.00000", CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("0.00 '%'", CultureInfo.InvariantCulture);
}
