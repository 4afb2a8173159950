using CoatLine.OpcUa.Security;

namespace CoatLine.OpcUa.Transport;

/// <summary>What a server's end of a channel allows.</summary>
internal sealed record ServerChannelOptions
{
    public TransportLimits Limits { get; init; } = TransportLimits.Default;

    /// <summary>Time for HEL and OPN together.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for one frame from its first byte to its last.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one message from its first chunk to its last.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Shortest token lifetime; a shorter wish is revised to it.</summary>
    public TimeSpan MinTokenLifetime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest token lifetime; a longer wish is revised to it.</summary>
    public TimeSpan MaxTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Policies on offer and the check of the client's certificate; None alone unless set.</summary>
    public ServerSecurity Security { get; init; } = ServerSecurity.Insecure;

    /// <summary>Takes what a client is not told about why it was refused.</summary>
    public Action<SecurityIncident>? Report { get; init; }
}
