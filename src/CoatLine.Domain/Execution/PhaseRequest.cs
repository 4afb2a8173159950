using System.Collections.Immutable;

namespace CoatLine.Domain.Execution;

/// <summary>One parameter of a phase request, under its name in the tag contract below <c>Request.</c>.</summary>
/// <param name="Name">Tag name, e.g. <c>RevSpeedSP</c>; its engineering unit is fixed by the contract.</param>
/// <param name="Value">A <see cref="double"/>, <see cref="int"/> or <see cref="string"/>, as the contract types it.
/// </param>
public sealed record PhaseParameter(string Name, object Value);

/// <summary>What the MES means a unit to do, once.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Id">The deterministic id; the same id twice is one request.</param>
/// <param name="OwnerEpoch">Epoch of the active node, from 1; a PLC refuses a lower one than it has seen.</param>
/// <param name="Parameters">Every parameter that the contract lists for the phase, no other.</param>
public sealed record PhaseRequest(
    Unit Unit,
    PhaseKind Phase,
    RequestId Id,
    ulong OwnerEpoch,
    ImmutableArray<PhaseParameter> Parameters);
