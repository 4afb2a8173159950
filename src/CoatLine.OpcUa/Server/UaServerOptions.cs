using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Says whether this is the user's password. Called on the connection's loop, by several at once: it has to be
/// quick and thread safe. An exception counts as no.</summary>
/// <param name="userName">Name, never empty.</param>
/// <param name="password">Password, maybe empty.</param>
public delegate bool UserCheck(string userName, string password);

/// <summary>Where a server listens and who it says it is.</summary>
public sealed record UaServerOptions
{
    /// <summary>Address or host name to listen on; the loopback unless set. "0.0.0.0" listens on every IPv4 address.
    /// </summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port 0..65535; 0 (default) takes a free one, see <see cref="UaServer.Port"/>.</summary>
    public int Port { get; init; }

    /// <summary>URI of this application instance; becomes namespace 1.</summary>
    public string ApplicationUri { get; init; } = "urn:coatline:server";

    /// <summary>Name for people.</summary>
    public string ApplicationName { get; init; } = "CoatLine OPC UA server";

    /// <summary>URI of the product.</summary>
    public string ProductUri { get; init; } = "urn:coatline:mes";

    /// <summary>Version of the product, shown in BuildInfo.</summary>
    public string SoftwareVersion { get; init; } = "0.1.0";

    /// <summary>Own certificate and check of the clients' certificates; without it only policy None is on offer.
    /// </summary>
    public ApplicationPki? Pki { get; init; }

    /// <summary>Policies with keys on offer, the strongest first; default all of them.</summary>
    public IReadOnlyList<UaSecurityPolicy> Policies { get; init; } = UaSecurityPolicy.Secured;

    /// <summary>Modes on offer with each policy; default SignAndEncrypt and Sign.</summary>
    public IReadOnlyList<MessageSecurityMode> SecurityModes { get; init; } =
        [MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign];

    /// <summary>Whether sessions without security are allowed too; default no. Discovery always is.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Whether users may stay anonymous; default yes.</summary>
    public bool AllowAnonymous { get; init; } = true;

    /// <summary>Checks user names; null (default) takes none. Passwords only ever come encrypted: this needs
    /// <see cref="Pki"/>.</summary>
    public UserCheck? CheckUser { get; init; }

    /// <summary>Judges the certificates of users; null (default) takes none. This needs <see cref="Pki"/>.</summary>
    public CertificateValidator? UserCertificates { get; init; }

    /// <summary>Takes why clients were refused, which they are not told. Called on the connections' loops, by several
    /// at once; it must not throw.</summary>
    public Action<SecurityIncident>? SecurityReport { get; init; }

    /// <summary>Bounds of everything that a client can ask for.</summary>
    public UaServerLimits Limits { get; init; } = new();
}

/// <summary>Bounds of what clients can make a server hold or do. Whatever goes beyond is refused with the status code
/// that the standard has for it.</summary>
public sealed record UaServerLimits
{
    /// <summary>Most TCP connections. One more takes the place of the oldest one on which no session has been
    /// activated; BadTcpNotEnoughResources when there is none (OPC 10000-4 §5.5.2.1). Default 100.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>Most TCP connections of one remote address, under the same rule. Default 50.</summary>
    public int MaxConnectionsPerRemote { get; init; } = 50;

    /// <summary>Most sessions; BadTooManySessions. Default 100.</summary>
    public int MaxSessions { get; init; } = 100;

    /// <summary>Most subscriptions of all sessions; BadTooManySubscriptions. Default 200.</summary>
    public int MaxSubscriptions { get; init; } = 200;

    /// <summary>Most monitored items of one subscription; BadTooManyMonitoredItems. Default 20 000.</summary>
    public int MaxMonitoredItemsPerSubscription { get; init; } = 20_000;

    /// <summary>Longest queue of one monitored item; longer ones are revised to it. Default 1000.</summary>
    public int MaxQueueSize { get; init; } = 1000;

    /// <summary>Most Publish requests that a session may have waiting; the oldest is answered with
    /// BadTooManyPublishRequests. Default 100.</summary>
    public int MaxPublishRequestsPerSession { get; init; } = 100;

    /// <summary>Most messages that a subscription keeps for Republish; the oldest goes first. Default 200.</summary>
    public int MaxRetransmissionMessages { get; init; } = 200;

    /// <summary>Most operations of one Read, Write, Browse and so on; BadTooManyOperations. Default 10 000.</summary>
    public int MaxOperationsPerCall { get; init; } = 10_000;

    /// <summary>Most references of one Browse result before a continuation point. Default 1000.</summary>
    public int MaxReferencesPerNode { get; init; } = 1000;

    /// <summary>Most continuation points of a session: those of earlier requests make room, and when there are none
    /// of those BadNoContinuationPoints. Default 100.</summary>
    public int MaxContinuationPoints { get; init; } = 100;

    /// <summary>How long a new connection may take for HEL and then for OPN; default 5 s.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one frame may take from its first byte to its last; BadTimeout and the end of the connection.
    /// Default 10 s.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one message may take from its first chunk to its last; BadTimeout and the end of the
    /// connection. Default 60 s.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one write to a client that does not read may take; default 10 s.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Shortest and longest session time-out, ends included; defaults 1 s and 1 h.</summary>
    public TimeSpan MinSessionTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="MinSessionTimeout"/>
    public TimeSpan MaxSessionTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Shortest lifetime of a channel token, default 1 s.</summary>
    public TimeSpan MinTokenLifetime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest lifetime of a channel token, default 1 h.</summary>
    public TimeSpan MaxTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Wrong passwords of one user name in a row before it is locked out for a while; default 5.</summary>
    public int MaxWrongPasswords { get; init; } = 5;

    /// <summary>How long the first lock-out lasts; each wrong password after it doubles the time. Default 5 s.
    /// </summary>
    public TimeSpan FirstLockout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest lock-out; default 5 min.</summary>
    public TimeSpan LongestLockout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most user names whose wrong passwords are counted; the one wrong longest ago is forgotten. Default
    /// 1000.</summary>
    public int MaxCountedUsers { get; init; } = 1000;

    /// <summary>Shortest publishing interval, default 10 ms.</summary>
    public TimeSpan MinPublishingInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Longest publishing interval, default 1 h.</summary>
    public TimeSpan MaxPublishingInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Largest message that a client may send, bytes; default 16 MiB.</summary>
    public int MaxMessageSize { get; init; } = 16 * 1024 * 1024;
}
