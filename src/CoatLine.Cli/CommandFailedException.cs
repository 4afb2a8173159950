namespace CoatLine.Cli;

/// <summary>
/// Ends a command with an exit code and sentences for the person who typed it; caught once, in <c>Program</c>.
/// </summary>
internal sealed class CommandFailedException : Exception
{
    public CommandFailedException(int exitCode, string message, Exception? inner = null)
        : base(message, inner) => Code = exitCode;

    public int Code { get; }

    public static CommandFailedException BadInput(string message, Exception? inner = null) =>
        new(ExitCode.BadInput, message, inner);

    public static CommandFailedException Refused(string message) => new(ExitCode.Refused, message);

    public static CommandFailedException Unreachable(string message, Exception? inner = null) =>
        new(ExitCode.Unreachable, message, inner);
}
