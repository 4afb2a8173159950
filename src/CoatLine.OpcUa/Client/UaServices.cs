using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// The services of a server, in a session. Thread safe; any number of calls may be under way. None is ever sent twice:
/// a call whose answer did not come fails, and the caller decides.
/// </summary>
public abstract partial class UaServices
{
    private protected UaServices()
    {
    }

    /// <summary>Where the server is.</summary>
    public abstract string EndpointUrl { get; }

    /// <summary>Namespace URIs of the server by index, as read at the beginning of the session.</summary>
    public abstract IReadOnlyList<string> NamespaceArray { get; }

    internal abstract OperationLimits Limits { get; }

    /// <summary>Sends any request in the session, with the operation time-out.</summary>
    /// <exception cref="UaException">The service failed; BadTimeout or BadConnectionClosed: whether it was carried out
    /// is unknown; BadNotConnected or BadSessionClosed: nothing was sent.</exception>
    public abstract Task<TResponse> SendAsync<TResponse>(IUaRequest request, CancellationToken cancellationToken)
        where TResponse : class, IUaResponse;

    /// <summary>Index of a namespace in this session; null when the server does not have it.</summary>
    public ushort? NamespaceIndex(string uri)
    {
        var namespaces = NamespaceArray;
        for (var index = 0; index < namespaces.Count; index++)
        {
            if (namespaces[index] == uri)
            {
                return (ushort)index;
            }
        }

        return null;
    }

    /// <summary>The server's endpoints. Their URLs may not be reachable from here.</summary>
    /// <exception cref="UaException">The call failed.</exception>
    public async Task<IReadOnlyList<EndpointDescription>> GetEndpointsAsync(CancellationToken cancellationToken)
    {
        var request = new GetEndpointsRequest { EndpointUrl = EndpointUrl };
        return (await SendAsync<GetEndpointsResponse>(request, cancellationToken).ConfigureAwait(false)).Endpoints;
    }

    /// <summary>Reads the values of nodes, with source and server time, from the source rather than a cache.</summary>
    /// <exception cref="UaException">The call failed; a node that cannot be read has a bad status instead.</exception>
    public Task<DataValue[]> ReadAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellationToken) =>
        nodes.Count == 1
            ? ReadOnceAsync(new ReadValuesRequest(nodes), 1, cancellationToken)
            : OperationLimits.SplitAsync(nodes, Limits.Read, ValueReader(cancellationToken));

    /// <summary>Reads attributes of nodes, with source and server time, from the source rather than a cache.</summary>
    /// <exception cref="UaException">The call failed; an item that cannot be read has a bad status instead.</exception>
    public Task<DataValue[]> ReadAsync(IReadOnlyList<ReadValueId> items, CancellationToken cancellationToken) =>
        items is ReadValueId[] { Length: 1 } one
            ? ReadOnceAsync(Request(one), 1, cancellationToken)
            : OperationLimits.SplitAsync(items, Limits.Read, Reader(cancellationToken));

    /// <summary>
    /// Writes attributes of nodes in the given order. More than the server takes at once go in several calls, one after
    /// the other.
    /// </summary>
    /// <returns>One status per value; a bad one does not keep the values after it from being written.</returns>
    /// <exception cref="UaException">The call failed; with BadTimeout or BadConnectionClosed it is unknown which
    /// values have been written.</exception>
    public Task<StatusCode[]> WriteAsync(IReadOnlyList<WriteValue> values, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(values, Limits.Write, async part => (await SendAsync<WriteResponse>(
            new WriteRequest { NodesToWrite = part }, cancellationToken).ConfigureAwait(false)).Results);

    /// <summary>Calls methods in the given order.</summary>
    /// <returns>One result per call.</returns>
    /// <exception cref="UaException">The call as a whole failed.</exception>
    public Task<CallMethodResult[]> CallAsync(
        IReadOnlyList<CallMethodRequest> calls, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(calls, Limits.Call, async part => (await SendAsync<CallResponse>(
            new CallRequest { MethodsToCall = part }, cancellationToken).ConfigureAwait(false)).Results);

    /// <summary>Calls one method.</summary>
    /// <returns>Its outputs.</returns>
    /// <exception cref="UaException">The call or the method failed.</exception>
    public async Task<Variant[]> CallAsync(
        NodeId target, NodeId method, Variant[] inputs, CancellationToken cancellationToken)
    {
        var call = new CallMethodRequest { ObjectId = target, MethodId = method, InputArguments = inputs };
        var result = (await CallAsync([call], cancellationToken).ConfigureAwait(false))[0];
        return result.StatusCode.IsBad
            ? throw new UaException(result.StatusCode, $"Method {method} of {target} failed")
            : result.OutputArguments;
    }

    /// <summary>Registers nodes, so that a server can make access to them faster.</summary>
    /// <returns>The ids to use in this session, in order.</returns>
    /// <exception cref="UaException">The call failed.</exception>
    public Task<NodeId[]> RegisterNodesAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(nodes, Limits.RegisterNodes, async part => (await SendAsync<RegisterNodesResponse>(
            new RegisterNodesRequest { NodesToRegister = part }, cancellationToken)
            .ConfigureAwait(false)).RegisteredNodeIds);

    /// <summary>Takes a registration back.</summary>
    /// <exception cref="UaException">The call failed.</exception>
    public async Task UnregisterNodesAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellationToken)
    {
        foreach (var part in nodes.Chunk(Limits.RegisterNodes.Most))
        {
            await SendAsync<UnregisterNodesResponse>(
                new UnregisterNodesRequest { NodesToUnregister = part }, cancellationToken).ConfigureAwait(false);
        }
    }

    // Not inline: a lambda in the method itself would cost every small read its closure.
    private Func<ReadValueId[], Task<DataValue[]>> Reader(CancellationToken cancellationToken) =>
        part => ReadOnceAsync(Request(part), part.Length, cancellationToken);

    private Func<NodeId[], Task<DataValue[]>> ValueReader(CancellationToken cancellationToken) =>
        part => ReadOnceAsync(new ReadValuesRequest(part), part.Length, cancellationToken);

    private static ReadRequest Request(ReadValueId[] items) =>
        new() { TimestampsToReturn = TimestampsToReturn.Both, NodesToRead = items };

    private async Task<DataValue[]> ReadOnceAsync(IUaRequest request, int count, CancellationToken cancellationToken)
    {
        var response = await SendAsync<ReadResponse>(request, cancellationToken).ConfigureAwait(false);
        return OperationLimits.Checked(response.Results, count);
    }
}
