using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Simulation;
using CoatLine.Simulator.Faults;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline sim fault</c>: lets something go wrong on the simulator that lives on a data folder.</summary>
internal static class SimFaultCommand
{
    public static Option<FileInfo?> File() => new("--faults")
    {
        Description = "Scenario of what goes wrong and when; 'coatline sim fault --list' shows the kinds",
        HelpName = "FILE",
    };

    /// <summary>The faults of a scenario file; none without a file.</summary>
    /// <exception cref="CommandFailedException">It cannot be read, or has errors: all of them.</exception>
    public static IReadOnlyList<ScheduledFault> Read(FileInfo? file)
    {
        if (file is null)
        {
            return [];
        }

        string text = InputText.Read(file, "scenario of faults", FaultFile.MaxLength);
        return Checked(FaultFile.Read(text), file.ToString());
    }

    public static Command Create()
    {
        Argument<string[]> what = new("FAULT")
        {
            Description = "A line of a scenario, e.g. LelRise amount=26 for=600",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> list = new("--list") { Description = "Show the kinds, what they take and what they do" };
        Option<FaultKind?> clear = new("--clear")
        {
            Description = "End every fault of a kind", HelpName = "KIND",
        };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("fault", "Let something go wrong on the running simulator of a data folder")
        {
            what, list, clear, data, json,
        };
        command.SetAction(parsed =>
        {
            Report report = CommonOptions.Report(parsed.GetValue(json));
            if (parsed.GetValue(list))
            {
                report.Answer(FaultCatalogue.All, Draw);
                return ExitCode.Done;
            }

            string folder = Living(parsed.GetRequiredValue(data).FullName);
            if (parsed.GetValue(clear) is { } kind)
            {
                FaultInbox.Clear(folder, kind);
                report.Answer(new { Cleared = kind }, console => console.WriteLine($"{kind} is taken off."));
                return ExitCode.Done;
            }

            string typed = string.Join(' ', parsed.GetValue(what) ?? []);
            ImmutableArray<ScheduledFault> faults = Checked(FaultFile.Read(typed), "the fault");
            if (faults.IsEmpty)
            {
                throw CommandFailedException.BadInput("name a fault, or --clear KIND, or --list");
            }

            foreach (ScheduledFault fault in faults)
            {
                FaultInbox.Put(folder, fault);
            }

            report.Answer(faults, console => console.WriteLine($"{typed}: told to the simulator."));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Living(string folder) => SimulatorNotice.ReadLiving(folder) is not null
        ? folder
        : throw CommandFailedException.Unreachable($"no simulator runs on {folder}; start one with 'coatline sim run'");

    private static ImmutableArray<ScheduledFault> Checked(FaultReading reading, string name) => reading.Errors.IsEmpty
        ? reading.Faults
        : throw CommandFailedException.BadInput(
            $"{name} cannot be played:\n{string.Join('\n', reading.Errors.Select(static e => "  " + e))}");

    private static void Draw(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Minimal)
            .AddColumns("Kind", "Unit", "Takes", "What the line does");
        foreach (FaultEntry entry in FaultCatalogue.All)
        {
            string takes = string.Join(", ", new[]
            {
                entry.TakesTag ? "tag" : null,
                entry.Amount is null
                    ? null
                    : FormattableString.Invariant($"amount {entry.Least}–{entry.Most} {entry.Amount}"),
            }.OfType<string>());
            table.AddRow(
                Markup.Escape(entry.Kind.ToString()),
                entry.Unit switch { null => "the line", "" => "any", var unit => unit },
                Markup.Escape(takes),
                Markup.Escape(entry.Effect));
        }

        console.Write(table);
    }
}
