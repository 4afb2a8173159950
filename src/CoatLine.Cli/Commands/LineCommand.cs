using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Equipment.Check;
using CoatLine.Equipment.Connection;
using CoatLine.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline line check</c>, which only reads, and the units in quarantine.</summary>
internal static class LineCommand
{
    public static Command Create(TimeProvider real) => new("line", "The line's PLCs")
    {
        CreateCheck(real), QuarantineCommands.CreateList(real), QuarantineCommands.CreateFree(real),
    };

    private static Command CreateCheck(TimeProvider real)
    {
        Argument<string> url = CommonOptions.UrlArgument("URL", "OPC UA endpoint, opc.tcp://HOST:PORT");
        Option<DirectoryInfo> data = CommonOptions.Data();
        SecurityOptions security = new();
        Option<bool> json = CommonOptions.Json();
        Command command = new("check", "Compare a live server with the tag contract") { url, data, json };
        security.AddTo(command);
        command.SetAction((parsed, cancellationToken) => CheckAsync(
            new CoatLineOptions
            {
                EndpointUrl = parsed.GetRequiredValue(url),
                DataDirectory = parsed.GetRequiredValue(data).FullName,
                OpcUa = security.Of(parsed),
            },
            CommonOptions.Report(parsed.GetValue(json)),
            real,
            cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(
        CoatLineOptions options, Report report, TimeProvider real, CancellationToken cancellationToken)
    {
        LineCheckReport? found = null;
        await MesHost.GuardAsync(async () =>
        {
            LineAccess access = LineAccess.Open(options, real);
            foreach (string warning in access.Warnings)
            {
                report.Note($"WARNING: {warning}");
            }

            UaLineConnection connection = new(
                access.Connection with { SessionName = "coatline line check" },
                real,
                NullLogger<UaLineConnection>.Instance);
            await using (connection.ConfigureAwait(false))
            {
                await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
                found = await LineCheck.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        report.Answer(
            new { Url = found!.EndpointUrl, found.TagsChecked, Kept = found.IsKept, found.Findings },
            console => Draw(console, found));
        return found.IsKept ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Draw(IAnsiConsole console, LineCheckReport found)
    {
        foreach (LineFinding finding in found.Findings)
        {
            console.MarkupLineInterpolated($"[red]differs[/] {finding}");
        }

        console.WriteLine(found.IsKept
            ? $"{found.EndpointUrl} keeps the tag contract: {found.TagsChecked} tags checked."
            : $"{found.EndpointUrl} differs from the tag contract in {found.Findings.Count} places "
                + $"({found.TagsChecked} tags checked).");
    }
}
