namespace CoatLine.Domain.Execution.Control;

/// <summary>What a person may command of a batch at any time (ISA-88 §5.7, PackML). The three differ in what becomes of
/// the phase under way and of the batch.</summary>
public enum ControlCommand
{
    /// <summary>Pause where nothing is lost by it; the batch can be resumed and ends as if it had not been held.
    /// </summary>
    Hold,

    /// <summary>End the phase under way in the unit's orderly manner; what it worked on is decided by a signed answer.
    /// </summary>
    Stop,

    /// <summary>End the phase under way at once and give the batch up: nothing of it is made any more.</summary>
    Abort,
}

/// <summary>How a batch goes from phase to phase (ISA-88 §5.7.2).</summary>
public enum ExecutionMode
{
    /// <summary>By itself.</summary>
    Automatic,

    /// <summary>One phase after each leave of an operator (ISA-88: semi-automatic).</summary>
    Step,

    /// <summary>The MES begins no phase. A phase under way ends; what is done at a unit by hand is found when the unit
    /// is read before the next request, and is asked about.</summary>
    Manual,
}
