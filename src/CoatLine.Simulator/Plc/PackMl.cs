namespace CoatLine.Simulator.Plc;

/// <summary>State numbers of OPC 30050, as <c>State.Current</c> carries them.</summary>
internal enum UnitState
{
    Clearing = 1,
    Stopped = 2,
    Starting = 3,
    Idle = 4,
    Suspended = 5,
    Execute = 6,
    Stopping = 7,
    Aborting = 8,
    Aborted = 9,
    Holding = 10,
    Held = 11,
    Unholding = 12,
    Suspending = 13,
    Unsuspending = 14,
    Resetting = 15,
    Completing = 16,
    Complete = 17,
}

/// <summary>Command numbers of OPC 30050, as <c>Command.CntrlCmd</c> carries them.</summary>
internal enum UnitCommand
{
    None = 0,
    Reset = 1,
    Start = 2,
    Stop = 3,
    Hold = 4,
    Unhold = 5,
    Suspend = 6,
    Unsuspend = 7,
    Abort = 8,
    Clear = 9,
    Complete = 10,
}

/// <summary>Answers to a request, as <c>Ack.Code</c> carries them.</summary>
internal enum Ack
{
    None = 0,
    Accepted = 1,
    Busy = 2,
    UnknownPhase = 3,
    OutOfRange = 4,
    Interlocked = 5,
    StaleEpoch = 6,
    WrongMode = 7,
    WrongMaterial = 8,
}

/// <summary>How a phase ended, as <c>Result.Code</c> carries it.</summary>
internal enum PhaseEnd
{
    None = 0,
    Completed = 1,
    Stopped = 2,
    Aborted = 3,
}
