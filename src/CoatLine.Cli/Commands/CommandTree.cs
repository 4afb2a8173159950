using System.CommandLine;

namespace CoatLine.Cli.Commands;

/// <summary>All commands of <c>coatline</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Build(TimeProvider real) => new(
        """
        CoatLine MES: makes and records electrode batches on a coating line.
        Exit codes: 0 done, 1 refused or check failed, 2 bad input or usage, 3 something needed is unreachable.
        """)
    {
        RunCommand.Create(real),
        RecipeCommand.Create(real),
        PlanCommand.Create(real),
        AlarmCommand.Create(real),
        RulesCommand.Create(),
        BatchCommand.Create(real),
        LotCommand.Create(real),
        SpcCommand.Create(),
        GenealogyCommand.Create(),
        LabCommand.Create(real),
        LedgerCommand.Create(real),
        VerifyCommand.Create(),
        new Command("events", "Recorded facts")
        {
            EventsTailCommand.Create(real), EventsSchemaCommands.Schema(), EventsSchemaCommands.AsyncApi(),
        },
        ReportCommand.Create(),
        LineCommand.Create(real),
        PkiCommand.Create(real),
        new Command("sim", "The simulated line") { SimRunCommand.Create(real), SimFaultCommand.Create() },
    };
}
