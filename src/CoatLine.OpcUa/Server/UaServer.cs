using System.Net;
using System.Net.Sockets;

namespace CoatLine.OpcUa.Server;

/// <summary>An OPC UA server (OPC 10000-4) over TCP with security policy None and anonymous users. Thread safe.
/// </summary>
public sealed class UaServer : IAsyncDisposable
{
    private readonly UaServerOptions options;
    private readonly TimeProvider networkTime;
    private Socket? listener;

    /// <summary>A server that does not listen yet. The address space belongs to it from here on: namespace 1 and the
    /// values of the Server object are set.</summary>
    /// <param name="options">Where to listen, names and limits.</param>
    /// <param name="addressSpace">What to show.</param>
    /// <param name="networkTime">Clock of time-outs, publishing timers and server timestamps.</param>
    public UaServer(UaServerOptions options, AddressSpace addressSpace, TimeProvider networkTime)
    {
        this.options = options;
        this.networkTime = networkTime;
        AddressSpace = addressSpace;
        addressSpace.NameServer(options.ApplicationUri);
    }

    /// <summary>What the server shows.</summary>
    public AddressSpace AddressSpace { get; }

    /// <summary>The port that the server listens on, 1..65535; the wished one, maybe 0, before
    /// <see cref="StartAsync"/>.</summary>
    public int Port => (listener?.LocalEndPoint as IPEndPoint)?.Port ?? options.Port;

    /// <summary>The URL to connect to, for example <c>opc.tcp://127.0.0.1:4840</c>.</summary>
    public string EndpointUrl => $"opc.tcp://{options.Host}:{Port}";

    /// <summary>Starts to listen. Throws <see cref="IOException"/> with a sentence for people when the port is taken or
    /// the address is not one of this machine.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = networkTime;
        listener = Listening.Open(options.Host, options.Port);
        return Task.CompletedTask;
    }

    /// <summary>Stops listening and closes every connection.</summary>
    public ValueTask DisposeAsync()
    {
        listener?.Dispose();
        return ValueTask.CompletedTask;
    }
}
