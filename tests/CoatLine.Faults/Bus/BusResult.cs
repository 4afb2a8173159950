using System.Collections.Immutable;
using System.Globalization;

namespace CoatLine.Faults.Bus;

/// <summary>What became of one fault.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sent">Facts that a journal had acknowledged.</param>
/// <param name="Committed">Rows of the ledger.</param>
/// <param name="Duplicated">Rows of the ledger that are there more than once.</param>
/// <param name="Lost">Acknowledged facts that are not in the ledger.</param>
/// <param name="Recovery">From the end of the fault until everything acknowledged by then was confirmed.</param>
/// <param name="Wrong">What did not hold, as sentences; empty when all did.</param>
internal sealed record BusResult(
    string Name, long Sent, long Committed, long Duplicated, long Lost, TimeSpan Recovery, ImmutableArray<string> Wrong)
{
    public static string Head { get; } =
        $"{"fault",-58} {"sent",7} {"committed",9} {"duplicated",10} {"lost",5} {"recovery, s",11}";

    public bool Held => Wrong.IsEmpty && Duplicated == 0 && Lost == 0 && Sent == Committed;

    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-58} {Sent,7} {Committed,9} {Duplicated,10} {Lost,5} {Recovery.TotalSeconds,11:0.0}")
        + (Held ? "" : "  WRONG");
}
