using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Execution;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline line quarantine</c> and <c>line free</c>: units that did what nobody here asked for.</summary>
internal static class QuarantineCommands
{
    public static Command CreateList(TimeProvider real)
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("quarantine", "The units in quarantine and why; no request is made to them")
        {
            data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(
                parsed.GetRequiredValue(data).FullName,
                real,
                mes =>
                {
                    IReadOnlyDictionary<Unit, string> units = mes.Quarantine.Units;
                    report.Answer(
                        units.Select(u => new { Unit = u.Key, Reason = u.Value }),
                        console => Draw(console, units));
                },
                cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateFree(TimeProvider real)
    {
        Argument<Unit> unit = new("UNIT") { Description = "The unit, e.g. Mixer" };
        Option<string> by = PersonOptions.By();
        Option<string> reason = PersonOptions.Reason();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("free", "Free a unit from quarantine, once somebody has looked at it")
        {
            unit, by, reason, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Unit freed = parsed.GetValue(unit);
            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(
                parsed.GetRequiredValue(data).FullName,
                real,
                mes =>
                {
                    string? refusal = mes.Free(
                        freed, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason));
                    if (refusal is not null)
                    {
                        throw CommandFailedException.Refused($"{freed} is not freed: {refusal}");
                    }

                    report.Answer(
                        new { Unit = freed, Free = true },
                        console => console.WriteLine(
                            $"{freed} is freed; batches held for it go on with 'coatline batch resume'."));
                },
                cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Draw(IAnsiConsole console, IReadOnlyDictionary<Unit, string> units)
    {
        foreach ((Unit unit, string reason) in units)
        {
            console.WriteLine($"{unit}: {reason}");
        }

        if (units.Count == 0)
        {
            console.WriteLine("No unit is in quarantine.");
        }
    }
}
