using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

public sealed partial class UaClient
{
    /// <summary>The server's endpoints. Their URLs may not be reachable from here.</summary>
    /// <exception cref="UaException">The call failed.</exception>
    public async Task<IReadOnlyList<EndpointDescription>> GetEndpointsAsync(CancellationToken cancellationToken)
    {
        var request = new GetEndpointsRequest { EndpointUrl = EndpointUrl };
        return (await SendAsync<GetEndpointsResponse>(request, cancellationToken).ConfigureAwait(false)).Endpoints;
    }

    /// <summary>Reads the values of nodes, with source and server time, from the source rather than a cache.</summary>
    /// <exception cref="UaException">The call failed; a node that cannot be read has a bad status instead.</exception>
    public Task<DataValue[]> ReadAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellationToken)
    {
        var items = new ReadValueId[nodes.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadValueId.Of(nodes[i]);
        }

        return ReadAsync(items, cancellationToken);
    }

    /// <summary>Reads attributes of nodes, with source and server time, from the source rather than a cache.</summary>
    /// <exception cref="UaException">The call failed; an item that cannot be read has a bad status instead.</exception>
    public Task<DataValue[]> ReadAsync(IReadOnlyList<ReadValueId> items, CancellationToken cancellationToken) =>
        items is ReadValueId[] few && few.Length > 0 && few.Length <= _limits.Read
            ? ReadOnceAsync(few, cancellationToken)
            : OperationLimits.SplitAsync(items, _limits.Read, Reader(cancellationToken));

    /// <summary>
    /// Writes attributes of nodes in the given order. More than the server takes at once go in several calls, one after
    /// the other.
    /// </summary>
    /// <returns>One status per value; a bad one does not keep the values after it from being written.</returns>
    /// <exception cref="UaException">The call failed; with BadTimeout or BadConnectionClosed it is unknown which
    /// values have been written.</exception>
    public Task<StatusCode[]> WriteAsync(IReadOnlyList<WriteValue> values, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(values, _limits.Write, async part => (await SendAsync<WriteResponse>(
            new WriteRequest { NodesToWrite = part }, cancellationToken).ConfigureAwait(false)).Results);

    /// <summary>Calls methods in the given order.</summary>
    /// <returns>One result per call.</returns>
    /// <exception cref="UaException">The call as a whole failed.</exception>
    public Task<CallMethodResult[]> CallAsync(
        IReadOnlyList<CallMethodRequest> calls, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(calls, _limits.Call, async part => (await SendAsync<CallResponse>(
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
        OperationLimits.SplitAsync(nodes, _limits.RegisterNodes, async part => (await SendAsync<RegisterNodesResponse>(
            new RegisterNodesRequest { NodesToRegister = part }, cancellationToken)
            .ConfigureAwait(false)).RegisteredNodeIds);

    /// <summary>Takes a registration back.</summary>
    /// <exception cref="UaException">The call failed.</exception>
    public async Task UnregisterNodesAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellationToken)
    {
        foreach (var part in nodes.Chunk(_limits.RegisterNodes))
        {
            await SendAsync<UnregisterNodesResponse>(
                new UnregisterNodesRequest { NodesToUnregister = part }, cancellationToken).ConfigureAwait(false);
        }
    }

    // Not inline: a lambda in the method itself would cost every small read its closure.
    private Func<ReadValueId[], Task<DataValue[]>> Reader(CancellationToken cancellationToken) =>
        part => ReadOnceAsync(part, cancellationToken);

    private async Task<DataValue[]> ReadOnceAsync(ReadValueId[] items, CancellationToken cancellationToken)
    {
        var request = new ReadRequest { TimestampsToReturn = TimestampsToReturn.Both, NodesToRead = items };
        var response = await SendAsync<ReadResponse>(request, cancellationToken).ConfigureAwait(false);
        return OperationLimits.Checked(response.Results, items.Length);
    }
}
