using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Equipment.Check;
using CoatLine.Equipment.Connection;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline line check</c>: it only reads.</summary>
internal static class LineCommand
{
    public static Command Create() => new("line", "The line's PLCs") { CreateCheck() };

    private static Command CreateCheck()
    {
        Argument<string> url = CommonOptions.UrlArgument("URL", "OPC UA endpoint, opc.tcp://HOST:PORT");
        Option<bool> json = CommonOptions.Json();
        Command command = new("check", "Compare a live server with the tag contract") { url, json };
        command.SetAction((parsed, cancellationToken) => CheckAsync(
            parsed.GetRequiredValue(url), CommonOptions.Report(parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(string url, Report report, CancellationToken cancellationToken)
    {
        LineCheckReport? found = null;
        await MesHost.GuardAsync(async () =>
        {
            UaLineConnection connection = new(
                new UaLineConnectionOptions
                {
                    EndpointUrl = url, SessionName = "coatline line check", AllowInsecure = true,
                },
                TimeProvider.System,
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
