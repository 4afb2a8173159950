using System.Globalization;

namespace CoatLine.Simulator.World;

/// <summary>A sheet of foil with what was coated on it.</summary>
internal sealed class Sheet(string id, string foilRollId, int foilSide)
{
    private readonly List<Coat> coats = [];
    private readonly Dictionary<int, int> measured = [];

    /// <summary>Sheet id.</summary>
    public string Id { get; } = id;

    public string FoilRollId { get; } = foilRollId;

    public int FoilSide { get; } = foilSide;

    /// <summary>Unit that has the sheet in its grip; null when it is free.</summary>
    public string? HeldBy { get; set; }

    /// <summary>Whether the blade has struck it.</summary>
    public bool IsScratched { get; set; }

    /// <summary>Pressure it has yielded to in all, MPa at 80 °C.</summary>
    public double YieldedMpa { get; set; }

    /// <summary>Coats from the foil outwards.</summary>
    public IReadOnlyList<Coat> Coats => coats;

    /// <summary>Whether every coat is firm.</summary>
    public bool IsFirm => coats.All(c => c.IsFirm);

    /// <summary>NMP left in all coats, g per g of dry film.</summary>
    public double Nmp
    {
        get
        {
            double solids = coats.Sum(c => c.DryGrams);
            return solids > 0 ? coats.Sum(c => c.Nmp * c.DryGrams) / solids : 0;
        }
    }

    /// <summary>Names the sheet and what has been done to it, so that each state scatters on its own.</summary>
    public string[] Identity(string action, int phase) =>
    [
        action, Id, coats.Count.ToString(CultureInfo.InvariantCulture),
        YieldedMpa.ToString("F0", CultureInfo.InvariantCulture),
        measured.GetValueOrDefault(phase).ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Counts a finished measurement: the next one is an act of its own.</summary>
    public void CountMeasurement(int phase) => measured[phase] = measured.GetValueOrDefault(phase) + 1;

    public void Lay(Coat coat) => coats.Add(coat);

    /// <summary>Thickness above the foil at a place (x across and y along, mm), µm.</summary>
    public double ThicknessUm(double x, double y) => coats.Sum(c => c.DryUm(x, y, YieldedMpa));
}
