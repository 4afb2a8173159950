using CoatLine.Hosting;
using CoatLine.Ledger;
using CoatLine.Messaging;

namespace CoatLine.Cli.Running;

/// <summary>Where the facts of a line go: over which broker, into which ledger. What is not given stays as the data
/// folder has it.</summary>
/// <param name="Broker">The broker, or null.</param>
/// <param name="Ledger">The ledger's database on a server, without a password, or null.</param>
internal sealed record FeedSettings(BrokerSettings? Broker, string? Ledger)
{
    public static readonly FeedSettings AsBefore = new(null, null);

    /// <summary>Takes the settings for a claimed folder, which keeps them, and checks them.</summary>
    /// <exception cref="CommandFailedException">They do not go together, or something of them is wrong.</exception>
    public void Settle(DataFolder folder)
    {
        _ = BrokerOf(Broker);
        if (Ledger is not null)
        {
            folder.UseLedger(Ledger);
        }

        Broker?.Note(folder.Path);
        if (BrokerSettings.OfFolder(folder.Path) is { IsEdge: true } && !folder.Ledger.IsServer)
        {
            throw CommandFailedException.BadInput(
                "with --edge another process keeps the ledger; name it with --ledger, so that the verdict can be read "
                + "from it");
        }
    }

    /// <summary>How the MES on a data folder reaches its broker; null for the bus in memory.</summary>
    public static RabbitMqOptions? BrokerOf(string folder) => BrokerOf(BrokerSettings.OfFolder(folder));

    /// <summary>A ledger's database as it was named on a command line.</summary>
    /// <exception cref="CommandFailedException">It is none, or has a password in it.</exception>
    public static string Named(string connection) => Commands.LedgerAccess.Guard(() =>
        LedgerPlace.HasPassword(connection)
            ? throw CommandFailedException.BadInput(
                "--ledger: a password does not belong on a command line; put it into PGPASSWORD, or into the file that "
                + "PGPASSFILE names")
            : connection);

    private static RabbitMqOptions? BrokerOf(BrokerSettings? broker) =>
        broker?.Options(broker.IsEdge ? MessagingRole.Edge : MessagingRole.Both);
}
