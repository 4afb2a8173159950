using System.Collections.Immutable;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Events;

/// <summary>A material lot came in with its certificate; it is in quarantine until it is released. A fact of the line
/// itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Lot">The lot with what its certificate says.</param>
/// <param name="Checks">The rules of stage LR that one lot alone can break; passes too.</param>
/// <param name="By">Who received it; this person cannot release it.</param>
public sealed record LotReceived(string Batch, MaterialLot Lot, ImmutableArray<RuleCheck> Checks, string By)
    : BatchEvent(Batch);

/// <summary>A person decided what a lot may be used for. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Lot">Lot id.</param>
/// <param name="Status">What it may be used for from now on.</param>
/// <param name="Reason">The person's reason; not empty.</param>
/// <param name="Signature">Who decided, in what capacity, when.</param>
public sealed record LotStatusSet(string Batch, string Lot, LotStatus Status, string Reason, Signature Signature)
    : BatchEvent(Batch);
