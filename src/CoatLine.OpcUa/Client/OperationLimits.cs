using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// How many operations the server takes in one call of each service (OPC 10000-5 §6.3.11). A server may refuse a
/// call with more, so the client splits.
/// </summary>
internal sealed record OperationLimits(
    int Read, int Write, int Call, int Browse, int RegisterNodes, int TranslateBrowsePaths, int MonitoredItems)
{
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
    public static OperationLimits All(int limit) => new(limit, limit, limit, limit, limit, limit, limit);

    /// <summary>From the values of <see cref="Nodes"/>; one that is missing or 0 is no limit.</summary>
    public static OperationLimits From(ReadOnlySpan<DataValue> values, int ownLimit) => new(
        Limit(values[0], ownLimit),
        Limit(values[1], ownLimit),
        Limit(values[2], ownLimit),
        Limit(values[3], ownLimit),
        Limit(values[4], ownLimit),
        Limit(values[5], ownLimit),
        Limit(values[6], ownLimit));

    private static int Limit(DataValue value, int ownLimit) =>
        !value.Status.IsBad && value.Value.TryGet<uint>(out var limit) && limit > 0
            ? (int)Math.Min(limit, (uint)ownLimit)
            : ownLimit;

    /// <summary>
    /// Carries operations out in calls of at most <paramref name="limit"/>, one after the other and in order, and
    /// joins the results.
    /// </summary>
    /// <exception cref="UaException">A call failed, or gave another number of results than it got operations.
    /// </exception>
    public static async Task<TResult[]> SplitAsync<TOperation, TResult>(
        IReadOnlyList<TOperation> operations, int limit, Func<TOperation[], Task<TResult[]>> call)
    {
        if (operations.Count == 0)
        {
            return [];
        }

        if (operations.Count <= limit)
        {
            return Checked(await call([.. operations]).ConfigureAwait(false), operations.Count);
        }

        var results = new TResult[operations.Count];
        for (var start = 0; start < operations.Count; start += limit)
        {
            var part = operations.Skip(start).Take(limit).ToArray();
            Checked(await call(part).ConfigureAwait(false), part.Length).CopyTo(results, start);
        }

        return results;
    }

    /// <summary>The results, once their number is right.</summary>
    public static TResult[] Checked<TResult>(TResult[] results, int expected) => results.Length == expected
        ? results
        : throw new UaException(
            StatusCodes.BadUnexpectedError, $"The server gave {results.Length} results for {expected} operations");
}
