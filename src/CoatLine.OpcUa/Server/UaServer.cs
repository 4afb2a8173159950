using System.Net;
using System.Net.Sockets;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Server.Events;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>An OPC UA server (OPC 10000-4) over TCP with the policies None, Basic256Sha256,
/// Aes128_Sha256_RsaOaep and Aes256_Sha256_RsaPss, and with anonymous users, user names and user certificates. Thread
/// safe.</summary>
public sealed class UaServer : IAsyncDisposable
{
    /// <summary>How often time-outs of sessions, tokens, requests and stalled writes are looked after.</summary>
    private bool isCut;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);

    private readonly UaServerOptions options;
    private readonly TimeProvider networkTime;
    private readonly ServerChannelOptions channelOptions;
    private readonly SubscriptionService subscriptions;
    private readonly SessionService sessions;
    private readonly RequestDispatcher dispatcher;
    private readonly Connections connections;
    private readonly CancellationTokenSource stopping = new();
    private Socket? listener;
    private Task accepting = Task.CompletedTask;
    private ITimer? sweeping;
    private uint lastChannelId;

    /// <summary>A server that does not listen yet. The address space belongs to it from here on: namespace 1 and the
    /// values of the Server object are set.</summary>
    /// <param name="options">Where to listen, names and limits.</param>
    /// <param name="addressSpace">What to show.</param>
    /// <param name="networkTime">Clock of time-outs, publishing timers and server timestamps.</param>
    /// <exception cref="ArgumentException">The options leave no endpoint: neither <see cref="UaServerOptions.Pki"/> nor
    /// <see cref="UaServerOptions.AllowInsecure"/> is set.</exception>
    public UaServer(UaServerOptions options, AddressSpace addressSpace, TimeProvider networkTime)
    {
        var endpoints = new ServerEndpoints(options);
        this.options = options;
        this.networkTime = networkTime;
        AddressSpace = addressSpace;
        addressSpace.NameServer(options.ApplicationUri);
        _ = new ServerObject(addressSpace, options, networkTime);

        var limits = options.Limits;
        connections = new Connections(limits);
        var discovery = new DiscoveryService(options, endpoints, () => Port);
        var attributes = new AttributeService(addressSpace, limits, networkTime);
        subscriptions = new SubscriptionService(limits, networkTime);
        ServerMethods.Bind(addressSpace, subscriptions);
        ConditionMethods.Bind(addressSpace, subscriptions, networkTime);
        sessions = new SessionService(options, endpoints, discovery, subscriptions, networkTime);
        dispatcher = new RequestDispatcher(
            sessions,
            discovery,
            attributes,
            new ViewService(addressSpace, limits),
            new MethodService(addressSpace, limits),
            subscriptions,
            new MonitoredItemService(addressSpace, attributes, subscriptions, limits, networkTime),
            networkTime);
        channelOptions = new ServerChannelOptions
        {
            Limits = TransportLimits.Default with { MaxMessageSize = (uint)limits.MaxMessageSize },
            HelloTimeout = limits.HelloTimeout,
            FrameTimeout = limits.FrameTimeout,
            MessageTimeout = limits.MessageTimeout,
            MinTokenLifetime = limits.MinTokenLifetime,
            MaxTokenLifetime = limits.MaxTokenLifetime,
            Security = new ServerSecurity(options.Pki, options.Policies, options.SecurityModes),
            Report = options.SecurityReport,
        };
    }

    /// <summary>What the server shows.</summary>
    public AddressSpace AddressSpace { get; }

    /// <summary>The port that the server listens on, 1..65535; the wished one, maybe 0, before
    /// <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary>The URL to connect to, for example <c>opc.tcp://127.0.0.1:4840</c>.</summary>
    public string EndpointUrl => $"opc.tcp://{options.Host}:{Port}";

    /// <summary>
    /// Whether the network is cut off, for tests of what then happens: every connection is dropped when it becomes
    /// true, and none is taken before it is false again. Sessions and subscriptions live on for their time.
    /// </summary>
    public bool IsCut
    {
        get => Volatile.Read(ref isCut);
        set
        {
            Volatile.Write(ref isCut, value);
            if (value)
            {
                foreach (var channel in connections.Channels)
                {
                    channel.Dispose();
                }
            }
        }
    }

    /// <summary>Sessions that are open now.</summary>
    public int SessionCount => sessions.Count;

    /// <summary>Subscriptions that live now, those without a session included.</summary>
    public int SubscriptionCount => subscriptions.Count;

    /// <summary>TCP connections that are open now.</summary>
    internal int ConnectionCount => connections.Channels.Count();

    /// <summary>
    /// Publishes what has changed at once to every subscription whose publishing interval has passed since its last
    /// message; the others tell it at the end of theirs. For a source of values that works in scans: called after each,
    /// clients get the values of one scan together and do not wait for a timer. At most one such message an interval.
    /// </summary>
    public void PublishDue() => subscriptions.PublishDue();

    /// <summary>Starts to listen. Throws <see cref="IOException"/> with a sentence for people when the port is taken
    /// or the address is not one of this machine, and <see cref="InvalidOperationException"/> when called
    /// twice.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (listener is not null)
        {
            throw new InvalidOperationException("The server has been started already.");
        }

        listener = Listening.Open(options.Host, options.Port);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        accepting = AcceptAsync(listener);
        sweeping = networkTime.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
        return Task.CompletedTask;
    }

    /// <summary>Stops listening and closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener?.Dispose();
        await accepting;
        if (sweeping is not null)
        {
            await sweeping.DisposeAsync();
        }

        subscriptions.EndAll();
        var runs = connections.Runs.ToArray();
        foreach (var channel in connections.Channels)
        {
            channel.Dispose();
        }

        await Task.WhenAll(runs);
    }

    /// <summary>Serves one connection that did not come through the listener, until it ends.</summary>
    internal async Task ServeAsync(Stream stream)
    {
        var channel = NewChannel(stream);
        await channel.RunAsync();
        sessions.ChannelClosed(channel);
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listening.AcceptAsync(stopping.Token);
                socket.NoDelay = true;
                Serve(new NetworkStream(socket, ownsSocket: true), ((IPEndPoint)socket.RemoteEndPoint!).Address);
            }
            catch (SocketException) when (!stopping.IsCancellationRequested)
            {
                // A client that was gone before it was accepted (ECONNABORTED) must not end the listening.
                await Task.Yield();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException
                or OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Serve(NetworkStream stream, IPAddress remote)
    {
        if (IsCut)
        {
            stream.Dispose();
            return;
        }

        var channel = NewChannel(stream);
        if (!connections.MakeRoom(remote))
        {
            _ = connections.RefuseAsync(channel);
            return;
        }

        // The entry is there before the channel runs, so that its end always finds it.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connections.Add(channel, remote, RunAsync(channel, started.Task));
        started.SetResult();
    }

    private ServerChannel NewChannel(Stream stream) => new(
        stream, Interlocked.Increment(ref lastChannelId), channelOptions, dispatcher.HandleAsync, networkTime);

    private async Task RunAsync(ServerChannel channel, Task started)
    {
        await started;
        try
        {
            await channel.RunAsync();
        }
        finally
        {
            sessions.ChannelClosed(channel);
            connections.Remove(channel);
        }
    }

    private void Sweep()
    {
        sessions.CloseExpired();
        subscriptions.ExpireRequests();
        foreach (var channel in connections.Channels)
        {
            if (channel.IsLapsed || channel.StalledFor > options.Limits.SendTimeout)
            {
                channel.Dispose();
            }
            else
            {
                channel.CheckTimeouts();
            }
        }
    }
}
