using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Materials;

/// <summary>Something weighed into a container.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Its lot; null where the line kept no register of lots.</param>
/// <param name="Dilution">Whether it is the dilution after the first mix stage.</param>
/// <param name="MassG">Net mass in g.</param>
public sealed record JarPart(string Material, string? Lot, bool Dilution, decimal MassG);

/// <summary>A container with the slurry in it.</summary>
/// <param name="Container">Container id.</param>
/// <param name="Batch">Batch id.</param>
/// <param name="Layer">The sub-layer that the slurry makes.</param>
/// <param name="Parts">Everything weighed in, in order.</param>
public sealed record Jar(string Container, string Batch, SubLayer Layer, ImmutableArray<JarPart> Parts)
{
    /// <summary>Everything weighed in, in g.</summary>
    public decimal TotalG => Parts.Sum(static p => p.MassG);
}

/// <summary>A sheet with what was laid on it.</summary>
/// <param name="Sheet">Sheet id.</param>
/// <param name="Batch">Batch id.</param>
/// <param name="FoilRoll">The foil roll it was cut from.</param>
/// <param name="FoilMm">Length of foil under coat 1, in mm.</param>
/// <param name="Containers">The containers it was coated from, in the order of the coats.</param>
public sealed record CoatedSheet(
    string Sheet, string Batch, string FoilRoll, decimal FoilMm, ImmutableArray<string> Containers)
{
    /// <summary>What became of it; null while that is open, or in a record older than the decision by sheet.</summary>
    public LotOutcome? Outcome { get; init; }
}

/// <summary>
/// What was made of what: which lots went into which container, which sheets were coated from it. A pure fold of facts
/// in the order of the chain. Immutable.
/// </summary>
public sealed record Genealogy
{
    /// <summary>The facts that it is made of, by their bare type names.</summary>
    public static readonly ImmutableArray<string> FactTypes =
        ["batch-created", "material-weighed", "coat-completed", "sheet-disposed"];

    /// <summary>Nothing was made yet.</summary>
    public static Genealogy Empty { get; } = new();

    /// <summary>Every container, by id.</summary>
    public ImmutableSortedDictionary<string, Jar> Jars { get; private init; } =
        ImmutableSortedDictionary.Create<string, Jar>(StringComparer.Ordinal);

    /// <summary>Every sheet, by id.</summary>
    public ImmutableSortedDictionary<string, CoatedSheet> Sheets { get; private init; } =
        ImmutableSortedDictionary.Create<string, CoatedSheet>(StringComparer.Ordinal);

    /// <summary>Every batch created, with its recipe id, by batch id.</summary>
    public ImmutableSortedDictionary<string, string> Batches { get; private init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Folds recorded facts.</summary>
    public static Genealogy Of(IEnumerable<BatchEvent> facts) =>
        facts.Aggregate(Empty, static (genealogy, fact) => genealogy.Apply(fact));

    /// <summary>The genealogy after one more fact.</summary>
    public Genealogy Apply(BatchEvent fact) => fact switch
    {
        BatchCreated e => this with { Batches = Batches.SetItem(e.Batch, e.RecipeId) },
        MaterialWeighed e => this with { Jars = Jars.SetItem(e.Container, After(e)) },
        CoatCompleted e => this with { Sheets = Sheets.SetItem(e.Sheet, After(e)) },
        SheetDisposed e when Sheets.GetValueOrDefault(e.Sheet) is { } sheet => this with
        {
            Sheets = Sheets.SetItem(e.Sheet, sheet with { Outcome = e.Outcome }),
        },
        _ => this,
    };

    /// <summary>The containers that a lot went into.</summary>
    public IEnumerable<Jar> JarsOf(string lot) => Jars.Values.Where(j => j.Parts.Any(p => p.Lot == lot));

    /// <summary>The sheets coated from a container.</summary>
    public IEnumerable<CoatedSheet> SheetsFrom(string container) =>
        Sheets.Values.Where(s => s.Containers.Contains(container));

    /// <summary>The sheets that a lot is in or under: from every container it went into, and cut from it.</summary>
    public IEnumerable<CoatedSheet> SheetsOf(string lot)
    {
        HashSet<string> jars = [.. JarsOf(lot).Select(static j => j.Container)];
        return Sheets.Values.Where(s => s.FoilRoll == lot || s.Containers.Any(jars.Contains));
    }

    private Jar After(MaterialWeighed e)
    {
        Jar jar = Jars.GetValueOrDefault(e.Container) ?? new Jar(e.Container, e.Batch, e.Layer, []);
        return jar with { Parts = jar.Parts.Add(new JarPart(e.Material, e.Lot, e.Dilution, e.NetG)) };
    }

    private CoatedSheet After(CoatCompleted e)
    {
        CoatedSheet sheet = Sheets.GetValueOrDefault(e.Sheet)
            ?? new CoatedSheet(e.Sheet, e.Batch, e.FoilRoll, 0m, []);
        return sheet with
        {
            // Coat 2 lies on the foil that coat 1 has used.
            FoilMm = sheet.FoilMm + (e.CoatIndex == 1 ? e.StrokeMm : 0m),
            Containers = sheet.Containers.Contains(e.Container)
                ? sheet.Containers
                : sheet.Containers.Add(e.Container),
        };
    }
}
