namespace CoatLine.OpcUa.Transport;

/// <summary>How a client opens its channel.</summary>
/// <param name="EndpointUrl">Where to connect, <c>opc.tcp://host:port/path</c>; the port is 4840 when left
/// out.</param>
internal sealed record ClientChannelOptions(string EndpointUrl)
{
    public TransportLimits Limits { get; init; } = TransportLimits.Default;

    /// <summary>Policy of the channel; None unless set.</summary>
    public ISecurityPolicy Policy { get; init; } = NoSecurityPolicy.Instance;

    /// <summary>None, Sign or SignAndEncrypt; has to suit the policy.</summary>
    public Services.MessageSecurityMode SecurityMode { get; init; } = Services.MessageSecurityMode.None;

    /// <summary>Lifetime asked for the token; the server may revise it. Default 1 h.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long connecting may take: TCP, HEL/ACK and OPN together. Also the wait for a renewal. Default
    /// 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take for its first answer: TCP and HEL/ACK. Short, so that a link that swallows
    /// packets is tried again soon; OPN, whose signatures take a small controller seconds, has the whole of
    /// <see cref="ConnectTimeout"/>. Null, the default, for that as well.</summary>
    public TimeSpan? ReachTimeout { get; init; }
}
