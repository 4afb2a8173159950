namespace CoatLine.Ledger;

/// <summary>An <see cref="EventQuery"/> as the arguments of an SQL text.</summary>
internal sealed record EventArguments(
    string? Line, long FromSeq, string? Type, string TypeFirst, string? Batch, int Limit)
{
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to <see cref="EventQuery.MaxLimit"/>.
    /// </exception>
    public static EventArguments Of(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, EventQuery.MaxLimit, nameof(query));
        return new EventArguments(
            query.Line, query.FromSeq, query.Type, $"coatline.{query.Type}.v", query.Batch, query.Limit);
    }
}
