using CoatLine.OpcUa.Security;

namespace CoatLine.Hosting;

/// <summary>The user of the line and where his password comes from: the environment, or a file that only its owner can
/// read.</summary>
internal sealed class LinePassword(OpcUaOptions options)
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static string? FromEnvironment => Environment.GetEnvironmentVariable(OpcUaOptions.PasswordVariable);

    /// <summary>Who signs in.</summary>
    /// <exception cref="InvalidOperationException">The settings are wrong: see <see cref="Errors"/>.</exception>
    public UserIdentity User()
    {
        if (options.UserName is not { } name)
        {
            return UserIdentity.Anonymous;
        }

        (string? password, string? error) = FromEnvironment is { } known ? (known, null) : FromFile();
        return UserIdentity.UserName(name, password ?? throw new InvalidOperationException(error));
    }

    public IEnumerable<string> Errors()
    {
        if (options.UserName is null)
        {
            if (options.PasswordFile is not null)
            {
                yield return "OpcUa:PasswordFile is set without OpcUa:UserName";
            }

            yield break;
        }

        if (options.UserName.Length == 0)
        {
            yield return "OpcUa:UserName is empty; leave it out for an anonymous user";
        }

        if (FromEnvironment is null && FromFile() is { Error: { } error })
        {
            yield return error;
        }
    }

    private (string? Password, string? Error) FromFile()
    {
        if (options.PasswordFile is not { } path)
        {
            return (null, $"OpcUa:UserName is '{options.UserName}' without a password; name OpcUa:PasswordFile, or set "
                + $"the environment variable {OpcUaOptions.PasswordVariable}");
        }

        try
        {
            if (new FileInfo(path).Length > OpcUaOptions.MaxPasswordBytes)
            {
                return (null, $"OpcUa:PasswordFile {path} has more than {OpcUaOptions.MaxPasswordBytes} bytes");
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                return (null, $"OpcUa:PasswordFile {path} may be read by every user: chmod 600 '{path}'");
            }

            return (File.ReadAllText(path).TrimEnd('\r', '\n'), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, $"OpcUa:PasswordFile {path} can't be read ({e.Message.TrimEnd('.')})");
        }
    }
}
