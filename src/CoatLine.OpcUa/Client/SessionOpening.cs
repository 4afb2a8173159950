using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>CreateSession and ActivateSession, and what is read at the beginning of a session
/// (OPC 10000-4 §5.7).</summary>
internal static class SessionOpening
{
    /// <summary>Creates a session on the channel; it has to be activated before anything else.</summary>
    /// <exception cref="UaException">The server refuses, or the connection was lost.</exception>
    public static async Task<UaSession> CreateAsync(
        RequestChannel channel, UaClientOptions options, long number, CancellationToken cancellationToken)
    {
        var request = channel.Security.Complete(new CreateSessionRequest
        {
            ClientDescription = new ApplicationDescription
            {
                ApplicationUri = options.ApplicationUri,
                ApplicationName = LocalizedText.Of(options.ApplicationName),
                ApplicationType = ApplicationType.Client,
            },
            EndpointUrl = options.EndpointUrl,
            SessionName = options.SessionName,
            RequestedSessionTimeoutMs = options.SessionTimeout.TotalMilliseconds,
            MaxResponseMessageOctets = (uint)options.Limits.MaxMessageOctets,
        });
        var created = await channel.SendAsync<CreateSessionResponse>(
            request, NodeId.Null, options.OperationTimeout, cancellationToken).ConfigureAwait(false);
        channel.Security.Check(request, created);
        return new UaSession(options, number, created);
    }

    /// <summary>Activates a session on a channel, its own or, when that was lost, another one
    /// (OPC 10000-4 §5.7.3).</summary>
    /// <exception cref="UaException">The server refuses, or the connection was lost.</exception>
    public static async Task ActivateAsync(
        UaSession session, RequestChannel channel, UaClientOptions options, CancellationToken cancellationToken)
    {
        var request = channel.Security.ActivateRequest(session.Created, session.ServerNonce);
        var activated = await channel.SendAsync<ActivateSessionResponse>(
            request, session.Created.AuthenticationToken, options.OperationTimeout, cancellationToken)
            .ConfigureAwait(false);
        session.ServerNonce = activated.ServerNonce;
        session.Channel = channel;
    }

    /// <summary>Reads what may have changed with the session.</summary>
    /// <exception cref="UaException">The server does not tell, or the connection was lost.</exception>
    public static async Task<ServerFacts> ReadFactsAsync(
        UaSession session, UaClientOptions options, CancellationToken cancellationToken)
    {
        // One value per call first, since the limits are not known yet and a small server may take few at once.
        var namespaces = await session.ReadAsync([VariableIds.Server_NamespaceArray], cancellationToken)
            .ConfigureAwait(false);
        if (namespaces[0].Status.IsBad || !namespaces[0].Value.TryGet<string?[]>(out var uris))
        {
            throw new UaException(
                StatusCodes.BadUnexpectedError,
                $"{session.EndpointUrl} does not tell its namespaces: {namespaces[0].Status}");
        }

        var started = await session.ReadAsync([VariableIds.Server_ServerStatus_StartTime], cancellationToken)
            .ConfigureAwait(false);
        var limits = await session.ReadAsync(OperationLimits.Nodes, cancellationToken).ConfigureAwait(false);
        return new ServerFacts(
            Array.ConvertAll(uris, uri => uri ?? ""),
            OperationLimits.From(limits, options.MaxOperationsPerCall),
            !started[0].Status.IsBad && started[0].Value.TryGet<DateTime>(out var time) ? time : null);
    }
}
