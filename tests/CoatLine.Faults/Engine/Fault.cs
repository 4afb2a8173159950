using System.Collections.Immutable;
using System.Globalization;

namespace CoatLine.Faults.Engine;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>The process is killed.</summary>
    Crash,

    /// <summary>The next calls to the line fail before they have an effect.</summary>
    LinkLostBefore,

    /// <summary>The next calls to the line have their effect, their answers are lost.</summary>
    LinkLostAfter,

    /// <summary>The next request or start takes effect after the caller has stopped waiting, out of turn.</summary>
    LateEffect,

    /// <summary>The next answer comes late.</summary>
    LateAnswer,

    /// <summary>A PLC loses power and comes back with its memory.</summary>
    PlcRestart,

    /// <summary>A PLC loses power and comes back without its memory.</summary>
    PlcForgets,

    /// <summary>Somebody else makes a request at a unit.</summary>
    ForeignRequest,

    /// <summary>A value of the next result is not Good.</summary>
    BadQuality,

    /// <summary>The next request is refused.</summary>
    Refusal,

    /// <summary>The next answer of a person is given twice.</summary>
    DuplicateAnswer,

    /// <summary>The disk is full at the next write of the journal.</summary>
    DiskFull,

    /// <summary>The disk reports an error at the next write of the journal.</summary>
    DiskError,

    /// <summary>The next synchronization of the journal fails; what was written is there, or is not.</summary>
    FailedSync,

    /// <summary>The power fails inside the next write of the journal.</summary>
    TornTail,

    /// <summary>The clock of the MES jumps ahead.</summary>
    ClockForward,

    /// <summary>The clock of the MES jumps back.</summary>
    ClockBack,

    /// <summary>A person holds the batch.</summary>
    PersonHolds,

    /// <summary>A person stops the batch.</summary>
    PersonStops,

    /// <summary>A unit holds its next phase by itself.</summary>
    UnitHolds,
}

/// <summary>One fault of a schedule.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Point">From which point of the run on, counted over all lives: calls to the line, before and after
/// each, and moments of journal transactions.</param>
/// <param name="Salt">The number from which its details follow.</param>
internal sealed record Fault(FaultKind Kind, int Point, ulong Salt)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} at {Point}");
}

/// <summary>What goes wrong in one run, and how large the batch is; follows from the seed alone.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Sheets">Sheets of the batch.</param>
/// <param name="Faults">The faults, by point.</param>
internal sealed record Schedule(ulong Seed, int Sheets, ImmutableArray<Fault> Faults)
{
    private const int MostFaults = 4;

    // What takes a batch of one sheet and of two, undisturbed; faults make it longer.
    private static readonly int[] PointsBySheets = [0, 1200, 1600];

    public static Schedule Of(ulong seed)
    {
        Chance chance = Chance.Of(seed, 0);
        int sheets = chance.OnceIn(4) ? 2 : 1;
        FaultKind[] kinds = Enum.GetValues<FaultKind>();
        Fault[] faults =
        [
            .. Enumerable.Range(0, 1 + chance.Below(MostFaults)).Select(_ =>
                new Fault(chance.Pick(kinds), chance.Below(PointsBySheets[sheets]), chance.Next())),
        ];
        return new Schedule(seed, sheets, [.. faults.SelectMany(WithOccasion).OrderBy(f => f.Point)]);
    }

    // A person answers only when asked: a spoilt result makes the question.
    private static Fault[] WithOccasion(Fault fault) => fault.Kind == FaultKind.DuplicateAnswer
        ? [fault, fault with { Kind = FaultKind.BadQuality }]
        : [fault];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Sheets} sheet{(Sheets == 1 ? "" : "s")}; {string.Join(", ", Faults)}");
}
