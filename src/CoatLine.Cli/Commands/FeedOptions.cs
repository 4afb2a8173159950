using System.CommandLine;
using CoatLine.Cli.Running;

namespace CoatLine.Cli.Commands;

/// <summary>Where a line's facts go: broker and ledger.</summary>
internal sealed class FeedOptions
{
    private readonly BrokerOptions _broker = new(required: false);

    private readonly Option<string?> _ledger = Ledger(required: false);

    private readonly Option<bool> _edge = new("--edge")
    {
        Description = "Only record and send; 'coatline ledger serve' keeps the ledger, which is only read here",
    };

    /// <summary>The ledger's database as an option.</summary>
    public static Option<string?> Ledger(bool required) => new("--ledger")
    {
        Description = "The ledger's PostgreSQL database, 'Host=…;Database=…;Username=…' or postgres://USER@HOST/"
            + "DATABASE; the password by PGPASSFILE or PGPASSWORD",
        HelpName = "CONNECTION",
        Required = required,
    };

    public void AddTo(Command command)
    {
        _broker.AddTo(command);
        command.Add(_ledger);
        command.Add(_edge);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="CommandFailedException">The options do not go together, or hold a password.</exception>
    public FeedSettings Of(ParseResult parsed) => new(
        _broker.Of(parsed, parsed.GetValue(_edge)),
        parsed.GetValue(_ledger) is { } ledger ? FeedSettings.Named(ledger) : null);
}
