using System.Collections.Concurrent;
using System.Security.Cryptography;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>CreateSession, ActivateSession, CloseSession (OPC 10000-4 §5.6) and the sessions' time-outs. Thread safe.
/// </summary>
internal sealed class SessionService(
    UaServerOptions options,
    ServerEndpoints endpoints,
    DiscoveryService discovery,
    SubscriptionService subscriptions,
    TimeProvider time)
{
    private const int TokenLength = 32;

    private readonly UserTokens users = new(options, endpoints, time);
    private readonly ConcurrentDictionary<NodeId, Session> sessions = new();
    private readonly Lock creating = new();
    private uint lastSessionId;

    public int Count => sessions.Count;

    public CreateSessionResponse Create(CreateSessionRequest request, ServerChannel channel)
    {
        CheckClient(request, channel);
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
                Security = SessionSecurity.Of(channel),
                ServerNonce = SessionSecurity.NewNonce(),
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
            ServerNonce = session.ServerNonce,
            ServerCertificate = options.Pki?.Own.Chain.ToArray(),
            ServerSignature = SessionSecurity.Sign(channel, request.ClientNonce),
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

        session.Security.CheckSame(SessionSecurity.Of(channel));
        SessionSecurity.CheckSignature(channel, request.ClientSignature, session.ServerNonce);
        var user = users.Identify(request, channel, session.ServerNonce);
        if (session.Channel != channel)
        {
            if (session.IsActivated && user != session.User)
            {
                throw new UaException(
                    StatusCodes.BadIdentityChangeNotSupported, "A session comes to a new channel with its own user");
            }

            // The client comes back on a new channel; what it asked for on the old one cannot be answered there.
            subscriptions.ForgetRequests(session);
            session.Channel = channel;
        }

        session.User = user;
        session.ServerNonce = SessionSecurity.NewNonce();
        session.IsActivated = true;
        session.Touch();
        channel.Trust();
        return new ActivateSessionResponse { ServerNonce = session.ServerNonce };
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

    /// <summary>Holds what the client says of itself against its channel (OPC 10000-4 §5.7.2).</summary>
    private void CheckClient(CreateSessionRequest request, ServerChannel channel)
    {
        var security = SessionSecurity.Of(channel);
        if (!endpoints.Has(security.PolicyUri, security.Mode))
        {
            throw new UaException(
                StatusCodes.BadSecurityModeRejected, "A channel without security is for discovery only here");
        }

        SessionSecurity.CheckClient(channel, request);
        if (channel.Keys is null)
        {
            return;
        }

        var verdict = options.Pki!.Validator.Validate(
            request.ClientCertificate,
            new CertificateExpectation
            {
                Role = CertificateRole.Client,
                ApplicationUri = request.ClientDescription.ApplicationUri ?? "",
            });
        if (!verdict.IsGood)
        {
            options.SecurityReport?.Invoke(new SecurityIncident(channel.Peer, verdict.Status, verdict.Why));
            throw new UaException(verdict.Status, "The client's certificate does not fit");
        }
    }
}
