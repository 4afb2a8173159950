using System.Collections.Immutable;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Materials;

/// <summary>The outcome of reading a file of lots: the lots, or every error found.</summary>
/// <param name="Lots">The lots in the order of the file; empty when there is any error.</param>
/// <param name="Errors">Every error, in the order of lines; empty when the lots were read.</param>
public sealed record LotReading(ImmutableArray<MaterialLot> Lots, ImmutableArray<RecipeError> Errors);

/// <summary>
/// Reads a file of lots with what their certificates say, in YAML. Every quantity is written with its unit; units,
/// ranges and words are checked here, the rules of the catalogue are judged on what was read. Pure.
/// </summary>
public static class LotFile
{
    /// <summary>Largest file in UTF-8 bytes, inclusive.</summary>
    public const int MaxBytes = YamlTree.MaxBytes;

    /// <summary>Most lots of one file, inclusive.</summary>
    public const int MaxLots = 200;

    private const decimal MaxGrams = 1_000_000m;
    private const decimal MaxMillimetres = 100_000_000m;

    /// <summary>Reads the lots. Never throws on what stands in the text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <returns>The lots, or every error with path and line.</returns>
    public static LotReading Read(string yaml, string fileName)
    {
        (ImmutableArray<MaterialLot> lots, ImmutableArray<RecipeError> errors) = YamlFile.Read(yaml, fileName, Root);
        return new LotReading(errors.IsEmpty ? lots : [], errors);
    }

    private static ImmutableArray<MaterialLot> Root(FieldReader root)
    {
        ImmutableArray<FieldReader> entries = root.Maps("lots", 1, MaxLots);
        ImmutableArray<MaterialLot> lots = [.. entries.Select(Lot)];
        for (int i = 1; i < lots.Length; i++)
        {
            if (lots.Take(i).Any(l => l.Lot == lots[i].Lot))
            {
                entries[i].Refuse("lot", $"lot '{lots[i].Lot}' is there twice");
            }
        }

        root.Finish();
        return lots;
    }

    private static MaterialLot Lot(FieldReader entry)
    {
        string id = entry.Id("lot");
        string material = entry.Code("material");
        LotKind kind = entry.Choice(
            "kind",
            ("solvent", LotKind.Solvent),
            ("carbon", LotKind.Carbon),
            ("silver", LotKind.Silver),
            ("binder_solution", LotKind.BinderSolution),
            ("foil", LotKind.Foil));
        string supplier = entry.Text("supplier");
        DateTimeOffset received = entry.Instant("received");
        DateTimeOffset expires = entry.Instant("expires");
        if (entry.Has("received") && entry.Has("expires") && expires <= received)
        {
            entry.Refuse("expires", "a lot expires after it was received");
        }

        decimal quantity = kind == LotKind.Foil
            ? entry.Quantity("quantity", "mm", Bounds.AboveUpTo(0m, MaxMillimetres))
            : entry.Quantity("quantity", "g", Bounds.AboveUpTo(0m, MaxGrams));
        MaterialLot lot = new(id, material, kind, supplier, received, expires, quantity)
        {
            MoisturePpm = entry.OptionalQuantity("moisture", "ppm", Bounds.Between(0m, 1_000_000m)),
            BinderWeightFraction = kind == LotKind.BinderSolution
                ? entry.Quantity("binder_fraction", "wt%", Bounds.Between(0.1m, 99m)) / 100m
                : null,
            Carbon = kind == LotKind.Carbon ? Carbon(entry, id, material) : null,
            Silver = kind == LotKind.Silver ? new SilverCertificate(id, Size(entry, "d50", 100_000m)) : null,
            Collector = kind == LotKind.Foil ? Collector(entry, id) : null,
        };
        entry.Finish();
        return lot;
    }

    private static CarbonCertificate Carbon(FieldReader entry, string lot, string material)
    {
        CarbonRole role = entry.Choice(
            "role", ("first", CarbonRole.First), ("second", CarbonRole.Second), ("other", CarbonRole.Other));
        Quantities.Nanometres? d50 = Size(entry, "d50", 100_000m);

        // A size without its method could be that of an aggregate; who states one says how it was measured.
        D50Method? method = d50 is null && !entry.Has("d50_method")
            ? null
            : entry.Choice(
                "d50_method",
                ("primary_particle", D50Method.PrimaryParticle),
                ("light_scattering", D50Method.LightScattering));
        return new CarbonCertificate(
            lot,
            material,
            role,
            d50,
            method,
            entry.OptionalWords("types", 6),
            entry.OptionalFlag("amorphous"),
            entry.OptionalQuantity("aspect_ratio", string.Empty, Bounds.Between(1m, 10_000m)),
            entry.OptionalQuantity("oxygen", "at%", Bounds.Between(0m, 100m)),
            entry.Has("acid_treatment") ? Treatment(entry.Map("acid_treatment")) : null);
    }

    private static AcidTreatment Treatment(FieldReader entry)
    {
        decimal? temperature = entry.OptionalQuantity("temperature", "°C", Bounds.Between(-50m, 300m));
        AcidTreatment treatment = new(
            temperature is { } value ? new(value) : null, entry.Words("reagents", 1, 6));
        entry.Finish();
        return treatment;
    }

    private static CollectorCertificate Collector(FieldReader entry, string roll) => new(
        roll,
        entry.Words("metals", 1, 6),
        entry.Has("film") ? Film(entry.Map("film")) : null);

    private static CollectorFilm Film(FieldReader entry)
    {
        CollectorFilm film = new(entry.Text("material", 40), Size(entry, "thickness", 100_000m));
        entry.Finish();
        return film;
    }

    private static Quantities.Nanometres? Size(FieldReader entry, string key, decimal high) =>
        entry.OptionalQuantity(key, "nm", Bounds.AboveUpTo(0m, high)) is { } size ? new(size) : null;
}
