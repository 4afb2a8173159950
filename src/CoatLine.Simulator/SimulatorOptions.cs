using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;

namespace CoatLine.Simulator;

/// <summary>How a simulated line is to be set up.</summary>
public sealed record SimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Seed of all scatter: same seed and same actions give the same numbers. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>File that the machine log is appended to, as JSON lines; null (default) for none.</summary>
    public string? LogFile { get; init; }

    /// <summary>What goes wrong, and when; none (default) on a sound line.</summary>
    public IReadOnlyList<Faults.ScheduledFault> Faults { get; init; } = [];

    /// <summary>Own certificate and check of the clients'; null (default) leaves only <see cref="AllowInsecure"/>.
    /// </summary>
    public ApplicationPki? Pki { get; init; }

    /// <summary>Whether clients may connect without security too; default no.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Takes why clients were refused; null (default) for nobody. Called by several threads.</summary>
    public Action<SecurityIncident>? SecurityReport { get; init; }
}
