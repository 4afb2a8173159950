using System.Collections.Concurrent;
using CoatLine.Domain.Execution;
using Microsoft.Extensions.Logging;

namespace CoatLine.Engine.Running;

/// <summary>
/// One ownership of the line by this process: what all runs of an engine share.
/// </summary>
/// <param name="Journal">The journal.</param>
/// <param name="Line">The line.</param>
/// <param name="LineTime">Time of the line, which a simulation may scale.</param>
/// <param name="NetworkTime">Real time, for retries.</param>
/// <param name="Epoch">Owner epoch.</param>
/// <param name="Log">Log.</param>
internal sealed record EngineSession(
    Journal Journal, ILine Line, TimeProvider LineTime, TimeProvider NetworkTime, ulong Epoch, ILogger Log)
{
    /// <summary>Units read since the engine started or their link was lost: only what happens at them through this
    /// engine can have changed them since.</summary>
    public ConcurrentDictionary<Unit, bool> Seen { get; } = new();

    /// <summary>Who has which unit.</summary>
    public UnitArbiter Units { get; } = new();
}
