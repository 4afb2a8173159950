using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// How many operations the server takes in one call of each service (OPC 10000-5 §6.3.11). A server may refuse a
/// call with more, so the client splits.
/// </summary>
internal sealed record OperationLimits(
    OperationLimit Read,
    OperationLimit Write,
    OperationLimit Call,
    OperationLimit Browse,
    OperationLimit RegisterNodes,
    OperationLimit TranslateBrowsePaths,
    OperationLimit MonitoredItems)
{
    /// <summary>Subscriptions in one call: no node tells how many; the client's own limit until one is refused.
    /// </summary>
    public OperationLimit Subscriptions { get; } = new(MostSubscriptions);

    private const int MostSubscriptions = 1000;

    /// <summary>The nodes that hold the limits, in the order of the constructor.</summary>
    public static readonly NodeId[] Nodes =
    [
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerWrite,
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerMethodCall,
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRegisterNodes,
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerTranslateBrowsePathsToNodeIds,
        VariableIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
    ];

    /// <summary>The same limit for everything.</summary>
    public static OperationLimits All(int limit) =>
        new(new(limit), new(limit), new(limit), new(limit), new(limit), new(limit), new(limit));

    /// <summary>From the values of <see cref="Nodes"/>; one that is missing or 0 is no limit.</summary>
    public static OperationLimits From(ReadOnlySpan<DataValue> values, int ownLimit) => new(
        Limit(values[0], ownLimit),
        Limit(values[1], ownLimit),
        Limit(values[2], ownLimit),
        Limit(values[3], ownLimit),
        Limit(values[4], ownLimit),
        Limit(values[5], ownLimit),
        Limit(values[6], ownLimit));

    private static OperationLimit Limit(DataValue value, int ownLimit) =>
        !value.Status.IsBad && value.Value.TryGet<uint>(out var limit) && limit > 0
            ? new((int)Math.Min(limit, (uint)ownLimit))
            : new(ownLimit);

    /// <summary>
    /// Carries operations out in calls of at most <paramref name="limit"/>, one after the other and in order, and
    /// joins the results. A call that is refused with BadTooManyOperations has done nothing: it is halved, and so is
    /// the limit, since some servers tell none or a wrong one.
    /// </summary>
    /// <exception cref="UaException">A call failed, or gave another number of results than it got operations.
    /// </exception>
    public static async Task<TResult[]> SplitAsync<TOperation, TResult>(
        IReadOnlyList<TOperation> operations, OperationLimit limit, Func<TOperation[], Task<TResult[]>> call)
    {
        if (operations.Count == 0)
        {
            return [];
        }

        TResult[]? results = null;
        for (var start = 0; start < operations.Count;)
        {
            var count = Math.Min(operations.Count - start, limit.Most);
            var part = count == operations.Count
                ? operations as TOperation[] ?? [.. operations]
                : operations.Skip(start).Take(count).ToArray();
            try
            {
                var done = Checked(await call(part).ConfigureAwait(false), count);
                if (count == operations.Count)
                {
                    return done;
                }

                done.CopyTo(results ??= new TResult[operations.Count], start);
                start += count;
            }
            catch (UaException refused) when (limit.IsLoweredBy(refused, count))
            {
                // Again, with half as many.
            }
        }

        return results ?? [];
    }

    /// <summary>The results, once their number is right.</summary>
    public static TResult[] Checked<TResult>(TResult[] results, int expected) => results.Length == expected
        ? results
        : throw new UaException(
            StatusCodes.BadUnexpectedError, $"The server gave {results.Length} results for {expected} operations");
}

/// <summary>Most operations in one call of a service, at least 1; it only falls. Thread safe.</summary>
internal sealed class OperationLimit(int most)
{
    private int _most = Math.Max(1, most);

    public int Most => Volatile.Read(ref _most);

    /// <summary>Lowers the limit when a call of this many operations was refused for their number. False when that is
    /// not why, or one operation is too many already.</summary>
    public bool IsLoweredBy(UaException refused, int count)
    {
        if (refused.Status.WithoutInfoBits != StatusCodes.BadTooManyOperations || count <= 1)
        {
            return false;
        }

        Volatile.Write(ref _most, Math.Min(Most, count / 2));
        return true;
    }
}
