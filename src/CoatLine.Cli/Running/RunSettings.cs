using CoatLine.Cli.Recipes;
using CoatLine.Domain.Execution;
using CoatLine.Hosting;
using CoatLine.Simulator.Faults;

namespace CoatLine.Cli.Running;

/// <summary>What <c>run</c> was asked for.</summary>
internal sealed record RunSettings
{
    /// <summary>The recipe of a new batch; not needed where the folder has an open one.</summary>
    public required RecipeSource Recipe { get; init; }

    /// <summary>What a new batch is ordered with.</summary>
    public BatchOrder Order { get; init; } = BatchOrder.Plain;

    /// <summary>How many new batches are made at the same time where none is open, from 1.</summary>
    public int Batches { get; init; } = 1;

    /// <summary>Data folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Line seconds per real second; null when not given.</summary>
    public double? Speed { get; init; }

    /// <summary>Seed of a simulator that is started.</summary>
    public int Seed { get; init; }

    /// <summary>What goes wrong on the simulated line, and when.</summary>
    public IReadOnlyList<ScheduledFault> Faults { get; init; } = [];

    /// <summary>Whether to end after the batches.</summary>
    public bool Once { get; init; }

    /// <summary>A line to drive instead of the folder's own simulator, or null.</summary>
    public string? LineUrl { get; init; }

    /// <summary>How the connection to the line is secured.</summary>
    public OpcUaOptions Security { get; init; } = new();

    /// <summary>Where the facts go.</summary>
    public FeedSettings Feed { get; init; } = FeedSettings.AsBefore;
}
