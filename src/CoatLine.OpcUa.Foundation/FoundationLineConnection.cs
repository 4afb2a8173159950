using CoatLine.Equipment.Connection;
using Microsoft.Extensions.Logging;
using Ua = Opc.Ua;

namespace CoatLine.OpcUa.Foundation;

/// <summary>
/// The line connection over the client of the OPC Foundation's .NET stack. One session at a time; its reconnect handler
/// brings it back, and what that cannot bring back is made anew. Thread-safe.
/// </summary>
public sealed class FoundationLineConnection : ILineConnection
{
    private static readonly TimeSpan AlarmInterval = TimeSpan.FromMilliseconds(100);

    private readonly FoundationLink link;
    private readonly SemaphoreSlim subscribing = new(1, 1);
    private readonly List<FoundationSubscription> subscriptions = [];
    private FoundationSession? newest;

    /// <summary>Sets the connection up; nothing is sent before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="networkTime">Clock of the pauses between attempts to connect; the stack itself knows only the
    /// machine's clock.</param>
    /// <param name="loggers">Log, also of the stack.</param>
    public FoundationLineConnection(
        UaLineConnectionOptions options, TimeProvider networkTime, ILoggerFactory loggers)
    {
        EndpointUrl = options.EndpointUrl;
        link = new FoundationLink(options, RestoreAsync, networkTime, loggers);
    }

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged
    {
        add => link.StateChanged += value;
        remove => link.StateChanged -= value;
    }

    /// <inheritdoc/>
    public event Action<LinkGap>? GapFound;

    /// <inheritdoc/>
    public string EndpointUrl { get; }

    /// <inheritdoc/>
    public LinkState State => link.State;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => link.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<StatusCode[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken) =>
        link.InSessionAsync(s => s.ResolveAsync(addresses, cancellationToken), cancellationToken);

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
        return await AddAsync(
            new FoundationSubscription(
                new FoundationWish(addresses, interval, handler, null),
                gap => GapFound?.Invoke(gap),
                RenewAsync,
                RemoveAsync),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> SubscribeAlarmsAsync(
        Action<ConditionReport> handler, CancellationToken cancellationToken) => await AddAsync(
            new FoundationSubscription(
                new FoundationWish([], AlarmInterval, static _ => { }, handler),
                gap => GapFound?.Invoke(gap),
                RenewAsync,
                RemoveAsync),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken) =>
        link.InSessionAsync(s => s.AcknowledgeAsync(condition, comment, cancellationToken), cancellationToken);

    private async Task<IAsyncDisposable> AddAsync(
        FoundationSubscription subscription, CancellationToken cancellationToken)
    {
        await subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Without a session it is made with the next one.
            if (newest is { } session)
            {
                await subscription.CreateAsync(session, cancellationToken).ConfigureAwait(false);
            }

            subscriptions.Add(subscription);
        }
        catch (Ua.ServiceResultException e)
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
    public async ValueTask DisposeAsync()
    {
        // A session that is closed leaves its subscriptions to whoever takes them over; nobody will take these.
        foreach (FoundationSubscription subscription in subscriptions.ToArray())
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }

        await link.DisposeAsync().ConfigureAwait(false);
        subscribing.Dispose();
    }

    /// <summary>Makes every subscription whole that has not come along into a session.</summary>
    private async Task RestoreAsync(FoundationSession session, CancellationToken cancellationToken)
    {
        await subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            newest = session;
            foreach (FoundationSubscription subscription in subscriptions.Where(s => !s.IsIn(session)))
            {
                await subscription.CreateAsync(session, cancellationToken).ConfigureAwait(false);
            }

            // The stack has made copies of those that it could not take along; theirs are not ours any more.
            Ua.Client.Subscription[] strangers =
                [.. session.Inner.Subscriptions.Where(s => !subscriptions.Exists(o => o.Owns(s)))];
            await session.Inner.RemoveSubscriptionsAsync(strangers, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            subscribing.Release();
        }
    }

    /// <summary>Makes one anew whose server has let it go, while the session stands.</summary>
    private async Task RenewAsync(FoundationSubscription subscription)
    {
        await subscribing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (newest is { } session && subscriptions.Contains(subscription) && !subscription.IsIn(session))
            {
                await subscription.CreateAsync(session, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Ua.ServiceResultException e)
        {
            link.Distrust(e.Message);
        }
        finally
        {
            subscribing.Release();
        }
    }

    private async ValueTask RemoveAsync(FoundationSubscription subscription)
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
