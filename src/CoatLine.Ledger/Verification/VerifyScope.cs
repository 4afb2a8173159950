using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>What a verification looks at; the default is everything, on every processor.</summary>
public sealed record VerifyScope
{
    /// <summary>The most processors, inclusive.</summary>
    public const int MaxJobs = 256;

    /// <summary>Marks known from elsewhere (a journal, a note), at most one per line.</summary>
    public ImmutableArray<LedgerMark> Expected { get; init; } = [];

    /// <summary>
    /// Marks up to which a line is taken as verified (a signed checkpoint), at most one per line: only what follows is
    /// read, and that it follows just that event is checked. When something is wrong, the whole is read after all.
    /// </summary>
    public ImmutableArray<LedgerMark> VerifiedThrough { get; init; } = [];

    /// <summary>How many processors work, 1 to <see cref="MaxJobs"/>; all of the machine by default.</summary>
    public int Jobs { get; init; } = Math.Min(MaxJobs, Environment.ProcessorCount);

    internal Dictionary<LineId, LedgerMark> Marks()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Jobs, 1, nameof(Jobs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Jobs, MaxJobs, nameof(Jobs));
        return Expected.ToDictionary(mark => mark.Line);
    }

    internal Dictionary<LineId, LedgerMark> Since() => VerifiedThrough.ToDictionary(mark => mark.Line);
}
