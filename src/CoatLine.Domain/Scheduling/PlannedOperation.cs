using CoatLine.Domain.Execution;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Scheduling;

/// <summary>An operation of a batch on one unit, as it is expected.</summary>
/// <param name="Claim">The unit and what it is needed for; the same that the batch claims when it comes to it.</param>
/// <param name="Duration">Expected time on the unit (line time).</param>
/// <param name="LastStep">Step id by whose outcome it is done.</param>
public sealed record PlannedOperation(UnitClaim Claim, Seconds Duration, string LastStep)
{
    /// <summary>The sub-layer whose slurry is ready at its end: there its pot life begins.</summary>
    public SubLayer? Readies { get; init; }

    /// <summary>The sub-layer whose slurry is coated: it begins inside the pot life.</summary>
    public SubLayer? Coats { get; init; }
}
