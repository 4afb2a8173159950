using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Procedures;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Scheduling;

/// <summary>What is recorded of the slurries of a batch.</summary>
internal static class BatchSlurries
{
    /// <summary>When a slurry's last mix cycle ended; null when it is not ready.</summary>
    public static DateTimeOffset? MixEnd(BatchState state, SubLayer layer) => state.Outcomes
        .GetValueOrDefault($"{BatchContext.Prefix(layer)}/completed", [])
        .OfType<SlurryCompleted>().LastOrDefault()?.MixEnded;
}
