namespace CoatLine.Simulator.Plc;

/// <summary>A phase that a unit can run.</summary>
/// <param name="Number">Number that <c>Request.Phase</c> carries.</param>
/// <param name="ParameterNames">The parameters it uses; others on the unit are neither checked nor echoed.</param>
internal sealed record PhaseSpec(int Number, params string[] ParameterNames);
