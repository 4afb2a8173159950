using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// The line connection over the client of CoatLine.OpcUa, which comes back after every loss of link, session and server
/// and keeps the subscriptions. Thread-safe.
/// </summary>
public sealed class UaLineConnection : ILineConnection
{
    private readonly UaLineConnectionOptions options;
    private readonly UaLink link;
    private readonly SemaphoreSlim subscribing = new(1, 1);
    private readonly List<KeptSubscription> subscriptions = [];
    private UaClient? client;

    /// <summary>Sets the connection up; nothing is sent before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="networkTime">Clock of pauses and time-outs: real time, not line time.</param>
    /// <param name="logger">Log.</param>
    public UaLineConnection(
        UaLineConnectionOptions options, TimeProvider networkTime, ILogger<UaLineConnection> logger)
    {
        this.options = options;
        link = new UaLink(options, SubscribeAllAsync, networkTime, logger);
    }

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged
    {
        add => link.StateChanged += value;
        remove => link.StateChanged -= value;
    }

    /// <inheritdoc/>
    public event Action<LinkGap>? GapFound
    {
        add => link.GapFound += value;
        remove => link.GapFound -= value;
    }

    /// <inheritdoc/>
    public string EndpointUrl => options.EndpointUrl;

    /// <inheritdoc/>
    public LinkState State => link.State;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => link.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<StatusCode[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken) => link.InSessionAsync(
            async s => Array.ConvertAll(
                await s.ResolveAsync(addresses, cancellationToken).ConfigureAwait(false), static r => r.Status),
            cancellationToken);

    /// <inheritdoc/>
    public Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken) =>
        link.InSessionAsync(s => s.ReadAsync(reads, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken) =>
        link.InSessionAsync(s => s.WriteAsync(writes, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken) =>
        link.InSessionAsync(s => s.CallAsync(target, method, inputs, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<TagAddress> addresses,
        TimeSpan interval,
        Action<IReadOnlyList<TagChange>> handler,
        CancellationToken cancellationToken)
    {
        return await AddAsync(new UaLineSubscription(addresses, interval, handler, RemoveAsync), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> SubscribeAlarmsAsync(
        Action<ConditionReport> handler, CancellationToken cancellationToken) =>
        await AddAsync(new UaAlarmSubscription(handler, RemoveAsync), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken) =>
        link.InSessionAsync(s => s.AcknowledgeAsync(condition, comment, cancellationToken), cancellationToken);

    private async Task<KeptSubscription> AddAsync(
        KeptSubscription subscription, CancellationToken cancellationToken)
    {
        await subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Without a session it is made with the next one.
            if (client is { IsConnected: true } connected)
            {
                await subscription.CreateAsync(connected, cancellationToken).ConfigureAwait(false);
            }

            subscriptions.Add(subscription);
        }
        catch (UaException e)
        {
            throw link.Unreachable(e);
        }
        finally
        {
            subscribing.Release();
        }

        return subscription;
    }

    /// <summary>Closes the session and stops connecting.</summary>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <summary>Makes those that were wanted while there was no session.</summary>
    private async Task SubscribeAllAsync(UaClient connected, CancellationToken cancellationToken)
    {
        await subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // From here on a new subscription is made at once, though nobody else has the client yet.
            client = connected;
            foreach (KeptSubscription subscription in subscriptions)
            {
                await subscription.CreateAsync(connected, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            subscribing.Release();
        }
    }

    private async ValueTask RemoveAsync(KeptSubscription subscription)
    {
        await subscribing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            subscriptions.Remove(subscription);
        }
        finally
        {
            subscribing.Release();
        }
    }
}
