using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>How the line is reached. Every time is network time.</summary>
public sealed record UaLineConnectionOptions
{
    /// <summary>Where the line is served, e.g. <c>opc.tcp://127.0.0.1:4840</c>.</summary>
    public required string EndpointUrl { get; init; }

    /// <summary>Name of the session, for whoever looks at the server. Default <c>CoatLine MES</c>.</summary>
    public string SessionName { get; init; } = "CoatLine MES";

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
        SessionName = SessionName,
        ConnectTimeout = OperationTimeout,
        OperationTimeout = OperationTimeout,
        KeepAliveInterval = KeepAliveInterval,
        FirstRetry = FirstRetry,
        LongestRetry = LongestRetry,
    };
}
