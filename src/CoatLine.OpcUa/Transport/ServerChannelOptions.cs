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
    public TimeSpan MinTokenLifetime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest token lifetime; a longer wish is revised to it.</summary>
    public TimeSpan MaxTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The policies on offer; a client that asks for another is told BadSecurityPolicyRejected.</summary>
    public IReadOnlyList<ISecurityPolicy> Policies { get; init; } = [NoSecurityPolicy.Instance];
}
