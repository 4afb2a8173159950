using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>Asks a server about itself without a session and without security (OPC 10000-4 §5.5). What it says is not
/// signed: a session compares it with what the server says on a secured channel. Thread safe.</summary>
public static class UaDiscovery
{
    /// <summary>How long it may take altogether, unless options say otherwise.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>The endpoints of a server.</summary>
    /// <param name="endpointUrl">Where it is, for example <c>opc.tcp://127.0.0.1:4840</c>.</param>
    /// <param name="networkTime">Clock of time-outs; real time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">Nobody answers there within 10 s, or it refuses; the message says which.
    /// </exception>
    public static async Task<IReadOnlyList<EndpointDescription>> GetEndpointsAsync(
        string endpointUrl, TimeProvider networkTime, CancellationToken cancellationToken) =>
        await GetEndpointsAsync(Plain(endpointUrl), LongestAnswer, networkTime, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>The servers that a server knows, itself among them.</summary>
    /// <inheritdoc cref="GetEndpointsAsync(string, TimeProvider, CancellationToken)"/>
    public static async Task<IReadOnlyList<ApplicationDescription>> FindServersAsync(
        string endpointUrl, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var request = new FindServersRequest { EndpointUrl = endpointUrl };
        var found = await AskAsync<FindServersResponse>(
            Plain(endpointUrl), request, LongestAnswer, networkTime, cancellationToken).ConfigureAwait(false);
        return found.Servers;
    }

    internal static async Task<EndpointDescription[]> GetEndpointsAsync(
        UaClientOptions options, TimeSpan reachTimeout, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var request = new GetEndpointsRequest { EndpointUrl = options.EndpointUrl };
        var answer = await AskAsync<GetEndpointsResponse>(
            options, request, reachTimeout, networkTime, cancellationToken).ConfigureAwait(false);
        return answer.Endpoints;
    }

    private static UaClientOptions Plain(string endpointUrl) => new()
    {
        EndpointUrl = endpointUrl,
        ConnectTimeout = LongestAnswer,
        OperationTimeout = LongestAnswer,
    };

    private static async Task<T> AskAsync<T>(
        UaClientOptions options, IUaRequest request, TimeSpan reachTimeout, TimeProvider networkTime,
        CancellationToken cancellationToken)
        where T : class, IUaResponse
    {
        var channel = await RequestChannel
            .OpenAsync(options, ClientSecurity.ForDiscovery(options), reachTimeout, networkTime, cancellationToken)
            .ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            return await channel.SendAsync<T>(request, NodeId.Null, options.OperationTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
