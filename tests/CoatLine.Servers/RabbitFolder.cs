using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CoatLine.Servers;

/// <summary>
/// The folder of a <see cref="PrivateRabbit"/>: its settings, its users, its store, and how its processes are started.
/// </summary>
internal sealed class RabbitFolder
{
    private const string Install = "/usr/lib/rabbitmq/lib";
    private const string Cookie = "COATLINETESTS";
    private const int LastWordsLength = 2000;

    /// <summary>
    /// Starts the port mapper and the broker, and ends both when its own standard input ends. The broker leads a
    /// session of its own, so that all of it can be signalled at once.
    /// </summary>
    private const string Watcher =
        """
        exec 3<&0 </dev/null >/dev/null 2>&1
        epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 3<&- & epmd=$!
        # A broker that finds none starts one of its own, which outlives it.
        for i in $(seq 100); do (: </dev/tcp/127.0.0.1/$ERL_EPMD_PORT) 2>/dev/null && break; sleep 0.05; done
        setsid "$RABBIT_SBIN/rabbitmq-server" 3<&- >"$RABBITMQ_BASE/out.txt" 2>&1 & broker=$!
        echo $broker >"$RABBITMQ_BASE/broker.pid"
        # The broker goes first: as long as it lives it starts a port mapper that is missing.
        { read -r _ <&3; kill -KILL -- -$broker; } & end=$!
        wait $broker
        kill -KILL -- -$broker
        kill -KILL $epmd $end
        epmd -port "$ERL_EPMD_PORT" -kill
        """;

    private readonly string _path;
    private readonly int _distributionPort;
    private readonly int _epmdPort;

    private RabbitFolder(string path, int port, int tlsPort, int distributionPort, int epmdPort) =>
        (_path, Port, TlsPort, _distributionPort, _epmdPort) = (path, port, tlsPort, distributionPort, epmdPort);

    public int Port { get; }

    public int TlsPort { get; }

    public static RabbitFolder Create(int vhosts, RabbitTls? tls)
    {
        var folder = new RabbitFolder(
            Directory.CreateTempSubdirectory("coatline-rabbit-").FullName,
            FreePort.Next(),
            tls is null ? 0 : FreePort.Next(),
            FreePort.Next(),
            FreePort.Next());
        folder.Write(vhosts, tls);
        return folder;
    }

    public RabbitVhost Vhost(int number) => new($"t{number}", $"u{number}", $"secret-{number}");

    public Process Start()
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", Watcher]) { RedirectStandardInput = true };
        Settings(start.Environment);
        start.WorkingDirectory = _path;
        File.Delete(At("broker.pid"));
        return Process.Start(start) ?? throw new InvalidOperationException("bash cannot be started");
    }

    public void Wipe() => Directory.Delete(At("mnesia"), recursive: true);

    public Task SignalAsync(string signal, TimeSpan bound) =>
        RunAsync("/bin/kill", ["-" + signal, "--", "-" + File.ReadAllText(At("broker.pid")).Trim()], bound);

    public Task<string> EvaluateAsync(string expression, TimeSpan bound) =>
        RunAsync(Path.Combine(Sbin(), "rabbitmqctl"), ["eval", expression], bound);

    public string LastWords()
    {
        string said = File.Exists(At("out.txt")) ? File.ReadAllText(At("out.txt")) : "nothing";
        return said.Length <= LastWordsLength ? said : said[^LastWordsLength..];
    }

    public void Delete() => Directory.Delete(_path, recursive: true);

    private static string Sbin() =>
        (Directory.Exists(Install) ? Directory.GetDirectories(Install, "rabbitmq_server-*") : [])
            .Order().LastOrDefault()
            is { } found
            ? Path.Combine(found, "sbin")
            : throw new InvalidOperationException(
                "RabbitMQ is missing: apt-get install --no-install-recommends rabbitmq-server");

    private string At(string name) => Path.Combine(_path, name);

    private void Write(int vhosts, RabbitTls? tls)
    {
        Directory.CreateDirectory(At("home"));
        File.WriteAllText(At("home/.erlang.cookie"), Cookie);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("home/.erlang.cookie"), UnixFileMode.UserRead);
        }

        File.WriteAllText(At("enabled_plugins"), "[].");
        File.WriteAllText(At("env.conf"), "");
        File.WriteAllText(At("definitions.json"), Definitions(vhosts));
        string settings = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            load_definitions = {At("definitions.json")}
            loopback_users = none
            disk_free_limit.absolute = 50MB
            log.console = false
            log.file.level = warning

            """);
        File.WriteAllText(At("rabbitmq.conf"), settings + tls?.WriteTo(_path, TlsPort));
    }

    private string Definitions(int vhosts)
    {
        RabbitVhost[] all = [.. Enumerable.Range(0, vhosts).Select(Vhost)];
        return JsonSerializer.Serialize(new
        {
            users = all.Select(static v => new
            {
                name = v.User,
                password_hash = PasswordHash(v.Password),
                hashing_algorithm = "rabbit_password_hashing_sha256",
                tags = "",
            }),
            vhosts = all.Select(static v => new { name = v.Name }),
            permissions = all.Select(static v => new
            {
                user = v.User, vhost = v.Name, configure = ".*", write = ".*", read = ".*",
            }),
        });
    }

    /// <summary>RabbitMQ's form: a salt of four bytes, then SHA-256 of salt and password.</summary>
    private static string PasswordHash(string password)
    {
        byte[] salt = [1, 2, 3, 4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private void Settings(IDictionary<string, string?> environment)
    {
        environment["HOME"] = At("home");
        environment["RABBIT_SBIN"] = Sbin();
        environment["RABBITMQ_NODENAME"] = $"coatline{Port}@localhost";
        environment["RABBITMQ_NODE_IP_ADDRESS"] = PrivateRabbit.Host;
        environment["RABBITMQ_NODE_PORT"] = Port.ToString(CultureInfo.InvariantCulture);
        environment["RABBITMQ_DIST_PORT"] = _distributionPort.ToString(CultureInfo.InvariantCulture);
        environment["RABBITMQ_BASE"] = _path;
        environment["RABBITMQ_MNESIA_BASE"] = At("mnesia");
        environment["RABBITMQ_LOG_BASE"] = At("log");
        environment["RABBITMQ_PID_FILE"] = At("node.pid");
        environment["RABBITMQ_CONFIG_FILE"] = At("rabbitmq.conf");
        environment["RABBITMQ_CONF_ENV_FILE"] = At("env.conf");
        environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = At("enabled_plugins");
        environment["ERL_EPMD_PORT"] = _epmdPort.ToString(CultureInfo.InvariantCulture);
        environment["ERL_EPMD_ADDRESS"] = PrivateRabbit.Host;
    }

    private async Task<string> RunAsync(string program, string[] arguments, TimeSpan bound)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Settings(start.Environment);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync().WaitAsync(bound).ConfigureAwait(false);
        await process.WaitForExitAsync().WaitAsync(bound).ConfigureAwait(false);
        return process.ExitCode == 0
            ? said.Trim()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} failed: {said} {await errors.ConfigureAwait(false)}");
    }
}
