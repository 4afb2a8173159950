using System.Diagnostics;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.Bench.OpcUa;

/// <summary>Our client in this process, against any server that has the nodes of the benchmark.</summary>
internal sealed class OurClient(
    string name, string url, SecurityLevel security, int mostItems, ApplicationPki? pki = null)
    : IContender, IAsyncDisposable
{
    /// <summary>A subscription runs for so long before it is measured.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private const MessageSecurityMode Encrypted = MessageSecurityMode.SignAndEncrypt;

    private UaClient? client;
    private double written;

    public string Name => name;

    public SecurityLevel Security => security;

    public static Task<UaClient> ConnectAsync(
        string url, SecurityLevel security, ApplicationPki? pki, TimeSpan? tokenLife = null)
    {
        var options = new UaClientOptions
        {
            EndpointUrl = url,
            SessionName = $"bench {security}",
            ApplicationUri = Trust.ClientUri,
        };
        options = security == SecurityLevel.None
            ? options with { AllowInsecure = true }
            : options with { Pki = pki, SecurityPolicy = Policy(security), SecurityMode = Encrypted };
        return UaClient.ConnectAsync(
            options with { TokenLifetime = tokenLife ?? options.TokenLifetime }, TimeProvider.System,
            CancellationToken.None);
    }

    public async Task<Sample?> RunAsync(Workload workload, TimeSpan time)
    {
        if (workload.Kind == WorkloadKind.Connect)
        {
            return await ConnectOverAndOverAsync(time);
        }

        client ??= await ConnectAsync(url, security, pki);
        var ns = client.NamespaceIndex(BenchNodes.NamespaceUri)
            ?? throw new InvalidOperationException($"{name} is not a server of the benchmark");
        switch (workload.Kind)
        {
            case WorkloadKind.Read or WorkloadKind.Batch:
                NodeId[] nodes = [.. BenchNodes.Values(ns, workload.Items)];
                return await Meter.RepeatAsync(workload.Depth, workload.Items, time, () => ReadAsync(nodes));
            case WorkloadKind.Write:
                return await Meter.RepeatAsync(1, 1, time, () => WriteAsync(BenchNodes.Value(ns, 0)));
            default:
                return workload.Items <= mostItems ? await WatchAsync(client, ns, workload.Items, time) : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisposeAsync();
        }
    }

    private static UaSecurityPolicy Policy(SecurityLevel security) => security == SecurityLevel.Basic256Sha256
        ? UaSecurityPolicy.Basic256Sha256
        : UaSecurityPolicy.Aes256_Sha256_RsaPss;

    private async Task<Sample> ConnectOverAndOverAsync(TimeSpan time)
    {
        var durations = new Histogram();
        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var at = Stopwatch.GetTimestamp();
            var one = await ConnectAsync(url, security, pki);
            durations.Add(Stopwatch.GetElapsedTime(at));
            count++;
            await one.DisposeAsync();
        }

        return meter.Stop(count, durations);
    }

    private async Task ReadAsync(NodeId[] nodes)
    {
        var values = await client!.ReadAsync(nodes, CancellationToken.None);
        if (values[0].Status.IsBad)
        {
            throw new UaException(values[0].Status, $"{name} does not give the value");
        }
    }

    private async Task WriteAsync(NodeId node)
    {
        var value = WriteValue.Of(node, Variant.Of(++written));
        var status = (await client!.WriteAsync([value], CancellationToken.None))[0];
        if (status.IsBad)
        {
            throw new UaException(status, $"{name} does not take the value");
        }
    }

    private static async Task<Sample> WatchAsync(UaClient client, ushort ns, int items, TimeSpan time)
    {
        var watch = new Watch(TimeProvider.System);
        await using var subscription = await client.CreateBatchSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = BenchNodes.ChangeInterval }, watch.Take,
            CancellationToken.None);

        // Sampling interval 0: a change that comes a little early counts too.
        var requests = BenchNodes.Values(ns, items)
            .Select(node => new MonitoredItemRequest(node) { SamplingInterval = TimeSpan.Zero });
        await subscription.AddItemsAsync([.. requests], CancellationToken.None);
        await ChangeAsync(client, ns, items);
        await Task.Delay(Settling);
        watch.Begin();
        var meter = new Meter();
        await Task.Delay(time);
        var (count, ages) = watch.End();
        var sample = meter.Stop(count, ages);
        await ChangeAsync(client, ns, 0);
        return sample;
    }

    private static async Task ChangeAsync(UaClient client, ushort ns, int count) => await client.WriteAsync(
        [WriteValue.Of(BenchNodes.Changing(ns), Variant.Of(count))], CancellationToken.None);

    /// <summary>Counts changes and how old they are when they come.</summary>
    private sealed class Watch(TimeProvider time)
    {
        private readonly Lock gate = new();
        private Histogram ages = new();
        private long count;

        public void Take(IReadOnlyList<DataChange> changes)
        {
            lock (gate)
            {
                count += changes.Count;

                // All values of one step have the same time; one speaks for all.
                if (changes[^1].Value.SourceTimestamp is { } taken)
                {
                    ages.Add(time.GetUtcNow().UtcDateTime - taken);
                }
            }
        }

        public void Begin()
        {
            lock (gate)
            {
                (count, ages) = (0, new Histogram());
            }
        }

        public (long Count, Histogram Ages) End()
        {
            lock (gate)
            {
                return (count, ages);
            }
        }
    }
}
