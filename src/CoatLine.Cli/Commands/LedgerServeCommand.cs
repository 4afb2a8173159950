using System.CommandLine;
using CoatLine.Cli.Running;
using CoatLine.Ledger;
using CoatLine.Messaging;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline ledger serve</c>: the ledger's end of the feed, as a process of its own beside the database.
/// </summary>
internal static class LedgerServeCommand
{
    /// <summary>Where the place of the fan-out is kept when no folder is named, below the current folder.</summary>
    private const string DefaultState = "coatline-state";

    public static Command Create(TimeProvider real)
    {
        BrokerOptions broker = new(required: true);
        Option<string?> ledger = FeedOptions.Ledger(required: true);
        Option<DirectoryInfo> state = new("--state")
        {
            Description = "Folder that keeps up to where events were published for dashboards",
            DefaultValueFactory = static _ => new DirectoryInfo(DefaultState),
            HelpName = "DIR",
        };
        Command command = new("serve", "Take what the lines send over RabbitMQ into the ledger, until SIGTERM")
        {
            ledger, state,
        };
        broker.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            LedgerPlace place = LedgerPlace.Server(FeedSettings.Named(parsed.GetValue(ledger)!));
            RabbitMqOptions options = broker.Of(parsed, isEdge: false)!.Options(MessagingRole.Ledger);
            options.StateDirectory = parsed.GetRequiredValue(state).FullName;
            return new LedgerServing(place, options, CommonOptions.Report(json: false), real)
                .RunAsync(cancellationToken);
        });
        return command;
    }
}
