namespace CoatLine.Messaging;

/// <summary>Where the broker's password comes from: the host's code, the environment, or a file that only its owner
/// can read.</summary>
internal static class BrokerPassword
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static (string? Password, string? Error) Find(RabbitMqOptions options)
    {
        if ((options.Password ?? Environment.GetEnvironmentVariable(RabbitMqOptions.PasswordVariable)) is { } known)
        {
            return (known, null);
        }

        if (options.PasswordFile is not { } path)
        {
            return (null, $"RabbitMq:User is '{options.User}' without a password; name RabbitMq:PasswordFile, or set "
                + $"the environment variable {RabbitMqOptions.PasswordVariable}");
        }

        try
        {
            if (new FileInfo(path).Length > RabbitMqOptions.MaxPasswordBytes)
            {
                return (null, $"RabbitMq:PasswordFile {path} has more than {RabbitMqOptions.MaxPasswordBytes} bytes");
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                return (null, $"RabbitMq:PasswordFile {path} may be read by every user: chmod 600 '{path}'");
            }

            return (File.ReadAllText(path).TrimEnd('\r', '\n'), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, $"RabbitMq:PasswordFile {path} can't be read ({e.Message.TrimEnd('.')})");
        }
    }
}
