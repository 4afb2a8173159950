using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.Equipment.Connection;

/// <summary>How the line is reached. Every time is network time.</summary>
public sealed record UaLineConnectionOptions
{
    /// <summary>Where the line is served, e.g. <c>opc.tcp://127.0.0.1:4840</c>.</summary>
    public required string EndpointUrl { get; init; }

    /// <summary>Name of the session, for whoever looks at the server. Default <c>CoatLine MES</c>.</summary>
    public string SessionName { get; init; } = "CoatLine MES";

    /// <summary>Unique name of this installation, the one in its certificate. Default <c>urn:coatline:client</c>.
    /// </summary>
    public string ApplicationUri { get; init; } = "urn:coatline:client";

    /// <summary>Own certificate and check of the server's; without it only <see cref="AllowInsecure"/> connects.
    /// </summary>
    public ApplicationPki? Pki { get; init; }

    /// <summary>The one policy to connect with; null (default) takes the strongest that the server offers.</summary>
    public UaSecurityPolicy? SecurityPolicy { get; init; }

    /// <summary>The one mode to connect with; Invalid (default) takes the best that the server offers.</summary>
    public MessageSecurityMode SecurityMode { get; init; }

    /// <summary>Whether it may connect without security where there is no other way; default no.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Who the user is; anonymous unless set.</summary>
    public UserIdentity User { get; init; } = UserIdentity.Anonymous;

    /// <summary>How long one service call, one attempt to connect, or the wait for a session may take. Default
    /// 5 s.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long without an answer the client asks whether the server is still there. Default
    /// 2 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause before the first new attempt to connect; it doubles with every attempt that fails. Default
    /// 100 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time from one attempt to the next. Default 1 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How the client of CoatLine.OpcUa is set up for it.</summary>
    internal UaClientOptions ToClientOptions() => new()
    {
        EndpointUrl = EndpointUrl,
        ApplicationUri = ApplicationUri,
        Pki = Pki,
        SecurityPolicy = SecurityPolicy,
        SecurityMode = SecurityMode,
        AllowInsecure = AllowInsecure,
        User = User,
        SessionName = SessionName,
        ConnectTimeout = OperationTimeout,
        OperationTimeout = OperationTimeout,
        KeepAliveInterval = KeepAliveInterval,
        FirstRetry = FirstRetry,
        LongestRetry = LongestRetry,
    };
}
