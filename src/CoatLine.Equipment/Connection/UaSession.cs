using System.Collections.Concurrent;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// One session and what was found out in it: namespace indexes and node ids are asked for anew in every session, since
/// a server may number them otherwise after a restart. Thread-safe.
/// </summary>
internal sealed class UaSession : IAsyncDisposable
{
    /// <summary>Values of one tag that the server keeps between two messages.</summary>
    private const uint ItemQueue = 16;

    /// <summary>The server shows that a silent subscription lives at least this often.</summary>
    private static readonly TimeSpan SubscriptionKeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>The server keeps a subscription that nobody asks for this long.</summary>
    private static readonly TimeSpan SubscriptionLifetime = TimeSpan.FromSeconds(60);

    private readonly UaClient client;
    private readonly ConcurrentDictionary<TagAddress, NodeId> found = new();

    private UaSession(UaClient client, long number)
    {
        this.client = client;
        Number = number;
    }

    /// <summary>Number of the session, from 1.</summary>
    public long Number { get; }

    /// <summary>Ends when the session is closed or lost.</summary>
    public Task Completion => client.Completion;

    /// <summary>Why the session was lost.</summary>
    public string Fault => client.Fault?.Message ?? "the session was closed";

    /// <summary>Connects and opens a session.</summary>
    /// <exception cref="UaException">It failed; the message says how.</exception>
    public static async Task<UaSession> OpenAsync(
        UaLineConnectionOptions options, long number, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var clientOptions = new UaClientOptions
        {
            EndpointUrl = options.EndpointUrl,
            SessionName = options.SessionName,
            ConnectTimeout = options.OperationTimeout,
            OperationTimeout = options.OperationTimeout,
            KeepAliveInterval = options.KeepAliveInterval,
        };
        return new UaSession(
            await UaClient.ConnectAsync(clientOptions, networkTime, cancellationToken).ConfigureAwait(false), number);
    }

    /// <summary>Finds nodes; those found are remembered for this session.</summary>
    public async Task<ResolvedPath[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken)
    {
        TagAddress[] unknown = [.. addresses.Where(a => !found.ContainsKey(a)).Distinct()];
        var missing = new Dictionary<TagAddress, StatusCode>();
        if (unknown.Length > 0)
        {
            (TagAddress Address, BrowsePath? Path)[] paths = [.. unknown.Select(a => (a, PathOf(a)))];
            ResolvedPath[] results = await client
                .TranslateAsync([.. paths.Select(static p => p.Path).OfType<BrowsePath>()], cancellationToken)
                .ConfigureAwait(false);
            int next = 0;
            foreach ((TagAddress address, BrowsePath? path) in paths)
            {
                ResolvedPath result = path is null
                    ? new ResolvedPath(StatusCodes.BadNoMatch, NodeId.Null)
                    : results[next++];
                if (result.Status.IsGood)
                {
                    found[address] = result.NodeId;
                }
                else
                {
                    missing[address] = result.Status;
                }
            }
        }

        return [.. addresses.Select(a => missing.TryGetValue(a, out StatusCode status)
            ? new ResolvedPath(status, NodeId.Null)
            : new ResolvedPath(StatusCodes.Good, found[a]))];
    }

    /// <summary>Reads attributes in one call; a node that is missing has the status of its path.</summary>
    public async Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes =
            await ResolveAsync([.. reads.Select(static r => r.Address)], cancellationToken).ConfigureAwait(false);
        ReadValueId[] items = [.. reads
            .Select((r, i) => new ReadValueId { NodeId = nodes[i].NodeId, AttributeId = r.Attribute })
            .Where((_, i) => nodes[i].Status.IsGood)];
        DataValue[] values = items.Length == 0
            ? []
            : await client.ReadAsync(items, cancellationToken).ConfigureAwait(false);
        int next = 0;
        return [.. nodes.Select(n => n.Status.IsGood ? values[next++] : new DataValue(Variant.Null, n.Status))];
    }

    /// <summary>Writes values in one call, in order; nothing at all when a node is missing.</summary>
    public async Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes =
            await ResolveAsync([.. writes.Select(static w => w.Address)], cancellationToken).ConfigureAwait(false);
        if (nodes.Any(static n => n.Status.IsBad))
        {
            return [.. nodes.Select(static n => n.Status.IsBad ? n.Status : StatusCodes.BadNothingToDo)];
        }

        WriteValue[] values = [.. writes.Select((w, i) => WriteValue.Of(nodes[i].NodeId, w.Value))];
        return await client.WriteAsync(values, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls a method.</summary>
    public async Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes = await ResolveAsync([target, method], cancellationToken).ConfigureAwait(false);
        if (Array.Find(nodes, static n => n.Status.IsBad) is { Status.IsBad: true } missing)
        {
            return new TagCallResult(missing.Status, []);
        }

        var call = new CallMethodRequest
        {
            ObjectId = nodes[0].NodeId,
            MethodId = nodes[1].NodeId,
            InputArguments = [.. inputs],
        };
        CallMethodResult result = (await client.CallAsync([call], cancellationToken).ConfigureAwait(false))[0];
        return new TagCallResult(result.StatusCode, result.OutputArguments);
    }

    /// <summary>Watches values; one that cannot be watched is reported once, with the status that says why.</summary>
    public async Task<UaSubscription> SubscribeAsync(
        IReadOnlyList<TagAddress> addresses,
        TimeSpan interval,
        Action<IReadOnlyList<TagChange>> handler,
        CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes = await ResolveAsync(addresses, cancellationToken).ConfigureAwait(false);
        var options = new SubscriptionOptions
        {
            PublishingInterval = interval,
            KeepAliveCount = (uint)Math.Ceiling(SubscriptionKeepAlive / interval),
            LifetimeCount = (uint)Math.Ceiling(SubscriptionLifetime / interval),
        };
        UaSubscription subscription = await client.CreateBatchSubscriptionAsync(
            options,
            changes => handler([.. changes.Select(static c => new TagChange((TagAddress)c.Item.Context!, c.Value))]),
            cancellationToken).ConfigureAwait(false);
        MonitoredItemRequest[] requests = [.. addresses
            .Where((_, i) => nodes[i].Status.IsGood)
            .Select(a => new MonitoredItemRequest(found[a]) { QueueSize = ItemQueue, Context = a })];
        IReadOnlyList<UaMonitoredItem> items = requests.Length == 0
            ? []
            : await subscription.AddItemsAsync(requests, cancellationToken).ConfigureAwait(false);
        TagChange[] unwatched =
        [
            .. addresses.Zip(nodes).Where(static p => p.Second.Status.IsBad)
                .Select(static p => Unwatched(p.First, p.Second.Status)),
            .. items.Where(static i => i.Status.IsBad)
                .Select(static i => Unwatched((TagAddress)i.Context!, i.Status)),
        ];
        if (unwatched.Length > 0)
        {
            handler(unwatched);
        }

        return subscription;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static TagChange Unwatched(TagAddress address, StatusCode status) =>
        new(address, new DataValue(Variant.Null, status));

    /// <summary>The path in this session's numbering, or null when the server lacks a namespace of it.</summary>
    private BrowsePath? PathOf(TagAddress address)
    {
        var names = new List<QualifiedName>();
        foreach (PathStep step in address.Path)
        {
            if (client.NamespaceIndex(step.NamespaceUri) is not { } index)
            {
                return null;
            }

            names.Add(new QualifiedName(index, step.Name));
        }

        return BrowsePath.Of(ObjectIds.ObjectsFolder, [.. names]);
    }
}
