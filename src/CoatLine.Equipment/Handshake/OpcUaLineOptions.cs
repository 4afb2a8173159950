namespace CoatLine.Equipment.Handshake;

/// <summary>The bounds of the handshake, all in network time, which is real time however fast the line runs.</summary>
public sealed record OpcUaLineOptions
{
    /// <summary>How long a unit may take to answer a request or to take a command. Default 10 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a unit may take from a reset command to Idle. Default 30 s.</summary>
    public TimeSpan ResetTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>While an answer is due, the tags are read this often in case a notification is late. Default
    /// 100 ms.</summary>
    public TimeSpan ReadBackPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>While a phase runs, the tags are read this often in case a notification is lost. Default 1 s.</summary>
    public TimeSpan SafetyReadPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Publishing interval wanted for the handshake tags; a server takes the shortest that it can. They change
    /// a few times a phase, so a short one costs nothing but the wait that it saves. Default 2 ms.</summary>
    public TimeSpan HandshakeInterval { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Publishing interval of the live values. Default 50 ms.</summary>
    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often <c>Heartbeat.Mes</c> is written. Default 500 ms; the contract wants 1 s or less.</summary>
    public TimeSpan HeartbeatPeriod { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A unit whose <c>Heartbeat.Plc</c> stands still for longer is unreachable. Default 5 s.</summary>
    public TimeSpan HeartbeatStaleAfter { get; init; } = TimeSpan.FromSeconds(5);
}
