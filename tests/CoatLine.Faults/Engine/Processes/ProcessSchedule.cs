using System.Collections.Immutable;
using System.Globalization;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>What happens to a real process.</summary>
internal enum CutKind
{
    /// <summary>The MES is killed (SIGKILL) after it has shown a fact.</summary>
    Kill,

    /// <summary>The MES is killed while it starts.</summary>
    KillAtStart,

    /// <summary>The simulator is stopped (SIGSTOP) for a while: the link hangs, and nobody says so.</summary>
    Freeze,

    /// <summary>The small disk under the data folder is filled until the MES has ended by itself, or for a while.
    /// </summary>
    FillDisk,
}

/// <summary>One thing that happens to a run.</summary>
/// <param name="Kind">What.</param>
/// <param name="Fact">After which fact; 0 where it does not matter.</param>
/// <param name="DelayMs">How long after that in real milliseconds; from the process's start for
/// <see cref="CutKind.KillAtStart"/>.</param>
/// <param name="LengthMs">How long a freeze or a full disk lasts at most, in real milliseconds.</param>
internal sealed record Cut(CutKind Kind, int Fact, int DelayMs, int LengthMs)
{
    public override string ToString() => Kind == CutKind.KillAtStart
        ? string.Create(CultureInfo.InvariantCulture, $"{Kind} after {DelayMs} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{Kind} at fact {Fact} + {DelayMs} ms");
}

/// <summary>What happens to one run of real processes; follows from the seed alone. When exactly a process is hit by it
/// is up to the operating system, so the same seed gives the same schedule and not the same run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Speed">Line seconds per real second.</param>
/// <param name="Cuts">In order.</param>
internal sealed record ProcessSchedule(ulong Seed, int Speed, ImmutableArray<Cut> Cuts)
{
    private const int MostKills = 5;
    private const int FirstFact = 3;

    /// <summary>A plain batch leaves more facts than this.</summary>
    private const int LastFact = 325;

    private const int MostDelayMs = 60;
    private const int ShortestStartMs = 100;
    private const int LongestStartMs = 2500;
    private const int LongestFreezeMs = 7000;
    private const int FullDiskMs = 10_000;

    /// <summary>Own inputs of the seed, apart from those of <see cref="Schedule"/>.</summary>
    private const int Input = 3;

    private static readonly int[] Speeds = [1000, 2000, 3000];

    public static ProcessSchedule Of(ulong seed)
    {
        Chance chance = Chance.Of(seed, Input);
        int speed = chance.Pick(Speeds);
        int kills = 2 + chance.Below(MostKills - 1);
        List<Cut> cuts = [.. Enumerable.Range(0, kills).Select(_ => At(CutKind.Kill, chance, 0))];
        if (chance.OnceIn(3))
        {
            cuts.Add(At(CutKind.Freeze, chance, 1 + chance.Below(LongestFreezeMs)));
        }

        if (chance.OnceIn(4))
        {
            cuts.Add(At(CutKind.FillDisk, chance, FullDiskMs));
        }

        Cut[] ordered = [.. cuts.OrderBy(c => c.Fact).SelectMany(c => WithStart(c, chance))];
        return new ProcessSchedule(seed, speed, [.. ordered]);
    }

    public bool Fills => Cuts.Any(c => c.Kind == CutKind.FillDisk);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"speed {Speed}; {string.Join(", ", Cuts)}");

    private static Cut At(CutKind kind, Chance chance, int lengthMs) =>
        new(kind, FirstFact + chance.Below(LastFact - FirstFact), chance.Below(MostDelayMs), lengthMs);

    /// <summary>Every other kill is followed by one more, before the restart has got far.</summary>
    private static Cut[] WithStart(Cut cut, Chance chance) => cut.Kind == CutKind.Kill && chance.OnceIn(2)
        ? [cut, new Cut(CutKind.KillAtStart, 0, ShortestStartMs + chance.Below(LongestStartMs), 0)]
        : [cut];
}
