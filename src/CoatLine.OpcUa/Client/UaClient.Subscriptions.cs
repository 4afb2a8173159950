using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

public sealed partial class UaClient
{
    private uint _lastClientHandle;

    /// <summary>Creates a subscription without items.</summary>
    /// <param name="options">How it sends.</param>
    /// <param name="handler">Called for each change in order, on one thread at a time; short, does not throw.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">The call failed.</exception>
    public Task<UaSubscription> CreateSubscriptionAsync(
        SubscriptionOptions options, Action<DataChange> handler, CancellationToken cancellationToken) =>
        CreateBatchSubscriptionAsync(
            options,
            changes =>
            {
                foreach (var change in changes)
                {
                    handler(change);
                }
            },
            cancellationToken);

    /// <summary>Creates a subscription whose handler gets all changes of one message at once.</summary>
    /// <inheritdoc cref="CreateSubscriptionAsync"/>
    public async Task<UaSubscription> CreateBatchSubscriptionAsync(
        SubscriptionOptions options,
        Action<IReadOnlyList<DataChange>> handler,
        CancellationToken cancellationToken)
    {
        var revised = await SendAsync<CreateSubscriptionResponse>(options.ToRequest(), cancellationToken)
            .ConfigureAwait(false);
        var subscription = new UaSubscription(this, _publishing, revised, handler);
        _publishing.Add(subscription);
        return subscription;
    }

    internal uint NextClientHandle() => Interlocked.Increment(ref _lastClientHandle);

    internal Task<MonitoredItemCreateResult[]> CreateItemsAsync(
        uint subscription, MonitoredItemCreateRequest[] items, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(items, _limits.MonitoredItems, async part =>
            (await SendAsync<CreateMonitoredItemsResponse>(
                new CreateMonitoredItemsRequest
                {
                    SubscriptionId = subscription,
                    TimestampsToReturn = TimestampsToReturn.Both,
                    ItemsToCreate = part,
                },
                cancellationToken).ConfigureAwait(false)).Results);

    internal Task DeleteItemsAsync(uint subscription, uint[] ids, CancellationToken cancellationToken) =>
        OperationLimits.SplitAsync(ids, _limits.MonitoredItems, async part =>
            (await SendAsync<DeleteMonitoredItemsResponse>(
                new DeleteMonitoredItemsRequest { SubscriptionId = subscription, MonitoredItemIds = part },
                cancellationToken).ConfigureAwait(false)).Results);

    /// <summary>Asks for a message again; null when the server does not have it or cannot do that.</summary>
    internal async Task<NotificationMessage?> RepublishAsync(uint subscription, uint number)
    {
        try
        {
            var response = await SendAsync<RepublishResponse>(
                new RepublishRequest { SubscriptionId = subscription, RetransmitSequenceNumber = number },
                CancellationToken.None).ConfigureAwait(false);
            return response.NotificationMessage;
        }
        catch (UaException failure) when (failure.Status == StatusCodes.BadMessageNotAvailable
            || failure.Status == StatusCodes.BadServiceUnsupported)
        {
            return null;
        }
    }
}
