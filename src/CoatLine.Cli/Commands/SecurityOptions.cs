using System.CommandLine;
using CoatLine.Hosting;

namespace CoatLine.Cli.Commands;

/// <summary>How a command secures its connection to the line; the same options on every command that connects.
/// </summary>
internal sealed class SecurityOptions
{
    private readonly Option<bool> _insecure = new("--allow-insecure")
    {
        Description = "Connect without security where the line offers nothing else",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "The one security policy to connect with (default: the strongest that the line offers)",
        HelpName = "NAME",
    };

    private readonly Option<DirectoryInfo?> _pki = CommonOptions.Pki();

    private readonly Option<string?> _user = new("--user")
    {
        Description = $"User at the line; the password is in {OpcUaOptions.PasswordVariable} or --password-file",
        HelpName = "NAME",
    };

    private readonly Option<FileInfo?> _passwordFile = new("--password-file")
    {
        Description = "File with the user's password, readable for its owner only",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_insecure);
        command.Add(_policy);
        command.Add(_pki);
        command.Add(_user);
        command.Add(_passwordFile);
    }

    /// <summary>What was asked for; ends the command when the options contradict each other.</summary>
    public OpcUaOptions Of(ParseResult parsed)
    {
        OpcUaOptions options = new()
        {
            AllowInsecure = parsed.GetValue(_insecure),
            SecurityPolicy = parsed.GetValue(_policy),
            PkiDirectory = parsed.GetValue(_pki)?.FullName,
            UserName = parsed.GetValue(_user),
            PasswordFile = parsed.GetValue(_passwordFile)?.FullName,
        };
        return options.Errors().ToArray() is [_, ..] errors
            ? throw CommandFailedException.BadInput(string.Join("\n", errors))
            : options;
    }
}
