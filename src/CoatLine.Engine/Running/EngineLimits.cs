namespace CoatLine.Engine.Running;

/// <summary>The bounds of everything that the engine waits for.</summary>
internal static class EngineLimits
{
    /// <summary>Line time after which a running phase is a question for a person; the longest phase may have two drying
    /// segments of a day each, by contract, but none is planned for more than this.</summary>
    public static readonly TimeSpan PhaseWait = TimeSpan.FromHours(24);

    /// <summary>Line time after which a gate that does not open is a question for a person.</summary>
    public static readonly TimeSpan GateWait = TimeSpan.FromHours(24);

    /// <summary>Network time before the first retry of a lost link; it doubles up to <see cref="LastRetry"/>.</summary>
    public static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>Network time between retries at most. They go on until the link is back or the run is cancelled.
    /// </summary>
    public static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    /// <summary>A unit that can be read, but fails the call itself so often in a row, is a question for a person and
    /// no matter of the link.</summary>
    public const int SilentCalls = 20;

    /// <summary>Network time after which a call that failed in the end counts as having been under way.</summary>
    public static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(1);

    /// <summary>How often a unit is read again before a person is asked what happened there: a PLC may be between
    /// clearing its active request and latching the result.</summary>
    public const int SecondLooks = 3;

    /// <summary>Network time in which a command to a phase shows its effect, before it is given again.</summary>
    public static readonly TimeSpan ObeyWait = TimeSpan.FromSeconds(1);

    /// <summary>How often a command is given that a unit takes and ignores, before a person is called.</summary>
    public const int MostCommands = 5;

    /// <summary>The most batches that run on a line at the same time.</summary>
    public const int MostBatches = 16;

    /// <summary>Network time between those looks.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
}
