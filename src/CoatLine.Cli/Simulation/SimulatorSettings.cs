using CoatLine.Simulator.Faults;

namespace CoatLine.Cli.Simulation;

/// <summary>What <c>sim run</c> was asked for.</summary>
internal sealed record SimulatorSettings
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Seed of everything that scatters.</summary>
    public required int Seed { get; init; }

    /// <summary>Line seconds per real second, unless the data folder's clock already says.</summary>
    public required double Speed { get; init; }

    /// <summary>Data folder to take the clock from and to announce itself in, or null.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Machine log, or null for the default.</summary>
    public string? LogFile { get; init; }

    /// <summary>Real time without a client after which it ends by itself, or null for never.</summary>
    public TimeSpan? EndWhenIdle { get; init; }

    /// <summary>
    /// Whether it leaves the session of its parent, so that Ctrl-C or the parent's death does not reach it.
    /// </summary>
    public bool Detached { get; init; }

    /// <summary>Certificate store of the simulator.</summary>
    public required string PkiDirectory { get; init; }

    /// <summary>What goes wrong, and when.</summary>
    public IReadOnlyList<ScheduledFault> Faults { get; init; } = [];

    /// <summary>Whether clients may connect without security too.</summary>
    public bool AllowInsecure { get; init; }
}
