using System.Text.Json.Serialization;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Materials;

/// <summary>What a lot is for.</summary>
public enum LotKind
{
    /// <summary>A carbon.</summary>
    Carbon,

    /// <summary>Silver particles.</summary>
    Silver,

    /// <summary>Binder dissolved in solvent.</summary>
    BinderSolution,

    /// <summary>Solvent.</summary>
    Solvent,

    /// <summary>A roll of collector foil.</summary>
    Foil,
}

/// <summary>A material lot as received, with what its certificate says. A value that is not stated is null.</summary>
/// <param name="Lot">Lot id, unique on the line; the roll id of a foil.</param>
/// <param name="Material">Material code, e.g. <c>cb-40</c>.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Supplier">Who delivered it.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Expires">From then on it is not used.</param>
/// <param name="Quantity">How much was received, above 0: g, or mm of foil.</param>
public sealed record MaterialLot(
    string Lot,
    string Material,
    LotKind Kind,
    string Supplier,
    DateTimeOffset ReceivedAt,
    DateTimeOffset Expires,
    decimal Quantity)
{
    /// <summary>The unit of the quantity: <c>g</c>, or <c>mm</c> of foil.</summary>
    [JsonIgnore]
    public string Unit => Kind == LotKind.Foil ? "mm" : "g";

    /// <summary>Water by mass, ppm.</summary>
    public decimal? MoisturePpm { get; init; }

    /// <summary>Binder by mass of a binder solution, 0 to 1.</summary>
    public decimal? BinderWeightFraction { get; init; }

    /// <summary>Certificate of a carbon; carbons only.</summary>
    public CarbonCertificate? Carbon { get; init; }

    /// <summary>Certificate of silver; silver only.</summary>
    public SilverCertificate? Silver { get; init; }

    /// <summary>Certificate of a foil; foils only.</summary>
    public CollectorCertificate? Collector { get; init; }
}
