namespace CoatLine.Simulator.Physics;

/// <summary>
/// How a dried layer packs and how it yields under the press, by what carbons are in it: the porosities of Table 1 and
/// the roughness of Table 2 of the application, at 490 MPa and 80 °C.
/// </summary>
/// <param name="Porosity">Void fraction after drying, before pressing.</param>
/// <param name="YieldPerMpa">Densification constant at 80 °C, 1/MPa.</param>
/// <param name="SaUm">Sa after pressing, µm.</param>
/// <param name="SzUm">Sz after pressing, µm.</param>
internal sealed record Microstructure(double Porosity, double YieldPerMpa, double SaUm, double SzUm)
{
    private const double FineBelowNm = 100;

    /// <summary>Two fine carbons (Embodiment 1): small particles fill the gaps between the larger.</summary>
    public static readonly Microstructure TwoFine = new(0.571, 9.19e-4, 0.07, 0.92);

    /// <summary>One fine carbon (Comparative 1).</summary>
    public static readonly Microstructure OneFine = new(0.666, 8.23e-4, 0.13, 1.13);

    /// <summary>One coarse carbon (Comparative 2).</summary>
    public static readonly Microstructure OneCoarse = new(0.693, 6.54e-4, 0.18, 1.52);

    /// <summary>Several carbons, a coarse one among them (Comparative 3); its roughness is an estimate.</summary>
    public static readonly Microstructure SeveralCoarse = new(0.710, 5.97e-4, 0.23, 1.85);

    /// <summary>Picks by the median sizes (nm) of the carbons present.</summary>
    public static Microstructure Of(IReadOnlyCollection<double> carbonSizesNm)
    {
        bool allFine = carbonSizesNm.Count > 0 && carbonSizesNm.All(d => d < FineBelowNm);
        return (carbonSizesNm.Count > 1, allFine) switch
        {
            (true, true) => TwoFine,
            (false, true) => OneFine,
            (false, false) => OneCoarse,
            (true, false) => SeveralCoarse,
        };
    }
}
