using System.CommandLine;
using CoatLine.Cli.Commands;
using CoatLine.Domain.Events;

namespace CoatLine.Cli;

/// <summary>
/// Entry point of <c>coatline</c>: usage errors and failures become one sentence and an exit code here.
/// </summary>
internal static class Program
{
    /// <summary>
    /// How long a command may take to end after Ctrl-C or SIGTERM before the process ends regardless.
    /// </summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(20);

    public static async Task<int> Main(string[] args)
    {
        ParseResult parsed = CommandTree.Build(TimeProvider.System).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(static e => e.Message).Distinct())
            {
                await Console.Error.WriteLineAsync($"error: {message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("See 'coatline --help', or --help after a command.")
                .ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TerminationTimeout,
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (CommandFailedException failure)
        {
            await Console.Error.WriteLineAsync($"error: {failure.Message}").ConfigureAwait(false);
            return failure.Code;
        }
        catch (EventFormatException unreadable)
        {
            // A newer program wrote the record, or it is damaged; the sentence says which event, type and version.
            await Console.Error.WriteLineAsync($"error: {unreadable.Message}").ConfigureAwait(false);
            return ExitCode.Refused;
        }
        catch (Exception defect)
        {
            // Nothing that a person did or a machine failed at comes here: it is for whoever mends the program.
            await Console.Error.WriteLineAsync($"error: a defect of coatline itself. {defect}").ConfigureAwait(false);
            return ExitCode.Refused;
        }
    }
}
