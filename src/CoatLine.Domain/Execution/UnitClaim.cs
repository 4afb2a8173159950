namespace CoatLine.Domain.Execution;

/// <summary>
/// That a step needs a unit for itself (ISA-88 arbitration). Steps of one batch in a row with the same claim keep the
/// unit over what lies between them, as a container stays in the mixer over a stage.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Key">What it is needed for, unique in the batch.</param>
public sealed record UnitClaim(Unit Unit, string Key);
