using System.CommandLine;
using CoatLine.Cli.Running;
using CoatLine.Messaging;

namespace CoatLine.Cli.Commands;

/// <summary>How a command reaches RabbitMQ; the same options on every command that does.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string?> _broker;

    private readonly Option<FileInfo?> _passwordFile = new("--broker-password-file")
    {
        Description = "File with the broker user's password, readable for its owner only",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _authority = new("--broker-ca")
    {
        Description = "PEM file of the authority of the broker's certificate (default: the operating system's)",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _certificate = new("--broker-certificate")
    {
        Description = "PEM file of the own certificate, for a broker that asks for one",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _key = new("--broker-key")
    {
        Description = "PEM file of its key",
        HelpName = "FILE",
    };

    /// <param name="required">Whether the command is nothing without a broker.</param>
    public BrokerOptions(bool required) => _broker = new Option<string?>("--broker")
    {
        Description = $"RabbitMQ, amqp://USER@HOST:PORT/VHOST, or amqps:// for TLS; the password is in "
            + $"{RabbitMqOptions.PasswordVariable} or --broker-password-file",
        HelpName = "URL",
        Required = required,
    };

    public void AddTo(Command command)
    {
        command.Add(_broker);
        command.Add(_passwordFile);
        command.Add(_authority);
        command.Add(_certificate);
        command.Add(_key);
    }

    /// <summary>What was asked for; null where no broker was named.</summary>
    /// <exception cref="CommandFailedException">The options do not go together.</exception>
    public BrokerSettings? Of(ParseResult parsed, bool isEdge)
    {
        if (parsed.GetValue(_broker) is { } url)
        {
            return new BrokerSettings(
                url,
                isEdge,
                parsed.GetValue(_passwordFile)?.FullName,
                parsed.GetValue(_authority)?.FullName,
                parsed.GetValue(_certificate)?.FullName,
                parsed.GetValue(_key)?.FullName);
        }

        bool isAny = isEdge || (parsed.GetValue(_passwordFile) ?? parsed.GetValue(_authority)
            ?? parsed.GetValue(_certificate) ?? parsed.GetValue(_key)) is not null;
        return isAny
            ? throw CommandFailedException.BadInput("--broker is missing; the others tell how to use it")
            : null;
    }
}
