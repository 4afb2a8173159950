using System.Collections.Immutable;
using System.Data.Common;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Models;

/// <summary>What was read from the chain, and where the models stand now.</summary>
/// <param name="Events">Events taken in by this call, ≥ 0.</param>
/// <param name="Lines">How far each line is, by name.</param>
/// <param name="Rows">How many rows each model has.</param>
public sealed record ModelReport(
    long Events, ImmutableArray<ModelPosition> Lines, ImmutableSortedDictionary<string, long> Rows);

/// <summary>
/// The read models of a ledger: tables that are made from the chain alone and can be thrown away at any time. Each
/// event is checked against its chain as it is read, so a model never stands on an event that was changed. Beside a
/// ledger in a file they are in a file of their own, so that making them never touches the ledger. One caller at a
/// time.
/// </summary>
public sealed class LedgerModels(LedgerPlace place)
{
    /// <summary>Events read and written at a time, inclusive: what memory is needed for.</summary>
    public const int PageEvents = 1000;

    /// <summary>The most rows that a list gives, inclusive.</summary>
    public const int MaxLimit = 100_000;

    /// <summary>Throws the models away and makes them anew, in one transaction: who reads meanwhile sees the old ones,
    /// and after a failure they are what they were.</summary>
    /// <exception cref="LedgerException">The chain does not hold; the message names the first bad event. Or a database
    /// failed.</exception>
    public Task<ModelReport> RebuildAsync(CancellationToken cancellationToken) => place.WithModelsAsync(
        async (reader, writer) =>
        {
            await using DbTransaction all = await writer.BeginAsync(cancellationToken).ConfigureAwait(false);
            await writer.ClearAsync(cancellationToken).ConfigureAwait(false);
            var walk = new ModelWalk(reader, writer, new ModelProjector(), []);
            await walk.RunAsync(isInOneTransaction: true, cancellationToken).ConfigureAwait(false);
            await all.CommitAsync(cancellationToken).ConfigureAwait(false);
            return await ReportAsync(writer, walk.Events, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Takes in what was recorded since; a transaction for each page.</summary>
    /// <exception cref="LedgerException">The chain does not hold, or is not the one that the models were made from; the
    /// message names the event. Or a database failed.</exception>
    public Task<ModelReport> CatchUpAsync(CancellationToken cancellationToken) => place.WithModelsAsync(
        async (reader, writer) =>
        {
            var walk = new ModelWalk(
                reader,
                writer,
                await writer.ResumeAsync(cancellationToken).ConfigureAwait(false),
                await writer.PositionsAsync(cancellationToken).ConfigureAwait(false));
            await walk.RunAsync(isInOneTransaction: false, cancellationToken).ConfigureAwait(false);
            return await ReportAsync(writer, walk.Events, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Rows of a model in the order of its key, as they stand.</summary>
    /// <param name="table">The model.</param>
    /// <param name="batch">Only this batch; null for all.</param>
    /// <param name="limit">At most so many, 1 to <see cref="MaxLimit"/>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The values of each row in the order of <see cref="ModelTable.Columns"/>: text, a whole number of 64
    /// bits, a number of double precision, or null.</returns>
    /// <exception cref="LedgerException">A database failed, or has no models.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of its range.</exception>
    public Task<IReadOnlyList<object?[]>> ListAsync(
        ModelTable table, string? batch, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        return place.WithModelsAsync((_, writer) => writer.ListAsync(table, batch, limit, cancellationToken));
    }

    private static async Task<ModelReport> ReportAsync(
        ModelWriter writer, long events, CancellationToken cancellationToken)
    {
        var rows = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (ModelTable table in ModelTable.All)
        {
            rows[table.Name] = await writer.CountAsync(table, cancellationToken).ConfigureAwait(false);
        }

        Dictionary<string, ModelPosition> positions =
            await writer.PositionsAsync(cancellationToken).ConfigureAwait(false);
        return new ModelReport(
            events, [.. positions.Values.OrderBy(static p => p.Line, StringComparer.Ordinal)], rows.ToImmutable());
    }
}
