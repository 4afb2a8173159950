namespace CoatLine.Domain.Execution;

/// <summary>Unit states with the numbers of OPC 30050 (PackML).</summary>
public enum PackMlState
{
    /// <summary>Not a PackML number: the value was never read or was bad.</summary>
    Undefined = 0,

    /// <summary>Clearing.</summary>
    Clearing = 1,

    /// <summary>Stopped.</summary>
    Stopped = 2,

    /// <summary>Starting.</summary>
    Starting = 3,

    /// <summary>Idle.</summary>
    Idle = 4,

    /// <summary>Suspended.</summary>
    Suspended = 5,

    /// <summary>Execute.</summary>
    Execute = 6,

    /// <summary>Stopping.</summary>
    Stopping = 7,

    /// <summary>Aborting.</summary>
    Aborting = 8,

    /// <summary>Aborted.</summary>
    Aborted = 9,

    /// <summary>Holding.</summary>
    Holding = 10,

    /// <summary>Held.</summary>
    Held = 11,

    /// <summary>Unholding.</summary>
    Unholding = 12,

    /// <summary>Suspending.</summary>
    Suspending = 13,

    /// <summary>Unsuspending.</summary>
    Unsuspending = 14,

    /// <summary>Resetting.</summary>
    Resetting = 15,

    /// <summary>Completing.</summary>
    Completing = 16,

    /// <summary>Complete.</summary>
    Complete = 17,
}

/// <summary>Control commands with the numbers of OPC 30050 (PackML).</summary>
public enum PackMlCommand
{
    /// <summary>No command pending; the PLC writes this when it has taken one.</summary>
    None = 0,

    /// <summary>Reset.</summary>
    Reset = 1,

    /// <summary>Start.</summary>
    Start = 2,

    /// <summary>Stop.</summary>
    Stop = 3,

    /// <summary>Hold.</summary>
    Hold = 4,

    /// <summary>Unhold.</summary>
    Unhold = 5,

    /// <summary>Suspend.</summary>
    Suspend = 6,

    /// <summary>Unsuspend.</summary>
    Unsuspend = 7,

    /// <summary>Abort.</summary>
    Abort = 8,

    /// <summary>Clear.</summary>
    Clear = 9,

    /// <summary>Complete.</summary>
    Complete = 10,
}
