namespace CoatLine.Simulator;

/// <summary>How a simulated line is to be set up.</summary>
public sealed record SimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Seed of everything that scatters; the same seed and the same actions give the same numbers. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>File to which the machine log is appended as JSON lines; null (the default) keeps it in memory only.</summary>
    public string? LogFile { get; init; }
}
