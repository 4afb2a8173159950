using System.Diagnostics;
using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.Tests.Link;

/// <summary>A server whose one variable counts up every 100 ms, from the moment it is told to.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _ending = new();
    private readonly UaServer _server;
    private readonly UaVariable _counter;
    private Task _counting = Task.CompletedTask;
    private int _count;

    private CountingServer(UaServerOptions options, int from, string[] namespacesBefore)
    {
        var space = new AddressSpace();
        foreach (var uri in namespacesBefore)
        {
            space.AddNamespace(uri);
        }

        var index = space.AddNamespace(NamespaceUri);
        _counter = new UaVariable(
            new NodeId(index, "Counter"), new QualifiedName(index, "Counter"), DataTypeIds.Int32);
        _count = from;
        _counter.Set(Variant.Of(_count), StatusCodes.Good, DateTime.UnixEpoch);
        space.Add(
            _counter, ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes, VariableTypeIds.BaseDataVariableType);
        _server = new UaServer(options, space, TimeProvider.System);
    }

    public static string NamespaceUri => "urn:test:counting";

    public int Port => _server.Port;

    public int Subscriptions => _server.SubscriptionCount;

    public int Sessions => _server.SessionCount;

    /// <summary>The number that was shown last.</summary>
    public int Count => Volatile.Read(ref _count);

    public NodeId Counter => _counter.NodeId;

    /// <summary>A server without security.</summary>
    public static Task<CountingServer> StartAsync(int port = 0, int from = 0, string[]? namespacesBefore = null) =>
        StartAsync(new UaServerOptions { AllowInsecure = true, Port = port }, from, namespacesBefore);

    public static async Task<CountingServer> StartAsync(
        UaServerOptions options, int from = 0, string[]? namespacesBefore = null)
    {
        var server = new CountingServer(options, from, namespacesBefore ?? []);
        await server._server.StartAsync(CancellationToken.None);
        return server;
    }

    public void Begin() => _counting = CountAsync();

    /// <summary>Shows no new number any more.</summary>
    public async Task StopCountingAsync()
    {
        await _ending.CancelAsync();
        await _counting;
    }

    public async ValueTask DisposeAsync()
    {
        await StopCountingAsync();
        await _server.DisposeAsync();
        _ending.Dispose();
    }

    private async Task CountAsync()
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                var next = Interlocked.Increment(ref _count);
                _counter.Set(
                    Variant.Of(next), StatusCodes.Good, TimeProvider.System.GetUtcNow().UtcDateTime);
            }
        }
        catch (OperationCanceledException)
        {
            Debug.Assert(_ending.IsCancellationRequested, "nothing else cancels it");
        }
    }
}
