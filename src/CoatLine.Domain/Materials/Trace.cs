using System.Collections.Immutable;

namespace CoatLine.Domain.Materials;

/// <summary>What a node of a trace is.</summary>
public enum TraceKind
{
    /// <summary>A material lot; a foil roll is one.</summary>
    Lot,

    /// <summary>A material weighed in where no register of lots was kept.</summary>
    Material,

    /// <summary>A container with its slurry.</summary>
    Container,

    /// <summary>A sheet.</summary>
    Sheet,

    /// <summary>A batch.</summary>
    Batch,
}

/// <summary>A node of a trace: a thing, how much of it, and what lies behind it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">What a person wants to know of it beside the id; may be empty.</param>
/// <param name="Amount">How much of it is in the node above: g, or mm of foil; null where that means nothing.</param>
/// <param name="Unit"><c>g</c>, <c>mm</c>, or empty.</param>
/// <param name="Parts">What lies behind it.</param>
public sealed record TraceNode(
    TraceKind Kind, string Id, string Text, decimal? Amount, string Unit, ImmutableArray<TraceNode> Parts);

/// <summary>
/// Follows a lot to the sheets it is in, or a sheet or a batch back to its lots. Masses are those weighed into the
/// container; how much of it reached one sheet is not measured. Pure.
/// </summary>
public static class Trace
{
    /// <summary>Traces a lot, a batch or a sheet.</summary>
    /// <param name="genealogy">What was made of what.</param>
    /// <param name="stock">The lots received.</param>
    /// <param name="id">Id of a lot, a batch or a sheet.</param>
    /// <returns>The tree; null when nothing has that id.</returns>
    public static TraceNode? Of(Genealogy genealogy, Stock stock, string id)
    {
        if (genealogy.Sheets.GetValueOrDefault(id) is { } sheet)
        {
            return Backward(genealogy, stock, sheet);
        }

        if (genealogy.Batches.GetValueOrDefault(id) is { } recipe)
        {
            return Batch(genealogy, stock, id, recipe);
        }

        return stock.Lot(id) is not null || genealogy.SheetsOf(id).Any() || genealogy.JarsOf(id).Any()
            ? Forward(genealogy, stock, id)
            : null;
    }

    private static TraceNode Forward(Genealogy genealogy, Stock stock, string lot) => new(
        TraceKind.Lot,
        lot,
        Describe(stock, lot),
        null,
        string.Empty,
        [
            .. genealogy.JarsOf(lot).Select(jar => Container(
                jar,
                jar.Parts.Where(p => p.Lot == lot).Sum(static p => p.MassG),
                [.. genealogy.SheetsFrom(jar.Container).Select(s => Plain(s, null))])),
            .. genealogy.Sheets.Values.Where(s => s.FoilRoll == lot).Select(s => Plain(s, s.FoilMm)),
        ]);

    private static TraceNode Backward(Genealogy genealogy, Stock stock, CoatedSheet sheet) => Plain(sheet, null) with
    {
        Parts =
        [
            .. sheet.Containers
                .Select(c => genealogy.Jars.GetValueOrDefault(c))
                .OfType<Jar>()
                .Select(jar => Container(jar, jar.TotalG, Lots(stock, jar))),
            new TraceNode(TraceKind.Lot, sheet.FoilRoll, Describe(stock, sheet.FoilRoll), sheet.FoilMm, "mm", []),
        ],
    };

    private static TraceNode Batch(Genealogy genealogy, Stock stock, string batch, string recipe) => new(
        TraceKind.Batch,
        batch,
        recipe,
        null,
        string.Empty,
        [
            .. genealogy.Jars.Values.Where(j => j.Batch == batch)
                .OrderBy(static j => j.Layer)
                .Select(jar => Container(jar, jar.TotalG, Lots(stock, jar))),
            .. genealogy.Sheets.Values.Where(s => s.Batch == batch).Select(s => Plain(s, null) with
            {
                Parts =
                [
                    new TraceNode(TraceKind.Lot, s.FoilRoll, Describe(stock, s.FoilRoll), s.FoilMm, "mm", []),
                ],
            }),
        ]);

    private static ImmutableArray<TraceNode> Lots(Stock stock, Jar jar) =>
    [
        .. jar.Parts.GroupBy(static p => (p.Material, p.Lot)).Select(g => new TraceNode(
            g.Key.Lot is null ? TraceKind.Material : TraceKind.Lot,
            g.Key.Lot ?? g.Key.Material,
            g.Key.Lot is { } lot ? Describe(stock, lot) : string.Empty,
            g.Sum(static p => p.MassG),
            "g",
            [])),
    ];

    private static TraceNode Container(Jar jar, decimal grams, ImmutableArray<TraceNode> parts) =>
        new(TraceKind.Container, jar.Container, $"{jar.Layer} of {jar.Batch}", grams, "g", parts);

    private static TraceNode Plain(CoatedSheet sheet, decimal? foil) => new(
        TraceKind.Sheet,
        sheet.Sheet,
        sheet.Outcome is { } outcome ? $"of {sheet.Batch}, {outcome}" : $"of {sheet.Batch}",
        foil,
        foil is null ? string.Empty : "mm",
        []);

    private static string Describe(Stock stock, string lot) =>
        stock.Lot(lot) is { } account ? account.Lot.Material : "never received";
}
