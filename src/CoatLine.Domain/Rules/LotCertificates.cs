using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>Which of the two carbons of Base a lot is for; the source names them by size ([0047]).</summary>
public enum CarbonRole
{
    /// <summary>The smaller one, also the only one of Top.</summary>
    First,

    /// <summary>The larger one.</summary>
    Second,

    /// <summary>A third one; only R06 limits its size.</summary>
    Other,
}

/// <summary>What the certificate of a carbon lot says. A value that is not stated is null.</summary>
/// <param name="Lot">Lot id.</param>
/// <param name="Material">Material code.</param>
/// <param name="Role">What the recipe uses it as.</param>
/// <param name="D50">Size.</param>
/// <param name="Method">How the size was measured; only primary particles are judged.</param>
/// <param name="Types">Carbon types of the lot, one or a combination.</param>
/// <param name="IsAmorphous">Whether it is amorphous.</param>
/// <param name="AspectRatio">Length over width of a particle.</param>
/// <param name="OxygenAtPercent">Oxygen by XPS.</param>
/// <param name="Treatment">Acid treatment on this site; null when there was none here.</param>
public sealed record CarbonCertificate(
    string Lot,
    string Material,
    CarbonRole Role,
    Nanometres? D50,
    D50Method? Method,
    ImmutableArray<string> Types,
    bool? IsAmorphous,
    decimal? AspectRatio,
    decimal? OxygenAtPercent,
    AcidTreatment? Treatment);

/// <summary>An acid treatment of a carbon.</summary>
/// <param name="Temperature">Bath temperature; null when not recorded.</param>
/// <param name="Reagents">Everything in the bath beside water.</param>
public sealed record AcidTreatment(DegreesCelsius? Temperature, ImmutableArray<string> Reagents);

/// <summary>What the certificate of a silver lot says.</summary>
/// <param name="Lot">Lot id.</param>
/// <param name="D50">Particle size; null when not stated.</param>
public sealed record SilverCertificate(string Lot, Nanometres? D50);

/// <summary>What the certificate of a foil roll says.</summary>
/// <param name="Roll">Roll id.</param>
/// <param name="Metals">Its metal, or all metals of an alloy or a clad.</param>
/// <param name="Film">Film on it; null when it is bare.</param>
public sealed record CollectorCertificate(string Roll, ImmutableArray<string> Metals, CollectorFilm? Film);

/// <summary>A film on the collector.</summary>
/// <param name="Material">Of what.</param>
/// <param name="Thickness">How thick; null when not stated.</param>
public sealed record CollectorFilm(string Material, Nanometres? Thickness);
