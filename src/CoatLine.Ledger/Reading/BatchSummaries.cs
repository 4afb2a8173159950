using System.Collections.Immutable;

namespace CoatLine.Ledger;

/// <summary>How often a type stands in a batch, and where first and last.</summary>
internal sealed record TypeCount(string Line, string Batch, string Type, long Count, long FirstSeq, long LastSeq);

/// <summary>Makes summaries of batches from what a database counts.</summary>
internal static class BatchSummaries
{
    /// <summary>The summaries in the order of line and first event.</summary>
    /// <param name="counts">The counts of one batch or of all.</param>
    /// <param name="time">Time of an event as stored, by line and number.</param>
    public static List<BatchSummary> Of(IEnumerable<TypeCount> counts, Func<string, long, string> time) =>
    [
        .. counts.GroupBy(count => (count.Line, count.Batch))
            .Select(group => Summary(group.Key.Line, group.Key.Batch, [.. group], time))
            .OrderBy(summary => summary.Line, StringComparer.Ordinal)
            .ThenBy(summary => summary.FirstSeq),
    ];

    private static BatchSummary Summary(
        string line, string batch, ImmutableArray<TypeCount> types, Func<string, long, string> time)
    {
        long first = types.Min(type => type.FirstSeq);
        long last = types.Max(type => type.LastSeq);
        BatchState state = types
            .Select(type => (type.LastSeq, State: StateAfter(BatchSummary.BareType(type.Type))))
            .Where(said => said.State is not null)
            .OrderBy(said => said.LastSeq)
            .Select(said => said.State!.Value)
            .LastOrDefault(BatchState.Open);
        return new BatchSummary(line, batch, state, types.Sum(type => type.Count), first, last,
            time(line, first), time(line, last),
            types.ToImmutableSortedDictionary(type => type.Type, type => type.Count, StringComparer.Ordinal));
    }

    /// <summary>Where a batch stands after an event; null when that says nothing of it.</summary>
    internal static BatchState? StateAfter(string bareType) => bareType switch
    {
        "batch-created" or "batch-resumed" or "question-answered" => BatchState.Open,
        "batch-held" => BatchState.Held,
        "batch-released" => BatchState.Released,
        "batch-rejected" => BatchState.Rejected,
        "trial-concluded" => BatchState.TrialConcluded,
        _ => null,
    };
}
