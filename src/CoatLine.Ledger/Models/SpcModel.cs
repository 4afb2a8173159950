namespace CoatLine.Ledger.Models;

/// <summary>
/// The characteristics that control charts follow, by the names of <c>coatline spc list</c>. Which lots count in a
/// chart is not said here: that is for the batch's state and class, and for the audit's dispositions.
/// </summary>
internal static class SpcModel
{
    public static void Project(FactView fact, string? onlySheet, ModelPage page)
    {
        string sheet = fact.Text("sheet") ?? onlySheet ?? "";
        switch (fact.Type)
        {
            case "profile-registered" when fact.Text("state") == "dried" && fact.Text("layer") == "base":
                ProjectBase(fact, sheet, page);
                break;
            case "areal-mass-measured" when fact.Text("state") == "dried":
                Put(page, fact, sheet, "areal-mass", fact.Number("mean_mg_per_cm2"), "mg/cm²");
                break;
            case "qc-judged":
                Put(page, fact, sheet, "ratio-dried", LnOf(fact.Number("ratio_dried")), MeasurementModel.PureNumber);
                Put(page, fact, sheet, "ratio-pressed", LnOf(fact.Number("ratio_pressed")),
                    MeasurementModel.PureNumber);
                Put(page, fact, sheet, "porosity", fact.Number("porosity_percent"), "%");
                Put(page, fact, sheet, "sa", Worst(fact.Numbers("sa_um")), "µm");
                Put(page, fact, sheet, "sz", Worst(fact.Numbers("sz_um")), "µm");
                break;
        }
    }

    private static void ProjectBase(FactView fact, string sheet, ModelPage page)
    {
        double[] points = [.. fact.Each("points").Select(static p => p.Number("thickness_um")).OfType<double>()];
        if (points.Length == 0)
        {
            return;
        }

        Put(page, fact, sheet, "base-mean", points.Average(), "µm");
        foreach ((int index, double point) in points.Index())
        {
            Put(page, fact, sheet, "base-sites", point, "µm", index + 1);
        }
    }

    /// <summary>R is skewed and ln R is not.</summary>
    private static double? LnOf(double? ratio) => ratio is > 0 ? Math.Log(ratio.Value) : null;

    /// <summary>Every sample is judged by itself ([0101]), so the chart follows the one that decides.</summary>
    private static double? Worst(IEnumerable<double> samples) =>
        samples.Select(static s => (double?)s).DefaultIfEmpty(null).Max();

    private static void Put(
        ModelPage page, FactView fact, string sheet, string characteristic, double? value, string unit, long site = 0)
    {
        if (value is { } number)
        {
            page.Replace(ModelTable.Spc, fact.Line, fact.Batch, sheet, characteristic, site, number, unit, fact.Seq,
                fact.Time);
        }
    }
}
