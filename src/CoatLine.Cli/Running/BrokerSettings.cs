using System.Text.Json;
using CoatLine.Messaging;

namespace CoatLine.Cli.Running;

/// <summary>The broker that a command was told to use. It holds no secret, so that a data folder can keep it.</summary>
/// <param name="Url"><c>amqp://USER@HOST:PORT/VHOST</c>, or <c>amqps://…</c>.</param>
/// <param name="IsEdge">Whether another process keeps the ledger.</param>
/// <param name="PasswordFile">File with the user's password, or null.</param>
/// <param name="Authority">PEM file of the broker's authority, or null.</param>
/// <param name="Certificate">PEM file of the own certificate, or null.</param>
/// <param name="Key">PEM file of its key, or null.</param>
internal sealed record BrokerSettings(
    string Url, bool IsEdge, string? PasswordFile, string? Authority, string? Certificate, string? Key)
{
    /// <summary>Name of the note in a data folder that says which broker its events go over.</summary>
    public const string NoteName = "broker.connection";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The broker that a data folder was last run with; null where it was none.</summary>
    /// <exception cref="CommandFailedException">The note is damaged.</exception>
    public static BrokerSettings? OfFolder(string folder)
    {
        string path = Path.Combine(folder, NoteName);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<BrokerSettings>(File.ReadAllText(path), Format)
                : null;
        }
        catch (JsonException e)
        {
            throw CommandFailedException.BadInput(
                $"{path} names no broker; name it anew by 'coatline run --broker URL', or delete the file", e);
        }
    }

    /// <summary>Notes it in a claimed data folder, for the commands that follow.</summary>
    public void Note(string folder)
    {
        string path = Path.Combine(folder, NoteName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Format) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>How the broker is reached.</summary>
    /// <param name="role">The ends that this process has.</param>
    /// <exception cref="CommandFailedException">Something of it is wrong; the message names all of it.</exception>
    public RabbitMqOptions Options(MessagingRole role)
    {
        RabbitMqOptions options;
        try
        {
            options = RabbitMqOptions.FromUrl(Url);
        }
        catch (FormatException e)
        {
            throw CommandFailedException.BadInput($"--broker: {e.Message}", e);
        }

        if (options.Tls is null && (Authority ?? Certificate ?? Key) is not null)
        {
            throw CommandFailedException.BadInput("a certificate of the broker's connection needs amqps://");
        }

        options.Role = role;
        options.PasswordFile = PasswordFile;
        options.Tls = options.Tls is null
            ? null
            : new RabbitMqTlsOptions { AuthorityFile = Authority, CertificateFile = Certificate, KeyFile = Key };
        return options.Errors().ToArray() is [_, ..] errors
            ? throw CommandFailedException.BadInput(string.Join("\n", errors))
            : options;
    }
}
