namespace CoatLine.Domain.Execution;

/// <summary>What became of a started phase since one last heard of it.</summary>
public abstract record PhaseNews;

/// <summary>The unit has latched its result.</summary>
/// <param name="Result">The result block.</param>
public sealed record PhaseEnded(PhaseResult Result) : PhaseNews;

/// <summary>The phase stands, or runs again, without a result.</summary>
/// <param name="State">Held, Suspended or Execute.</param>
/// <param name="ElapsedS">Seconds of the phase that count, ≥ 0; NaN where that was not Good.</param>
public sealed record PhaseTurned(PackMlState State, double ElapsedS) : PhaseNews;
