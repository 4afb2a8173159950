using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>One client's session (OPC 10000-4 §5.6). The session outlives its channel: a client may activate it on a
/// new one. Fields that change are guarded by the lock of whoever owns them, as noted.</summary>
internal sealed class Session(NodeId sessionId, NodeId authenticationToken, TimeSpan timeout, TimeProvider time)
{
    private long lastContact = time.GetTimestamp();

    public NodeId SessionId { get; } = sessionId;

    /// <summary>The secret that requests carry.</summary>
    public NodeId AuthenticationToken { get; } = authenticationToken;

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>The channel on which requests may come.</summary>
    public ServerChannel? Channel { get; set; }

    public bool IsActivated { get; set; }

    /// <summary>ApplicationUri that the client gave itself, in the channel's certificate where there is one.</summary>
    public string ClientUri { get; init; } = "";

    /// <summary>Security of the channel that created it; one that takes it over has to have the same.</summary>
    public required SessionSecurity Security { get; init; }

    /// <summary>The server's last nonce, which the next activation signs.</summary>
    public required byte[] ServerNonce { get; set; }

    /// <summary>Who activated the session, by kind and name; null for an anonymous user.</summary>
    public string? User { get; set; }

    public SessionOwner Owner => new(User, ClientUri);

    /// <summary>What is still to be told about subscriptions that ended or went to another session; guarded by the
    /// subscriptions' lock.</summary>
    public Queue<PublishResponse> Farewells { get; } = new();

    /// <summary>Largest response that the client takes, octets; 0 for no limit.</summary>
    public uint MaxResponseOctets { get; init; }

    /// <summary>Continuation points of Browse; requests of a session come on one channel, one after the
    /// other.</summary>
    public ContinuationPoints ContinuationPoints { get; } = new();

    /// <summary>Publish requests that wait for something to publish; guarded by the subscriptions' lock.</summary>
    public PublishQueue Publishing { get; } = new(time);

    public bool IsExpired => time.GetElapsedTime(Interlocked.Read(ref lastContact)) > Timeout;

    public void Touch() => Interlocked.Exchange(ref lastContact, time.GetTimestamp());
}

/// <summary>Whose a subscription is: the user's, or the application's where the user is anonymous (OPC 10000-4
/// §5.14.7).</summary>
internal readonly record struct SessionOwner(string? User, string ClientUri)
{
    public bool IsSameAs(SessionOwner other) =>
        User == other.User && (User is not null || ClientUri == other.ClientUri);
}
