using System.Collections.Concurrent;
using System.Security.Cryptography;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>CreateSession, ActivateSession, CloseSession (OPC 10000-4 §5.6) and the sessions' time-outs. Thread safe.
/// </summary>
internal sealed class SessionService(
    UaServerOptions options, DiscoveryService discovery, SubscriptionService subscriptions, TimeProvider time)
{
    private const int TokenLength = 32;
    private const int NonceLength = 32;

    private readonly ConcurrentDictionary<NodeId, Session> sessions = new();
    private readonly Lock creating = new();
    private uint lastSessionId;

    public int Count => sessions.Count;

    public CreateSessionResponse Create(CreateSessionRequest request, ServerChannel channel)
    {
        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(
            double.IsNaN(request.RequestedSessionTimeoutMs) ? 0 : request.RequestedSessionTimeoutMs,
            options.Limits.MinSessionTimeout.TotalMilliseconds,
            options.Limits.MaxSessionTimeout.TotalMilliseconds));
        Session session;
        lock (creating)
        {
            if (sessions.Count >= options.Limits.MaxSessions && !DropUnactivated())
            {
                throw new UaException(
                    StatusCodes.BadTooManySessions, $"There are {options.Limits.MaxSessions} sessions already");
            }

            // The token is a secret that a stranger must not be able to guess; it is no id of ours.
            session = new Session(
                new NodeId(1, ++lastSessionId),
                new NodeId(0, RandomNumberGenerator.GetBytes(TokenLength)),
                timeout,
                time)
            {
                Channel = channel,
                ClientUri = request.ClientDescription.ApplicationUri ?? "",
                MaxResponseOctets = request.MaxResponseMessageOctets,
            };
            sessions[session.AuthenticationToken] = session;
        }

        return new CreateSessionResponse
        {
            SessionId = session.SessionId,
            AuthenticationToken = session.AuthenticationToken,
            RevisedSessionTimeoutMs = timeout.TotalMilliseconds,
            ServerNonce = RandomNumberGenerator.GetBytes(NonceLength),
            ServerEndpoints = discovery.Endpoints(request.EndpointUrl, channel.EndpointUrl),
            MaxRequestMessageOctets = (uint)options.Limits.MaxMessageSize,
        };
    }

    public ActivateSessionResponse Activate(ActivateSessionRequest request, ServerChannel channel)
    {
        var session = Find(request.RequestHeader);
        if (!session.IsActivated && session.Channel != channel)
        {
            throw new UaException(
                StatusCodes.BadSecureChannelIdInvalid, "A session is first activated on the channel that created it");
        }

        CheckIdentity(request.UserIdentityToken);
        if (session.Channel != channel)
        {
            // The client comes back on a new channel; what it asked for on the old one cannot be answered there.
            subscriptions.ForgetRequests(session);
            session.Channel = channel;
        }

        session.IsActivated = true;
        session.Touch();
        channel.Trust();
        return new ActivateSessionResponse { ServerNonce = RandomNumberGenerator.GetBytes(NonceLength) };
    }

    public CloseSessionResponse Close(CloseSessionRequest request, ServerChannel channel)
    {
        var session = Find(request.RequestHeader);
        CheckChannel(session, channel);
        sessions.TryRemove(session.AuthenticationToken, out _);
        subscriptions.SessionClosed(session, request.DeleteSubscriptions);
        return new CloseSessionResponse();
    }

    /// <summary>The activated session of a request that came on its channel; otherwise throws.</summary>
    public Session Require(RequestHeader header, ServerChannel channel)
    {
        var session = Find(header);
        CheckChannel(session, channel);
        if (!session.IsActivated)
        {
            throw new UaException(StatusCodes.BadSessionNotActivated, "The session has not been activated");
        }

        session.Touch();
        return session;
    }

    /// <summary>Forgets the requests that waited for an answer on a channel that is gone; sessions stay.</summary>
    public void ChannelClosed(ServerChannel channel)
    {
        foreach (var session in sessions.Values)
        {
            if (session.Channel == channel)
            {
                subscriptions.ForgetRequests(session);
            }
        }
    }

    /// <summary>Closes the sessions that have not been heard of for their time-out; their subscriptions live on until
    /// their own lifetime ends or another session takes them over.</summary>
    public void CloseExpired()
    {
        foreach (var session in sessions.Values)
        {
            if (session.IsExpired && sessions.TryRemove(session.AuthenticationToken, out _))
            {
                subscriptions.SessionClosed(session, deleteSubscriptions: false);
            }
        }
    }

    /// <summary>Makes room by closing the oldest session that nobody has activated (OPC 10000-4 §5.6.2), so that
    /// sessions which are only created cannot lock clients out.</summary>
    private bool DropUnactivated()
    {
        var idle = sessions.Values
            .Where(session => !session.IsActivated)
            .MinBy(session => session.SessionId.Numeric);
        return idle is not null && sessions.TryRemove(idle.AuthenticationToken, out _);
    }

    private Session Find(RequestHeader header) =>
        sessions.TryGetValue(header.AuthenticationToken, out var session)
            ? session
            : throw new UaException(StatusCodes.BadSessionIdInvalid, "There is no such session");

    private static void CheckChannel(Session session, ServerChannel channel)
    {
        if (session.Channel != channel)
        {
            throw new UaException(
                StatusCodes.BadSecureChannelIdInvalid, "The session is not activated on this channel");
        }
    }

    private static void CheckIdentity(ExtensionObject token)
    {
        switch (token.Structure)
        {
            case null when token.IsNull:
            case AnonymousIdentityToken { PolicyId: null or "" or DiscoveryService.AnonymousPolicyId }:
                return;
            case AnonymousIdentityToken:
                throw new UaException(
                    StatusCodes.BadIdentityTokenInvalid, "The token names a policy that the endpoint does not have");
            default:
                throw new UaException(
                    StatusCodes.BadIdentityTokenRejected, "The endpoint takes anonymous users only");
        }
    }
}
