using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events.Contract;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline events schema</c> and <c>events asyncapi</c>: what readers of events may rely on.</summary>
internal static class EventsSchemaCommands
{
    /// <summary>The JSON Schema of one event type, the list of them, or all of it as files.</summary>
    public static Command Schema()
    {
        Argument<string?> type = new("TYPE")
        {
            Description = "Event type, e.g. batch-released or coatline.batch-released.v1; without it they are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<DirectoryInfo?> folder = new("--out")
        {
            Description = "Write every schema, and asyncapi.json that refers to them, into this folder",
            HelpName = "FOLDER",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("schema", "JSON Schema of the events, by type") { type, folder, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(type) is not null && result.GetValue(folder) is not null)
            {
                result.AddError("--out writes all types; leave TYPE away");
            }
        });
        command.SetAction(parsed => WithContract(contract => (parsed.GetValue(type), parsed.GetValue(folder)) switch
        {
            (_, { } to) => Write(contract, to),
            ({ } wanted, _) => Print(contract, wanted),
            _ => List(contract, CommonOptions.Report(parsed.GetValue(json))),
        }));
        return command;
    }

    /// <summary>The AsyncAPI document of the exchange that dashboards listen on.</summary>
    public static Command AsyncApi()
    {
        Command command = new("asyncapi", "AsyncAPI 3.0 document of the events on RabbitMQ");
        command.SetAction(static _ => WithContract(static contract =>
        {
            Console.Out.Write(contract.AsyncApiDocument());
            return ExitCode.Done;
        }));
        return command;
    }

    private static int WithContract(Func<EventContract, int> act)
    {
        try
        {
            string path = Path.Combine(AppContext.BaseDirectory, EventContract.DocumentationFile);
            using FileStream documentation = File.OpenRead(path);
            return act(EventContract.Make(documentation));
        }
        catch (FileNotFoundException e)
        {
            throw CommandFailedException.Unreachable(
                $"{e.FileName} is missing; the descriptions in the schemas are taken from it", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Unreachable(e.Message, e);
        }
    }

    private static int Print(EventContract contract, string wanted)
    {
        string type = (contract.Has(wanted) ? wanted : contract.Newest(wanted))
            ?? throw CommandFailedException.BadInput(
                $"'{wanted}' is no event type; 'coatline events schema' lists them");
        Console.Out.Write(contract.Schema(type));
        return ExitCode.Done;
    }

    private static int Write(EventContract contract, DirectoryInfo folder)
    {
        folder.Create();
        foreach ((string name, string text) in contract.Files())
        {
            File.WriteAllText(Path.Combine(folder.FullName, name), text);
        }

        Console.Out.WriteLine($"{contract.Files().Count} files in {folder.FullName}");
        return ExitCode.Done;
    }

    private static int List(EventContract contract, Report report)
    {
        report.Answer(
            new { Types = contract.Types.Select(t => new { Type = t, Description = contract.Describe(t) }) },
            console =>
            {
                Table table = new Table().Border(TableBorder.Simple);
                table.AddColumn(new TableColumn("Type").NoWrap());
                table.AddColumn("What it says");
                foreach (string type in contract.Types)
                {
                    table.AddRow(new Text(type), new Text(contract.Describe(type)));
                }

                console.Write(table);
            });
        return ExitCode.Done;
    }
}
