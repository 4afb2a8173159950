using CoatLine.OpcUa.Server.Events;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>The monitored item services (OPC 10000-4 §5.12).</summary>
internal sealed class MonitoredItemService(
    AddressSpace space, AttributeService attributes, SubscriptionService subscriptions, UaServerLimits limits,
    TimeProvider time)
{
    /// <summary>Longest sampling interval; longer wishes are revised to it.</summary>
    private static readonly TimeSpan LongestSampling = TimeSpan.FromHours(1);

    private readonly EventItemService events = new(space, limits);
    private uint lastItemId;

    public CreateMonitoredItemsResponse Create(CreateMonitoredItemsRequest request, Session session)
    {
        Operations.Check(request.ItemsToCreate.Length, limits);
        AttributeService.CheckTimestamps(request.TimestampsToReturn);
        return subscriptions.With(request.SubscriptionId, session, subscription => new CreateMonitoredItemsResponse
        {
            Results = [.. request.ItemsToCreate.Select(item => Create(item, request.TimestampsToReturn, subscription))],
        });
    }

    public ModifyMonitoredItemsResponse Modify(ModifyMonitoredItemsRequest request, Session session)
    {
        Operations.Check(request.ItemsToModify.Length, limits);
        AttributeService.CheckTimestamps(request.TimestampsToReturn);
        return subscriptions.With(request.SubscriptionId, session, subscription => new ModifyMonitoredItemsResponse
        {
            Results = [.. request.ItemsToModify.Select(item => Modify(item, request.TimestampsToReturn, subscription))],
        });
    }

    public SetMonitoringModeResponse SetMode(SetMonitoringModeRequest request, Session session)
    {
        Operations.Check(request.MonitoredItemIds.Length, limits);
        if (request.MonitoringMode is < MonitoringMode.Disabled or > MonitoringMode.Reporting)
        {
            throw new UaException(StatusCodes.BadMonitoringModeInvalid, $"{request.MonitoringMode} is no mode");
        }

        return subscriptions.With(request.SubscriptionId, session, subscription => new SetMonitoringModeResponse
        {
            Results =
            [
                .. request.MonitoredItemIds.Select(id =>
                {
                    if (!subscription.Items.TryGetValue(id, out var item))
                    {
                        return StatusCodes.BadMonitoredItemIdInvalid;
                    }

                    item.SetMode(request.MonitoringMode);
                    return StatusCodes.Good;
                }),
            ],
        });
    }

    public DeleteMonitoredItemsResponse Delete(DeleteMonitoredItemsRequest request, Session session)
    {
        Operations.Check(request.MonitoredItemIds.Length, limits);
        return subscriptions.With(request.SubscriptionId, session, subscription => new DeleteMonitoredItemsResponse
        {
            Results =
            [
                .. request.MonitoredItemIds.Select(id => subscription.Remove(id)
                    ? StatusCodes.Good
                    : StatusCodes.BadMonitoredItemIdInvalid),
            ],
        });
    }

    private MonitoredItemCreateResult Create(
        MonitoredItemCreateRequest request, TimestampsToReturn timestamps, Subscription subscription)
    {
        if (request.ItemToMonitor.AttributeId == AttributeId.EventNotifier)
        {
            return events.Create(request, subscription, Interlocked.Increment(ref lastItemId));
        }

        var status = attributes.CheckReadable(request.ItemToMonitor, out var node);
        if (status.IsGood && request.MonitoringMode is < MonitoringMode.Disabled or > MonitoringMode.Reporting)
        {
            status = StatusCodes.BadMonitoringModeInvalid;
        }

        var filter = ChangeFilter.Default;
        if (status.IsGood)
        {
            status = ChangeFilter.Read(
                request.RequestedParameters.Filter, node!, request.ItemToMonitor.AttributeId, space, out filter);
        }

        if (status.IsGood && subscription.Items.Count >= limits.MaxMonitoredItemsPerSubscription)
        {
            status = StatusCodes.BadTooManyMonitoredItems;
        }

        if (status.IsBad)
        {
            return new MonitoredItemCreateResult { StatusCode = status };
        }

        var settings = Revise(request.RequestedParameters, timestamps, filter, subscription);
        var item = new MonitoredItem(
            Interlocked.Increment(ref lastItemId), node!, request.ItemToMonitor, settings, request.MonitoringMode,
            subscription, time);
        subscription.Add(item);
        return new MonitoredItemCreateResult
        {
            MonitoredItemId = item.Id,
            RevisedSamplingIntervalMs = settings.SamplingInterval.TotalMilliseconds,
            RevisedQueueSize = (uint)settings.QueueSize,
        };
    }

    private MonitoredItemModifyResult Modify(
        MonitoredItemModifyRequest request, TimestampsToReturn timestamps, Subscription subscription)
    {
        if (subscription.Items.GetValueOrDefault(request.MonitoredItemId) is EventItem watched)
        {
            return events.Modify(request, watched);
        }

        if (subscription.Items.GetValueOrDefault(request.MonitoredItemId) is not MonitoredItem item)
        {
            return new MonitoredItemModifyResult { StatusCode = StatusCodes.BadMonitoredItemIdInvalid };
        }

        var status = ChangeFilter.Read(
            request.RequestedParameters.Filter, item.Node, item.What.AttributeId, space, out var filter);
        if (status.IsBad)
        {
            return new MonitoredItemModifyResult { StatusCode = status };
        }

        var settings = Revise(request.RequestedParameters, timestamps, filter, subscription);
        item.Modify(settings);
        return new MonitoredItemModifyResult
        {
            RevisedSamplingIntervalMs = settings.SamplingInterval.TotalMilliseconds,
            RevisedQueueSize = (uint)settings.QueueSize,
        };
    }

    /// <summary>A negative sampling interval stands for the publishing interval; 0 reports every change; a queue
    /// holds at least one value (OPC 10000-4 §7.21).</summary>
    private ItemSettings Revise(
        MonitoringParameters wanted, TimestampsToReturn timestamps, ChangeFilter filter, Subscription subscription)
    {
        var sampling = wanted.SamplingIntervalMs < 0
            ? subscription.Settings.PublishingInterval
            : TimeSpan.FromMilliseconds(
                wanted.SamplingIntervalMs < LongestSampling.TotalMilliseconds
                    ? wanted.SamplingIntervalMs
                    : LongestSampling.TotalMilliseconds);
        return new ItemSettings(
            wanted.ClientHandle,
            timestamps,
            sampling,
            (int)Math.Clamp(wanted.QueueSize, 1, (uint)limits.MaxQueueSize),
            wanted.DiscardOldest,
            filter);
    }
}
