using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
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

    private const int WidthWithoutTerminal = 160;

    public static Option<bool> Json() =>
        new("--json") { Description = "Answer with one JSON document on standard output" };

    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "Data folder: journal, ledger, line clock",
        DefaultValueFactory = static _ => new DirectoryInfo(DefaultDataFolder),
        HelpName = "DIR",
    };

    /// <summary>The folder of the MES's own certificates below a data folder.</summary>
    public static string PkiOf(string dataFolder) => Path.Combine(dataFolder, "pki", "mes");

    public static Option<DirectoryInfo?> Pki() => new("--pki")
    {
        Description = "Certificate store (default: pki/mes in the data folder)",
        HelpName = "DIR",
    };

    public static Option<double> Speed(double defaultSpeed) => Number(
        "--speed",
        "Line seconds per real second",
        defaultSpeed,
        ScaledTimeProvider.SlowestSpeed,
        ScaledTimeProvider.FastestSpeed);

    /// <summary>An OPC UA endpoint as an option.</summary>
    public static Option<string?> Url(string name, string description)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "URL" };
        option.Validators.Add(result => CheckUrl(result, result.GetValueOrDefault<string?>()));
        return option;
    }

    /// <summary>An OPC UA endpoint as an argument.</summary>
    public static Argument<string> UrlArgument(string name, string description)
    {
        Argument<string> argument = new(name) { Description = description };
        argument.Validators.Add(static result => CheckUrl(result, result.GetValueOrDefault<string>()));
        return argument;
    }

    /// <summary>A number option whose limits, both inclusive, stand in its help and in its error.</summary>
    public static Option<T> Number<T>(string name, string description, T defaultValue, T low, T high)
        where T : struct, INumber<T> => new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description}, {low} to {high}"),
            HelpName = "N",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value)
                    && value >= low && value <= high)
                {
                    return value;
                }

                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} must be a number from {low} to {high}, not '{text}'"));
                return defaultValue;
            },
        };

    private static void CheckUrl(SymbolResult result, string? url)
    {
        if (url is not null
            && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed is { Scheme: "opc.tcp", Port: > 0 }))
        {
            result.AddError($"'{url}' is not an OPC UA endpoint; it must be opc.tcp://HOST:PORT");
        }
    }

    public static Report Report(bool json)
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no width of its own; tables then need not be squeezed into a guessed one.
            console.Profile.Width = WidthWithoutTerminal;
        }

        return new Report(json, Console.Out, Console.Error, console);
    }
}
