using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// What a client may change about a subscription that exists. All of it holds when it has to be made anew, too.
public sealed partial class UaSubscription
{
    /// <summary>Changes how the subscription sends (OPC 10000-4 §5.14.3). <see cref="SubscriptionOptions.Locate"/>
    /// counts from the next session on.</summary>
    /// <exception cref="UaException">The call failed; the old options hold.</exception>
    public async Task ModifyAsync(SubscriptionOptions options, CancellationToken cancellationToken) =>
        await InOrderAsync(
            async standing =>
            {
                var answer = await standing.Session.SendAsync<ModifySubscriptionResponse>(
                    options.ToModifyRequest(standing.Revised.SubscriptionId), cancellationToken)
                    .ConfigureAwait(false);
                _options = options;
                return _standing = standing with
                {
                    Revised = standing.Revised with
                    {
                        RevisedPublishingIntervalMs = answer.RevisedPublishingIntervalMs,
                        RevisedLifetimeCount = answer.RevisedLifetimeCount,
                        RevisedMaxKeepAliveCount = answer.RevisedMaxKeepAliveCount,
                    },
                };
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Turns the sending of notifications on or off (OPC 10000-4 §5.14.4); signs of life come in any
    /// case.</summary>
    /// <exception cref="UaException">The call failed, or the server refused.</exception>
    public async Task SetPublishingModeAsync(bool isEnabled, CancellationToken cancellationToken) =>
        await InOrderAsync(
            async standing =>
            {
                var answer = await standing.Session.SendAsync<SetPublishingModeResponse>(
                    new SetPublishingModeRequest
                    {
                        PublishingEnabled = isEnabled, SubscriptionIds = [standing.Revised.SubscriptionId],
                    },
                    cancellationToken).ConfigureAwait(false);
                var result = OperationLimits.Checked(answer.Results, 1)[0];
                if (result.IsBad)
                {
                    throw new UaException(result, $"The publishing mode of subscription {Id} cannot be set");
                }

                return _isPublishingEnabled = isEnabled;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Changes sampling interval, queue and filter of items (OPC 10000-4 §5.13.3).</summary>
    /// <param name="items">Items of this subscription.</param>
    /// <param name="change">Gives the new request of an item from the old one; node, attribute, mode and context stay
    /// as they are.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One status per item, in order; one that is bad has changed nothing.</returns>
    /// <exception cref="UaException">The call failed.</exception>
    public Task<StatusCode[]> ModifyItemsAsync(
        IReadOnlyList<UaMonitoredItem> items,
        Func<MonitoredItemRequest, MonitoredItemRequest> change,
        CancellationToken cancellationToken)
    {
        var changes = items.Select(item => (Item: item, Request: change(item.Request) with
        {
            NodeId = item.Request.NodeId,
            AttributeId = item.AttributeId,
            Mode = item.Request.Mode,
            Context = item.Context,
        })).ToArray();
        return InOrderAsync(
            standing => OperationLimits.SplitAsync(changes, standing.Session.Limits.MonitoredItems, async part =>
                Modified(part, (await standing.Session.SendAsync<ModifyMonitoredItemsResponse>(
                    new ModifyMonitoredItemsRequest
                    {
                        SubscriptionId = standing.Revised.SubscriptionId,
                        TimestampsToReturn = TimestampsToReturn.Both,
                        ItemsToModify = Array.ConvertAll(part, c => new MonitoredItemModifyRequest
                        {
                            MonitoredItemId = c.Item.ServerId,
                            RequestedParameters = c.Request.ToParameters(
                                c.Item.ClientHandle, standing.Lifetime, standing.PublishingInterval),
                        }),
                    },
                    cancellationToken).ConfigureAwait(false)).Results)),
            cancellationToken);
    }

    /// <summary>Turns sampling and reporting of items on or off (OPC 10000-4 §5.13.4).</summary>
    /// <returns>One status per item, in order; one that is bad has changed nothing.</returns>
    /// <exception cref="UaException">The call failed.</exception>
    public Task<StatusCode[]> SetMonitoringModeAsync(
        IReadOnlyList<UaMonitoredItem> items, MonitoringMode mode, CancellationToken cancellationToken) =>
        InOrderAsync(
            standing => OperationLimits.SplitAsync(items, standing.Session.Limits.MonitoredItems, async part =>
            {
                var answer = await standing.Session.SendAsync<SetMonitoringModeResponse>(
                    new SetMonitoringModeRequest
                    {
                        SubscriptionId = standing.Revised.SubscriptionId,
                        MonitoringMode = mode,
                        MonitoredItemIds = Array.ConvertAll(part, item => item.ServerId),
                    },
                    cancellationToken).ConfigureAwait(false);
                var results = OperationLimits.Checked(answer.Results, part.Length);
                for (var i = 0; i < part.Length; i++)
                {
                    part[i].Request = results[i].IsBad ? part[i].Request : part[i].Request with { Mode = mode };
                }

                return results;
            }),
            cancellationToken);

    private static StatusCode[] Modified(
        (UaMonitoredItem Item, MonitoredItemRequest Request)[] changes, MonitoredItemModifyResult[] results)
    {
        OperationLimits.Checked(results, changes.Length);
        for (var i = 0; i < changes.Length; i++)
        {
            var (item, request) = changes[i];
            if (!results[i].StatusCode.IsBad)
            {
                item.Request = request;
                item.Answered(
                    item.Status, item.ServerId, results[i].RevisedSamplingIntervalMs, results[i].RevisedQueueSize);
            }
        }

        return Array.ConvertAll(results, result => result.StatusCode);
    }
}
