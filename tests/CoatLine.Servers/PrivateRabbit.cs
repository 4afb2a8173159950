using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CoatLine.Servers;

/// <summary>
/// A RabbitMQ broker of a test run's own: free ports, own folder, own Erlang port mapper. It ends with this process,
/// however that ends, since its watcher waits for the end of a pipe. One caller at a time.
/// </summary>
internal sealed class PrivateRabbit : IAsyncDisposable
{
    /// <summary>How many virtual hosts there are: no more tests than this on one broker.</summary>
    public const int MaxVhosts = 64;

    /// <summary>How long a start may take; 8 to 13 s are usual on two busy cores.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(60);

    private readonly RabbitFolder _folder;
    private Process? _watcher;
    private int _given;

    private PrivateRabbit(RabbitFolder folder) => _folder = folder;

    /// <summary>Always the loopback.</summary>
    public static string Host => "127.0.0.1";

    /// <summary>Port of AMQP 0-9-1.</summary>
    public int Port => _folder.Port;

    /// <summary>Port of AMQP over TLS, with the certificate of <see cref="RabbitTls"/>; 0 when there is none.</summary>
    public int TlsPort => _folder.TlsPort;

    /// <summary>Whether the broker's process was started and not killed since.</summary>
    public bool IsRunning => _watcher is { HasExited: false };

    /// <summary>Starts a broker and waits until it answers; a port that somebody took meanwhile leads to another try.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start; with its last words.
    /// </exception>
    public static async Task<PrivateRabbit> StartAsync(
        RabbitTls? tls = null, CancellationToken cancellationToken = default)
    {
        const int tries = 2;
        for (int i = 1; ; i++)
        {
            var rabbit = new PrivateRabbit(RabbitFolder.Create(MaxVhosts, tls));
            try
            {
                await rabbit.RestartAsync(cancellationToken).ConfigureAwait(false);
                return rabbit;
            }
            catch (InvalidOperationException) when (i < tries)
            {
                await rabbit.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await rabbit.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>A virtual host that nobody has used, with a user of its own who may do everything there.</summary>
    public RabbitVhost CreateVhost()
    {
        int next = Interlocked.Increment(ref _given) - 1;
        return next < MaxVhosts
            ? _folder.Vhost(next)
            : throw new InvalidOperationException($"all {MaxVhosts} virtual hosts of this broker are used");
    }

    /// <summary>Starts the broker again on what its folder holds, after a kill when it still runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync().ConfigureAwait(false);
        _watcher = _folder.Start();
        using var bound = new CancellationTokenSource(StartTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        while (!await AnswersAsync(either.Token).ConfigureAwait(false))
        {
            if (_watcher.HasExited || either.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"RabbitMQ did not start: {_folder.LastWords()}");
            }

            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The power fails: SIGKILL to everything of it, and the end of its port mapper.</summary>
    public async Task KillAsync()
    {
        if (_watcher is { } watcher)
        {
            _watcher = null;
            watcher.StandardInput.Close();
            await watcher.WaitForExitAsync().WaitAsync(CommandTimeout).ConfigureAwait(false);
            watcher.Dispose();
        }
    }

    /// <summary>Kills it, takes away all that it had stored, and starts it: users and virtual hosts come back, queues,
    /// exchanges and messages do not.</summary>
    public async Task WipeAndRestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync().ConfigureAwait(false);
        _folder.Wipe();
        await RestartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Its connections stay open and nothing answers any more (SIGSTOP).</summary>
    public Task FreezeAsync() => _folder.SignalAsync("STOP", CommandTimeout);

    /// <summary>It goes on (SIGCONT).</summary>
    public Task ThawAsync() => _folder.SignalAsync("CONT", CommandTimeout);

    /// <summary>Makes the broker believe that its disk is full, or has room again: it then takes no messages.</summary>
    public Task SetDiskAlarmAsync(bool full) => EvaluateAsync(
        $"rabbit_disk_monitor:set_disk_free_limit(\"{(full ? "1000000GB" : "50MB")}\").");

    /// <summary>Gives a user another password.</summary>
    public Task ChangePasswordAsync(string user, string password) => EvaluateAsync(
        $"rabbit_auth_backend_internal:change_password(<<\"{user}\">>, <<\"{password}\">>, <<\"test\">>).");

    /// <summary>Lets the broker evaluate an Erlang expression; about a second.</summary>
    public Task<string> EvaluateAsync(string expression) => _folder.EvaluateAsync(expression, CommandTimeout);

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _folder.Delete();
    }

    /// <summary>Whether the port answers to the header of another protocol version with its own.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Host, Port, cancellationToken).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();
            byte[] answer = new byte[1];
            await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            return await stream.ReadAsync(answer, cancellationToken).ConfigureAwait(false) > 0;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>A virtual host and who may use it.</summary>
internal sealed record RabbitVhost(string Name, string User, string Password)
{
    /// <summary>The address that a client of RabbitMQ takes.</summary>
    public Uri Uri(int port) => new(string.Create(
        CultureInfo.InvariantCulture, $"amqp://{User}:{Password}@{PrivateRabbit.Host}:{port}/{Name}"));
}
