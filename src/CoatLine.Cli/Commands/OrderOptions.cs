using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;

namespace CoatLine.Cli.Commands;

/// <summary>What a new batch is ordered with, as options that <c>run</c> and <c>batch start</c> share.</summary>
internal sealed class OrderOptions
{
    private readonly Option<int> _sheets =
        CommonOptions.Number("--sheets", "Sheets of a new batch", 1, 1, BatchOrder.MaxSheets);

    private readonly Option<string> _by = new("--by")
    {
        Description = "Who orders the batch; cannot sign for its release",
        HelpName = "NAME",
        DefaultValueFactory = static _ => string.Empty,
    };

    private readonly Option<string?> _blade = new("--blade") { Description = "Blade of both coats", HelpName = "ID" };

    private readonly Option<FileInfo?> _deviations = new("--deviations")
    {
        Description = "Signed deviations (YAML) for what the batch breaks; an engineering lot needs them",
        HelpName = "FILE",
    };

    private readonly Option<bool> _scans = new("--scans")
    {
        Description = "Hold until lots and containers are scanned",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_sheets);
        command.Options.Add(_by);
        command.Options.Add(_blade);
        command.Options.Add(_deviations);
        command.Options.Add(_scans);
    }

    /// <summary>The order as typed.</summary>
    /// <exception cref="CommandFailedException">The file of deviations cannot be read.</exception>
    public BatchOrder Of(ParseResult parsed) => BatchOrder.Plain with
    {
        Sheets = parsed.GetValue(_sheets),
        OrderedBy = parsed.GetRequiredValue(_by),
        Blade = parsed.GetValue(_blade) ?? BatchOrder.Plain.Blade,
        Deviations = parsed.GetValue(_deviations) is { } file ? ReadDeviations(file) : [],
        ScansRequired = parsed.GetValue(_scans),
    };

    /// <summary>The deviations of a file.</summary>
    /// <exception cref="CommandFailedException">It cannot be read; every error is named.</exception>
    public static ImmutableArray<Deviation> ReadDeviations(FileInfo file)
    {
        string text = InputText.Read(file, "deviations", DeviationFile.MaxBytes);
        DeviationReading reading = DeviationFile.Read(text, file.ToString());
        return reading.Errors.IsEmpty
            ? reading.Deviations
            : throw CommandFailedException.BadInput(string.Join('\n', reading.Errors));
    }
}
