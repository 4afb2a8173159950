using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.Faults;

/// <summary>Draws faults by chance; the same for the same seed, always.</summary>
internal static class FaultDraw
{
    /// <summary>The phases of the contract with the unit that runs them and about how long they take, s.</summary>
    private static readonly (string Unit, int Phase, double Seconds)[] Phases =
    [
        ("Balance", 1, 40), ("Balance", 2, 70), ("Mixer", 10, 190), ("Coater", 20, 18), ("Dryer", 30, 8000),
        ("ThicknessGauge", 40, 100), ("Press", 50, 3000), ("Profilometer", 60, 100),
    ];

    /// <summary>Draws so many.</summary>
    public static IEnumerable<ScheduledFault> Of(int seed, int count)
    {
        var scatter = new Scatter(seed);
        for (int i = 0; i < count; i++)
        {
            Random random = scatter.For("fault", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            FaultEntry entry = FaultCatalogue.All[random.Next(FaultCatalogue.All.Length)];
            (string Unit, int Phase, double Seconds)[] fitting =
                [.. Phases.Where(p => entry.Unit is null or "" || entry.Unit == p.Unit)];
            (string unit, int phase, double seconds) = fitting[random.Next(fitting.Length)];
            var fault = new Fault(
                entry.Kind,
                entry.Unit is null ? null : unit,
                entry.TakesTag ? "Active.Elapsed" : null,
                entry.Amount is null ? null : Amount(entry, random),
                Math.Round(Scatter.Between(random, 1, 120)));
            yield return new ScheduledFault(
                fault,
                new FaultTrigger(
                    Phase: phase,
                    Nth: random.Next(1, phase == 10 ? 34 : 3),
                    IntoS: Math.Round(Scatter.Between(random, 0, seconds * 0.9))));
        }
    }

    private static double Amount(FaultEntry entry, Random random) => entry.Kind == FaultKind.RefusedRequest
        ? random.Next((int)entry.Least, (int)entry.Most + 1)
        : Math.Round(Scatter.Between(random, Math.Max(1, entry.Least), Math.Min(60, entry.Most)), 1);
}
