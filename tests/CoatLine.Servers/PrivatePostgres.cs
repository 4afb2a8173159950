using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CoatLine.Servers;

/// <summary>
/// A PostgreSQL server of a test run's own: a free port of the loopback, own folder, durable commits. It ends with this
/// process, however that ends, since its watcher waits for the end of a pipe. One caller at a time.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>How long a start may take; a second or two are usual.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private const string Programs = "/usr/lib/postgresql";

    /// <summary>Who owns the folder when the tests run as root, whom the server refuses.</summary>
    private const string SystemUser = "postgres";

    private const int LastWordsLength = 2000;

    /// <summary>Starts the server, and ends it with all its children when its own standard input ends.</summary>
    private const string Watcher =
        """
        exec 3<&0 </dev/null >/dev/null 2>&1
        setsid $PG_AS "$PG_BIN/postgres" -D "$PG_DATA" 3<&- >"$PG_BASE/out.txt" 2>&1 & server=$!
        echo $server >"$PG_BASE/server.pid"
        { read -r _ <&3; kill -KILL -- -$server; } & end=$!
        wait $server
        kill -KILL -- -$server
        kill -KILL $end
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private Process? _watcher;
    private int _databases;

    private PrivatePostgres(string folder, int port) => (_folder, Port) = (folder, port);

    /// <summary>Its port on the loopback.</summary>
    public int Port { get; }

    /// <summary>Makes a server and starts it; a port that somebody took meanwhile leads to another try.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start; with its last words.
    /// </exception>
    public static async Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken = default)
    {
        const int tries = 2;
        for (int i = 1; ; i++)
        {
            var postgres = new PrivatePostgres(
                Directory.CreateTempSubdirectory("coatline-postgres-").FullName, FreePort.Next());
            try
            {
                await postgres.MakeAsync();
                await postgres.RestartAsync(cancellationToken);
                return postgres;
            }
            catch (InvalidOperationException) when (i < tries)
            {
                await postgres.DisposeAsync();
            }
            catch
            {
                await postgres.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>How the owner of everything reaches a database.</summary>
    public string Connection(string database, string user = "owner") => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={Port};Database={database};Username={user};Password={user};SSL Mode=Disable");

    /// <summary>A database that nobody has used.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Runs SQL as the owner.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Moves a database, which nobody may be using, to an empty folder on another disk.</summary>
    public async Task MakeTablespaceAsync(string database, string folder)
    {
        if (IsRoot)
        {
            await RunAsync("/bin/chown", [SystemUser, folder]);
        }

        await RunAsync("/bin/chmod", ["700", folder]);
        await ExecuteAsync("postgres", $"CREATE TABLESPACE {Space(database)} LOCATION '{folder}'");
        await MoveAsync(database, Space(database));
    }

    /// <summary>Moves it back, whoever is using it.</summary>
    public async Task DropTablespaceAsync(string database)
    {
        await MoveAsync(database, "pg_default");
        await ExecuteAsync("postgres", $"DROP TABLESPACE {Space(database)}");
    }

    /// <summary>Starts the server on what its folder holds, after a kill when it still runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync();
        File.Delete(At("data/postmaster.pid"));
        var start = new ProcessStartInfo("/bin/bash", ["-c", Watcher]) { RedirectStandardInput = true };
        start.Environment["PG_BIN"] = Bin();
        start.Environment["PG_DATA"] = At("data");
        start.Environment["PG_BASE"] = _folder;
        start.Environment["PG_AS"] = IsRoot ? $"setpriv --reuid={SystemUser} --regid={SystemUser} --clear-groups" : "";
        _watcher = Process.Start(start) ?? throw new InvalidOperationException("bash cannot be started");
        using var bound = new CancellationTokenSource(StartTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        while (!await AnswersAsync(either.Token))
        {
            if (_watcher.HasExited || either.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"PostgreSQL did not start: {LastWords()}");
            }

            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>The power fails: SIGKILL to everything of it.</summary>
    public async Task KillAsync()
    {
        if (_watcher is { } watcher)
        {
            _watcher = null;
            watcher.StandardInput.Close();
            await watcher.WaitForExitAsync().WaitAsync(CommandTimeout);
            watcher.Dispose();
        }
    }

    /// <summary>Its connections stay open and nothing answers any more (SIGSTOP to it and its children).</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>It goes on (SIGCONT).</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root" || Environment.IsPrivilegedProcess;

    private static string Bin() =>
        (Directory.Exists(Programs) ? Directory.GetDirectories(Programs) : []).Order().LastOrDefault() is { } found
            ? Path.Combine(found, "bin")
            : throw new InvalidOperationException(
                "PostgreSQL is missing: apt-get install --no-install-recommends postgresql");

    private static string Space(string database) => "space_of_" + database;

    private async Task MoveAsync(string database, string space)
    {
        await ExecuteAsync("postgres", $"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        await ExecuteAsync(
            "postgres", $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'");
        await ExecuteAsync("postgres", $"ALTER DATABASE {database} SET TABLESPACE {space}");
        await ExecuteAsync("postgres", $"ALTER DATABASE {database} ALLOW_CONNECTIONS true");
    }

    private string At(string name) => Path.Combine(_folder, name);

    private async Task MakeAsync()
    {
        await File.WriteAllTextAsync(At("password"), "owner");
        if (IsRoot)
        {
            await RunAsync("/bin/chown", ["-R", SystemUser, _folder]);
        }

        string[] make =
        [
            Path.Combine(Bin(), "initdb"), "-D", At("data"), "-U", "owner", "--pwfile", At("password"),
            "--auth=scram-sha-256", "-E", "UTF8", "--locale=C",
        ];
        string[] all = IsRoot
            ? ["/usr/bin/setpriv", $"--reuid={SystemUser}", $"--regid={SystemUser}", "--clear-groups", .. make]
            : make;
        await RunAsync(all[0], all[1..]);
        string settings = string.Create(
            CultureInfo.InvariantCulture,
            $"""

            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = '{_folder}'
            synchronous_commit = on
            fsync = on
            max_connections = 60
            shared_buffers = 256MB
            max_wal_size = 2GB

            """);
        await File.AppendAllTextAsync(At("data/postgresql.conf"), settings);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }

    private Task SignalAsync(string signal) =>
        RunAsync("/bin/kill", ["-" + signal, "--", "-" + File.ReadAllText(At("server.pid")).Trim()]);

    private string LastWords()
    {
        string said = File.Exists(At("out.txt")) ? File.ReadAllText(At("out.txt")) : "nothing";
        return said.Length <= LastWordsLength ? said : said[^LastWordsLength..];
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync().WaitAsync(CommandTimeout);
        await process.WaitForExitAsync().WaitAsync(CommandTimeout);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {said} {await errors}");
        }
    }
}
