using System.CommandLine;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Messaging;
using CoatLine.Messaging.Tailing;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline events tail</c>: follows the events as a dashboard would; it needs the broker alone.</summary>
internal static class EventsTailCommand
{
    public static Command Create(TimeProvider real)
    {
        BrokerOptions broker = new(required: true);
        Option<string?> line = new("--line")
        {
            Description = $"Only this line (default: every line; with --from {default(LineId)})", HelpName = "LINE",
        };
        Option<long> from = CommonOptions.Number(
            "--from", "First sequence number (0: with the next event)", 0L, 0L, long.MaxValue);
        Option<string?> type = new("--type")
        {
            Description = "Only this type, e.g. mix-cycle-completed", HelpName = "TYPE",
        };
        Option<long> count = CommonOptions.Number(
            "--count", "End after so many events (0: never)", 0L, 0L, long.MaxValue);
        Option<bool> json = new("--json") { Description = "Print each event's CloudEvents document, one a line" };
        Command command = new("tail", "Follow events on RabbitMQ, in order and without gaps, until Ctrl-C")
        {
            line, from, type, count, json,
        };
        broker.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            long? first = parsed.GetValue(from) is > 0 and var seq ? seq : null;
            string? only = parsed.GetValue(line) ?? (first is null ? null : default(LineId).Value);
            EventTail tail = new(
                broker.Of(parsed, isEdge: false)!.Options(MessagingRole.Edge), Line(only), first, real);
            TailPrinter printer = new(
                Console.Out, parsed.GetValue(type), parsed.GetValue(count), only is null, parsed.GetValue(json));
            return RunAsync(tail, printer, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(EventTail tail, TailPrinter printer, CancellationToken cancellationToken)
    {
        try
        {
            await tail.RunAsync(printer.Show, Console.Error.WriteLine, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The regular end of one that has no other.
        }
        catch (BrokerException e)
        {
            throw e.Fault == BrokerFault.WrongTopology
                ? CommandFailedException.Refused(e.Message)
                : CommandFailedException.Unreachable(e.Message, e);
        }

        return printer.IsEnough ? ExitCode.Done : ExitCode.Refused;
    }

    private static string? Line(string? name)
    {
        try
        {
            return name is null ? null : new LineId(name).Value;
        }
        catch (ArgumentException e)
        {
            throw CommandFailedException.BadInput($"'{name}' is no line: {e.Message}", e);
        }
    }
}
