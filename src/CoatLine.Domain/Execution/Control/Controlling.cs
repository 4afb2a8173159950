namespace CoatLine.Domain.Execution.Control;

/// <summary>Decides whether a person's command, mode or leave to go on is taken for a batch. Pure.</summary>
public static class Controlling
{
    /// <summary>Why a command is not taken; null when it is.</summary>
    /// <param name="state">The batch.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    public static string? Refusal(BatchState state, ControlCommand command, string by, string reason) =>
        Unsigned(by, reason) ?? state switch
        {
            { Status: not (BatchStatus.Running or BatchStatus.Held) } => Ended(state),
            { Status: BatchStatus.Held } when command == ControlCommand.Hold => "the batch is held already",
            { Commanded.Command: var before } when before >= command => $"{before} is commanded already",
            { Status: BatchStatus.Held, Open: null } when command == ControlCommand.Stop =>
                "no phase is under way: the batch is held, and nothing can be stopped",
            _ => null,
        };

    /// <summary>Why a mode is not set; null when it is.</summary>
    /// <param name="state">The batch.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    public static string? Refusal(BatchState state, ExecutionMode mode, string by, string reason) =>
        Unsigned(by, reason) ?? state switch
        {
            { Status: not (BatchStatus.Running or BatchStatus.Held) } => Ended(state),
            { Mode: var before } when before == mode => $"the mode is {mode} already",
            _ => null,
        };

    /// <summary>Why a held batch cannot simply be resumed; null when it can.</summary>
    /// <param name="state">The batch.</param>
    public static string? ResumeRefusal(BatchState state) => state switch
    {
        { Status: not BatchStatus.Held } => "the batch is not held",
        { Held: { MayResume: false, Options: [_, ..] } held } =>
            $"the question at {held.Step} is to be answered: {held.Question}",
        _ => null,
    };

    private static string Ended(BatchState state) => state.Status == BatchStatus.Unknown
        ? "there is no such open batch"
        : $"the batch has ended: {state.Status}";

    private static string? Unsigned(string by, string reason) => (by, reason) switch
    {
        _ when string.IsNullOrWhiteSpace(by) => "by: the name of who commands it is needed",
        _ when string.IsNullOrWhiteSpace(reason) => "a reason is needed",
        _ => null,
    };
}
