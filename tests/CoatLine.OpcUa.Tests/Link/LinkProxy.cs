using System.Net;
using System.Net.Sockets;

namespace CoatLine.OpcUa.Tests.Link;

/// <summary>How a link is cut.</summary>
internal enum Cut
{
    /// <summary>Packets vanish; the connections of before never work again.</summary>
    BlackHole,

    /// <summary>Packets vanish; what was sent meanwhile comes on the same connections once the link is back.</summary>
    Stall,

    /// <summary>Connections are reset, new ones refused.</summary>
    Reset,
}

/// <summary>A cable between a client and a server that can be cut.</summary>
internal sealed class LinkProxy : IAsyncDisposable
{
    private const int BufferOctets = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly int _target;
    private readonly int _port;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _pumps = [];
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private CancellationTokenSource _connections = new();
    private TaskCompletionSource _passing = Passing();
    private int _taken;

    public LinkProxy(int target)
    {
        _target = target;
        _passing.SetResult();
        _listener = Listen(0);
        _port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(_listener);
    }

    public string Url => $"opc.tcp://127.0.0.1:{_port}";

    /// <summary>How long each piece takes on its way, in either direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Connections that clients have made.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public void Sever(Cut cut)
    {
        lock (_gate)
        {
            if (cut == Cut.Reset)
            {
                _listener!.Dispose();
                _listener = null;
                End(reset: true);
                return;
            }

            _passing = Passing();
            if (cut == Cut.BlackHole)
            {
                // The pumps end, the sockets stay: both ends believe in their connections.
                _connections.Cancel();
                _connections = new CancellationTokenSource();
            }
        }
    }

    /// <summary>The server's end of every connection is gone, and the client is not told.</summary>
    public void HalfOpen()
    {
        lock (_gate)
        {
            _connections.Cancel();
            _connections = new CancellationTokenSource();
        }
    }

    /// <summary>The link is back.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            if (_listener is null)
            {
                _listener = Listen(_port);
                _accepting = AcceptAsync(_listener);
            }

            _passing.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        lock (_gate)
        {
            _listener?.Dispose();
            _passing.TrySetResult();
            End(reset: false);
        }

        await _accepting;
        await Task.WhenAll(_pumps);
        _ending.Dispose();
    }

    private static TaskCompletionSource Passing() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
        return socket;
    }

    private void End(bool reset)
    {
        _connections.Cancel();
        _connections = new CancellationTokenSource();
        foreach (var socket in _open)
        {
            if (reset)
            {
                // Without lingering a socket says that it is gone with RST instead of FIN.
                socket.Close(0);
            }
            else
            {
                socket.Dispose();
            }
        }

        _open.Clear();
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptAsync();
                Interlocked.Increment(ref _taken);
                near.NoDelay = true;
                lock (_gate)
                {
                    _open.Add(near);
                    if (_passing.Task.IsCompleted)
                    {
                        _pumps.Add(CarryAsync(near, _connections.Token));
                    }
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The link was cut, or the test has ended.
        }
    }

    private async Task CarryAsync(Socket near, CancellationToken cancellationToken)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target), cancellationToken);
            lock (_gate)
            {
                _open.Add(far);
            }

            await Task.WhenAny(
                PumpAsync(near, far, cancellationToken), PumpAsync(far, near, cancellationToken));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // No server there, or the link was cut.
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            near.Dispose();
            far.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferOctets];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var octets)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, TimeProvider.System, cancellationToken);
                }

                await _passing.Task.WaitAsync(cancellationToken);
                await to.SendAsync(buffer.AsMemory(0, octets), cancellationToken);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one end closed.
        }
    }
}
