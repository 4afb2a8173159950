using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Materials;

/// <summary>The lots of the simulated line and the facts that receive, release and use them.</summary>
internal static class Delivery
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public static readonly ImmutableArray<MaterialLot> Lots = Read();

    /// <summary>Every lot received; those that may be product are released, the others for engineering.</summary>
    public static readonly Stock Released = Stock.Of(
    [
        .. Lots.Select(Received),
        .. Lots.Select(l => Set(l.Lot, LotReceipt.Broken(l).IsEmpty ? LotStatus.Released : LotStatus.Engineering)),
    ]);

    public static MaterialLot Lot(string material) => Lots.First(l => l.Material == material);

    public static LotReceived Received(MaterialLot lot) =>
        new(string.Empty, lot, LotReceipt.Judge(lot), "Ito");

    public static LotStatusSet Set(string lot, LotStatus status) => new(
        string.Empty, lot, status, "certificate checked", new Signature("Mori", SignerRole.QaManager, Now));

    /// <summary>The released stock with more lots, released too.</summary>
    public static Stock With(params ReadOnlySpan<MaterialLot> lots)
    {
        Stock stock = Released;
        foreach (MaterialLot lot in lots)
        {
            stock = stock.Apply(Received(lot)).Apply(Set(lot.Lot, LotStatus.Released));
        }

        return stock;
    }

    /// <summary>A batch created from a recipe of the repository with the lots that the stock gives it.</summary>
    public static BatchCreated Created(string batch, string recipe, int sheets, Stock stock)
    {
        Recipe read = RecipeFiles.Read(recipe);
        BookingPlan plan = LotBooking.Plan(read, sheets, stock, Now);
        Assert.That(plan.Refusals, Is.Empty);
        return PinnedRecipe.Pin(
            batch, read, RecipeFiles.Text(recipe), new BatchOrder(sheets, "Ito", plan.Lots, "BL-01", []));
    }

    public static MaterialWeighed Weighed(
        string batch, SubLayer layer, string material, decimal grams, string? lot, bool dilution = false) => new(
            batch,
            $"{layer}/{material}/{dilution}",
            default,
            layer,
            $"J-{batch}-{layer.ToString().ToUpperInvariant()}",
            material,
            dilution,
            grams,
            0.1m,
            grams,
            100m,
            100m + grams,
            50m,
            "BAL-1",
            Now.AddDays(30)) { StartedAt = Now, EndedAt = Now, Lot = lot };

    public static CoatCompleted Coated(
        string batch, SubLayer layer, string sheet, string roll = "FR-01", decimal gap = 150m) => new(
            batch,
            $"{layer}/{sheet}/coat",
            default,
            layer,
            layer == SubLayer.Base ? 1 : 2,
            $"J-{batch}-{layer.ToString().ToUpperInvariant()}",
            sheet,
            roll,
            "BL-01",
            gap,
            gap,
            gap,
            20m,
            200m,
            -70m,
            -40m,
            600m) { StartedAt = Now, EndedAt = Now };

    private static ImmutableArray<MaterialLot> Read()
    {
        LotReading reading = LotFile.Read(RecipeFiles.Text("simulated-lots"), "simulated-lots.yaml");
        Assert.That(reading.Errors, Is.Empty);
        return reading.Lots;
    }
}
