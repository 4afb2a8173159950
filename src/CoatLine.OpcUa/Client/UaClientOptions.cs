using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>How a client connects. It is secure unless <see cref="AllowInsecure"/> is set: of the endpoints that the
/// server offers it takes one with encryption before one with signatures, and the strongest policy of those.</summary>
public sealed record UaClientOptions
{
    /// <summary>
    /// Where the server is, for example <c>opc.tcp://127.0.0.1:4840</c>. The client keeps to this host and port even
    /// when the server reports another URL for itself, which may not be reachable from here.
    /// </summary>
    public required string EndpointUrl { get; init; }

    /// <summary>Name of the session for people; default <c>CoatLine</c>.</summary>
    public string SessionName { get; init; } = "CoatLine";

    /// <summary>Unique name of this installation; default <c>urn:coatline:client</c>.</summary>
    public string ApplicationUri { get; init; } = "urn:coatline:client";

    /// <summary>Name of this application for people; default <c>CoatLine MES</c>.</summary>
    public string ApplicationName { get; init; } = "CoatLine MES";

    /// <summary>Own certificate and check of the server's. Null (default) leaves only policy None, which needs
    /// <see cref="AllowInsecure"/>.</summary>
    public ApplicationPki? Pki { get; init; }

    /// <summary>The one policy to connect with; null (default) takes the strongest that the server offers.</summary>
    public UaSecurityPolicy? SecurityPolicy { get; init; }

    /// <summary>The one mode to connect with; Invalid (default) takes the best that the server offers.</summary>
    public MessageSecurityMode SecurityMode { get; init; }

    /// <summary>Whether the client may connect without security where there is no other way, and say a password in the
    /// clear where the server wants it so; default no.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Who the user is; anonymous unless set.</summary>
    public UserIdentity User { get; init; } = UserIdentity.Anonymous;

    /// <summary>How long connecting may take: TCP, handshake and channel together; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one request may take; default 10 s. After that the call fails with BadTimeout, which means that its
    /// outcome is unknown, not that it was not carried out.
    /// </summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server shall keep the session without a request; default 60 s.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After how long without any answer the client asks for the server's state, so that a dead link is noticed and
    /// the session stays alive; default 2 s, and never more than a third of the revised session time-out.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the answer to that may take before the link counts as dead; default 2 s. A link that only was slow
    /// costs a new channel, nothing else: the session and what it has to report stay.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the first answer of the server may take when the client tries to reach it again; default
    /// 1 s.</summary>
    public TimeSpan ReachTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before the second attempt to reach a lost server; it doubles with every further one. Default
    /// 100 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between the beginnings of two attempts to reach the server, if they fail at once;
    /// default 1 s. There are as many attempts as it takes.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a channel token shall hold; default 1 h. It is renewed at 75 % of the revised life.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most operations in one call, whatever the server allows; default 10 000.</summary>
    public int MaxOperationsPerCall { get; init; } = 10_000;

    /// <summary>Bounds on what is read from the server.</summary>
    public UaLimits Limits { get; init; } = UaLimits.Default;
}
