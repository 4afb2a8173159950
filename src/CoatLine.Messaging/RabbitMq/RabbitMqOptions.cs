namespace CoatLine.Messaging;

/// <summary>Which ends of the feed a process has.</summary>
public enum MessagingRole
{
    /// <summary>Journal and ledger.</summary>
    Both,

    /// <summary>The journal: it records, and sends to a ledger elsewhere.</summary>
    Edge,

    /// <summary>The ledger: it commits what the edges send, and publishes it for dashboards.</summary>
    Ledger,
}

/// <summary>How RabbitMQ is reached. Read once, at start.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>Environment variable that holds the password; it goes before <see cref="PasswordFile"/>.</summary>
    public const string PasswordVariable = "COATLINE_BROKER_PASSWORD";

    /// <summary>The largest password file, bytes.</summary>
    public const int MaxPasswordBytes = 1024;

    /// <summary>Host name or address; default <c>localhost</c>.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>Port, 1 to 65535; 0 (default) is 5671 with TLS and 5672 without.</summary>
    public int Port { get; set; }

    /// <summary>Virtual host; default <c>/</c>.</summary>
    public string VirtualHost { get; set; } = "/";

    /// <summary>User; default <c>coatline</c>.</summary>
    public string User { get; set; } = "coatline";

    /// <summary>Password, for a host that keeps its secrets itself; never from configuration. Null (default): see
    /// <see cref="PasswordVariable"/> and <see cref="PasswordFile"/>.</summary>
    public string? Password { get; set; }

    /// <summary>File whose one line is the password, for nobody but its owner to read.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whether the connection is encrypted, and how; null (default) is not. On any network but the machine's
    /// own it should be.</summary>
    public RabbitMqTlsOptions? Tls { get; set; }

    /// <summary>A broker that is silent for two of these is taken for gone; 1 s to 10 min, default 10 s.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the start waits for a broker that cannot be reached; 100 ms to 1 h, default 30 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Which ends this process has; default both.</summary>
    public MessagingRole Role { get; set; }

    /// <summary>Folder that keeps up to where events were published for dashboards; null (default) keeps it in memory,
    /// and a restart then begins at the ledger's mark.</summary>
    public string? StateDirectory { get; set; }

    /// <summary>Reads <c>amqp://USER@HOST:PORT/VHOST</c> or <c>amqps://…</c>; a password in it is refused.</summary>
    /// <exception cref="FormatException">It is no such address; the message says why.</exception>
    public static RabbitMqOptions FromUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("amqp" or "amqps")
            || uri.Host.Length == 0)
        {
            throw new FormatException($"'{url}' is no broker; it must be amqp://USER@HOST:PORT/VHOST or amqps://…");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw new FormatException(
                $"a password does not belong into an address; put it into {PasswordVariable} or into a file");
        }

        var options = new RabbitMqOptions { Host = uri.Host, Port = Math.Max(uri.Port, 0) };
        options.User = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : options.User;
        options.VirtualHost = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/";
        options.Tls = uri.Scheme == "amqps" ? new RabbitMqTlsOptions() : null;
        return options;
    }

    internal int EffectivePort => Port != 0 ? Port : Tls is null ? 5672 : 5671;

    /// <summary>For a person: never with the password.</summary>
    internal string Address => $"{Host}:{EffectivePort}, virtual host '{VirtualHost}'";

    /// <summary>Every setting that is wrong, as a sentence.</summary>
    internal IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return "RabbitMq:Host is empty";
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"RabbitMq:Port is {Port}, must be 0 to 65535";
        }

        if (string.IsNullOrEmpty(User))
        {
            yield return "RabbitMq:User is empty";
        }

        if (Heartbeat < TimeSpan.FromSeconds(1) || Heartbeat > TimeSpan.FromMinutes(10))
        {
            yield return $"RabbitMq:Heartbeat is {Heartbeat}, must be 1 s to 10 min";
        }

        if (StartTimeout < TimeSpan.FromMilliseconds(100) || StartTimeout > TimeSpan.FromHours(1))
        {
            yield return $"RabbitMq:StartTimeout is {StartTimeout}, must be 100 ms to 1 h";
        }

        if (!Enum.IsDefined(Role))
        {
            yield return $"RabbitMq:Role is '{Role}', must be Both, Edge or Ledger";
        }

        if (BrokerPassword.Find(this).Error is { } error)
        {
            yield return error;
        }

        foreach (string tls in Tls?.Errors() ?? [])
        {
            yield return tls;
        }
    }
}
