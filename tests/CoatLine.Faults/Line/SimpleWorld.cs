using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Faults.Line;

/// <summary>
/// What the in-memory line makes: the same for the same requests, near the worked example of Embodiment 4, so that a
/// batch that nothing disturbs is released. Physics is the simulator's matter, not this one's.
/// </summary>
internal static class SimpleWorld
{
    private const double Ambient = 23d;
    private const double MixedTo = 48d;
    private const double Beta = 0.1885;
    private const double PressedBase = 0.6745;
    private const double PressedTop = 0.6018;

    private static readonly double[] BaseUm = [30.2, 31.0, 31.9, 31.2, 31.8, 32.6, 32.0, 32.8, 33.5];

    public static double SlurryTemp(DateTimeOffset? mixedAt, DateTimeOffset now) => mixedAt is { } at
        ? Ambient + ((MixedTo - Ambient) * Math.Exp(-(now - at).TotalMinutes / 4d))
        : Ambient;

    public static TimeSpan Duration(PhaseRequest request) => request.Phase switch
    {
        PhaseKind.Weigh => TimeSpan.FromSeconds(45),
        PhaseKind.WeighPunch => TimeSpan.FromSeconds(75),
        PhaseKind.MixCycle => TimeSpan.FromSeconds(10 + Number(request, "StepTimeSP")),
        PhaseKind.Coat => TimeSpan.FromSeconds(20),
        PhaseKind.Dry => TimeSpan.FromSeconds(1200 + Number(request, "Segment1Time") + Number(request, "Segment2Time")),
        PhaseKind.MeasureProfile => TimeSpan.FromSeconds(120),
        PhaseKind.PressCycle => TimeSpan.FromSeconds(900 + Number(request, "DwellSP")),
        _ => TimeSpan.FromSeconds(90),
    };

    public static ImmutableArray<ResultValue> Results(PhaseRequest request, WorldState world, DateTimeOffset at)
    {
        (string Name, object Value)[] values = request.Phase switch
        {
            PhaseKind.Weigh =>
            [
                ("Gross", Math.Round(world.JarGrams(request) + Number(request, "TargetMass"), 4)),
                ("Tare", Math.Round(world.JarGrams(request), 4)),
                ("Net", Number(request, "TargetMass")),
                ("Stable", true),
                ("CheckWeight", 100.0001),
                ("CalDue", at.AddDays(90)),
                ("BalanceId", "BAL-01"),
            ],
            PhaseKind.WeighPunch =>
            [
                ("CalDue", at.AddDays(90)),
                ("BalanceId", "BAL-01"),
                ("PunchMass", new[] { 1d, 1.01, 0.99 }
                    .Select(f => f * (world.Gap(request) is null ? 3.13 : 3.53) * Number(request, "PunchArea"))
                    .ToArray()),
                ("PunchArea", Number(request, "PunchArea")),
            ],
            PhaseKind.MixCycle =>
            [
                .. Echo(request, "ContainerId", "StageId", "CycleIndex"),
                ("RevSpeedMean", 2000.4),
                ("RevSpeedMin", 1996.1),
                ("RevSpeedMax", 2004.2),
                ("StepSeconds", Number(request, "StepTimeSP")),
                ("RampSeconds", 10d),
                ("SlurryTempStart", 31d),
                ("SlurryTempPeak", MixedTo),
                ("SlurryTempEnd", MixedTo),
                ("VibrationMax", 1.4),
            ],
            PhaseKind.Coat =>
            [
                .. Echo(request, "ContainerId", "SheetId", "FoilRollId", "BladeId", "CoatIndex"),
                ("GapLeft", Number(request, "GapSP") - 0.2),
                ("GapRight", Number(request, "GapSP") + 0.2),
                ("SpeedMean", 20.01),
                ("Stroke", Number(request, "StrokeSP")),
                ("BedVacuumWorst", -80d),
                ("DewPointWorst", -41d),
                ("SlurryAge", 120d),
            ],
            PhaseKind.Dry =>
            [
                .. Echo(request, "SheetId"),
                ("Segment1TempMin", Number(request, "Segment1TempSP") - 1),
                ("Segment1TempMax", Number(request, "Segment1TempSP") + 1),
                ("Segment2TempMin", Number(request, "Segment2TempSP") - 1),
                ("Segment2TempMax", Number(request, "Segment2TempSP") + 1),
                ("Segment1Seconds", Number(request, "Segment1Time")),
                ("Segment2Seconds", Number(request, "Segment2Time")),
                ("PressureMin", 5d),
                ("LelMax", 4d),
                ("ResidualNmp", 300d),
            ],
            PhaseKind.MeasureProfile => Profile(request, world, at),
            PhaseKind.PressCycle =>
            [
                .. Echo(request, "SheetId", "BagId"),
                ("PressureMin", Number(request, "PressureSP") - 1.8),
                ("PressureMax", Number(request, "PressureSP") + 1.3),
                ("PressureMean", Number(request, "PressureSP") + 0.1),
                ("TempMin", 79.2),
                ("TempMax", 80.9),
                ("DwellSeconds", Number(request, "DwellSP")),
                ("RepumpCount", 2),
                ("DecompRateMax", 95d),
                .. Trace(request),
            ],
            _ =>
            [
                .. Echo(request, "SheetId"),
                ("SampleId", new[] { 1, 2, 3 }),
                ("Sa", new[] { 0.06, 0.07, 0.065 }),
                ("Sz", new[] { 0.81, 0.92, 0.88 }),
                ("Filter", "S 2.5 µm, L 0.25 mm"),
                ("GaugeId", "PRO-01"),
                ("CalDue", at.AddDays(90)),
            ],
        };
        return [.. values.Select(v => new ResultValue(v.Name, v.Value, true, at))];
    }

    public static double Number(PhaseRequest request, string name) => (double)Value(request, name);

    public static object Value(PhaseRequest request, string name) =>
        request.Parameters.Single(p => p.Name == name).Value;

    private static (string Name, object Value)[] Echo(PhaseRequest request, params string[] names) =>
        [.. names.Select(n => (n, Value(request, n)))];

    // 450 s up, the dwell, 450 s down; a sample every ten seconds, both ends of the dwell among them.
    private static (string Name, object Value)[] Trace(PhaseRequest request)
    {
        double dwell = Number(request, "DwellSP");
        double[] at = [.. Enumerable.Range(0, ((int)dwell + 900) / 10).Select(i => 10d * (i + 1))];
        bool InDwell(double t) => t >= 450 && t <= 450 + dwell;
        return
        [
            ("TraceTime", at),
            ("TracePressure", at.Select(t => InDwell(t) ? Number(request, "PressureSP") : 100d).ToArray()),
            ("TraceTemp", at.Select(_ => 80.1).ToArray()),
        ];
    }

    private static (string Name, object Value)[] Profile(PhaseRequest request, WorldState world, DateTimeOffset at)
    {
        double Thickness(double below)
        {
            double top = world.Gap(request) is { } gap ? Beta * (gap - below) : 0d;
            return world.IsPressed(request) ? (PressedBase * below) + (PressedTop * top) : below + top;
        }

        return
        [
            .. Echo(request, "SheetId"),
            ("PointId", Enumerable.Range(1, 9).ToArray()),
            ("X", Enumerable.Range(0, 9).Select(i => 10d + (40d * (i % 3))).ToArray()),
            ("Y", Enumerable.Range(0, 9).Select(i => 10d + (90d * (i / 3))).ToArray()),
            ("Thickness", BaseUm.Select(b => Math.Round(Thickness(b), 3)).ToArray()),
            ("GaugeId", "THK-01"),
            ("GaugeClass", 0.2),
            ("ZeroCheck", 0.01),
            ("CalDue", at.AddDays(90)),
        ];
    }
}

/// <summary>What phases have really done to jars and sheets.</summary>
internal sealed record WorldState(
    ImmutableDictionary<string, double> Jars,
    ImmutableDictionary<string, double> GapTwo,
    ImmutableHashSet<string> Pressed)
{
    private const double EmptyJarGrams = 95.5;

    public static WorldState New { get; } = new(
        ImmutableDictionary<string, double>.Empty, ImmutableDictionary<string, double>.Empty, []);

    public double JarGrams(PhaseRequest request) =>
        EmptyJarGrams + Jars.GetValueOrDefault((string)SimpleWorld.Value(request, "ContainerId"));

    public double? Gap(PhaseRequest request) => GapTwo.TryGetValue(Sheet(request), out double gap) ? gap : null;

    public bool IsPressed(PhaseRequest request) => Pressed.Contains(Sheet(request));

    public WorldState After(PhaseRequest request) => request.Phase switch
    {
        PhaseKind.Weigh => this with
        {
            Jars = Jars.SetItem(
                (string)SimpleWorld.Value(request, "ContainerId"),
                JarGrams(request) - EmptyJarGrams + SimpleWorld.Number(request, "TargetMass")),
        },
        PhaseKind.Coat when (int)SimpleWorld.Value(request, "CoatIndex") == 2 =>
            this with { GapTwo = GapTwo.SetItem(Sheet(request), SimpleWorld.Number(request, "GapSP")) },
        PhaseKind.PressCycle => this with { Pressed = Pressed.Add(Sheet(request)) },
        _ => this,
    };

    private static string Sheet(PhaseRequest request) => (string)SimpleWorld.Value(request, "SheetId");
}
