using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Ledger.Postgres;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline ledger migrate</c>: makes the ledger's layout on a server, or brings it up to date.</summary>
internal static class LedgerMigrateCommand
{
    public static Command Create()
    {
        Argument<string> ledger = new("CONNECTION")
        {
            Description = "The database as its owner reaches it: 'Host=…;Database=…;Username=…' or postgres://USER@"
                + "HOST/"
                + "DATABASE; the password by PGPASSFILE or PGPASSWORD",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("migrate", "Make the ledger in a PostgreSQL database, or bring its layout up to date")
        {
            ledger, json,
        };
        command.SetAction(parsed => Migrate(
            parsed.GetRequiredValue(ledger), CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Migrate(string connection, Report report)
    {
        IReadOnlyList<string> scripts = LedgerAccess.Guard(() => PostgresLayout.Migrate(connection));
        report.Answer(
            new { Scripts = scripts },
            console =>
            {
                foreach (string script in scripts)
                {
                    console.WriteLine($"ran {script}");
                }

                console.WriteLine(scripts.Count == 0
                    ? "The layout is up to date."
                    : "Now: GRANT coatline_writer TO the role that the MES logs in as, coatline_reader to readers.");
            });
        return ExitCode.Done;
    }
}
