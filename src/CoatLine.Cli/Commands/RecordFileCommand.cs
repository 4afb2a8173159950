using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Events;
using CoatLine.Domain.Recipes;
using CoatLine.Hosting;

namespace CoatLine.Cli.Commands;

/// <summary>A command that records what stands in a file, all of it or nothing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its help.</param>
/// <param name="What">What the file holds, for messages.</param>
/// <param name="File">Help of the file.</param>
/// <param name="MaxBytes">Largest file, inclusive.</param>
/// <param name="Errors">Every error of a text with its name.</param>
/// <param name="Record">Records a text with its name, by a person.</param>
/// <param name="Tell">Tells what was recorded.</param>
internal sealed record RecordFileCommand(
    string Name,
    string Description,
    string What,
    string File,
    int MaxBytes,
    Func<string, string, ImmutableArray<RecipeError>> Errors,
    Func<CoatLineMes, string, string, string, FactsOrRefusals> Record,
    Action<CoatLineMes, FactsOrRefusals, Report> Tell)
{
    public Command Create(TimeProvider real)
    {
        Argument<FileInfo> file = new("FILE") { Description = File };
        Option<string> by = PersonOptions.By();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new(Name, Description) { file, by, data, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FileInfo source = parsed.GetRequiredValue(file);
            string text = InputText.Read(source, What, MaxBytes);
            if (Errors(text, source.ToString()) is { IsEmpty: false } errors)
            {
                // Before the data folder is touched.
                throw CommandFailedException.BadInput(string.Join('\n', errors));
            }

            Report report = CommonOptions.Report(parsed.GetValue(json));
            string person = parsed.GetRequiredValue(by);
            await MesOnFolder.WithAsync(parsed.GetRequiredValue(data).FullName, real, mes =>
            {
                FactsOrRefusals decided = Record(mes, text, source.ToString(), person);
                Refuse(source.ToString(), decided);
                Tell(mes, decided, report);
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Ends the command when what was asked for is refused.</summary>
    /// <exception cref="CommandFailedException">It is; the message holds every reason.</exception>
    public static void Refuse(string what, FactsOrRefusals decided)
    {
        if (!decided.Refusals.IsEmpty)
        {
            throw CommandFailedException.Refused(
                $"{what}: nothing is recorded.\n{string.Join('\n', decided.Refusals.Select(static r => "  " + r))}");
        }
    }
}
