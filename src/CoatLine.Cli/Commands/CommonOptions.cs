using System.CommandLine;
using System.CommandLine.Parsing;
using CoatLine.Cli.Output;
using CoatLine.Hosting.Time;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary>Options that several commands share, so that they read and mean the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>The data folder where none is named, below the current folder.</summary>
    public const string DefaultDataFolder = "coatline-data";

    /// <summary>Line seconds per real second where none is named: the whole job in about two minutes.</summary>
    public const double DefaultSpeed = 300;

    public static Option<bool> Json() =>
        new("--json") { Description = "Answer with one JSON document on standard output" };

    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "Data folder: journal, ledger, line clock",
        DefaultValueFactory = static _ => new DirectoryInfo(DefaultDataFolder),
        HelpName = "DIR",
    };

    public static Option<double> Speed(double defaultSpeed)
    {
        Option<double> option = new("--speed")
        {
            Description = "Line seconds per real second, 0.1 to 10000",
            DefaultValueFactory = _ => defaultSpeed,
            HelpName = "N",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && !ScaledTimeProvider.IsSpeed(result.GetValueOrDefault<double>()))
            {
                result.AddError($"--speed must be 0.1 to 10000, not {result.Tokens[0].Value}");
            }
        });
        return option;
    }

    public static Report Report(bool json) => new(json, Console.Out, Console.Error, AnsiConsole.Console);
}
