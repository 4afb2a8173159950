using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>Makes and changes items that watch events (OPC 10000-4 §5.12, §7.22.3).</summary>
internal sealed class EventItemService(AddressSpace space, UaServerLimits limits)
{
    /// <summary>Queue of an item whose client leaves the size to the server (OPC 10000-4 §7.21).</summary>
    private const uint DefaultQueue = 100;

    public MonitoredItemCreateResult Create(MonitoredItemCreateRequest request, Subscription subscription, uint id)
    {
        var status = Check(request, subscription, out var node);
        if (status.IsBad)
        {
            return new MonitoredItemCreateResult { StatusCode = status };
        }

        var selection = Read(request.RequestedParameters.Filter, out status, out var filterResult);
        if (selection is null)
        {
            return new MonitoredItemCreateResult { StatusCode = status, FilterResult = filterResult };
        }

        var settings = Revise(request.RequestedParameters, selection);
        subscription.Add(new EventItem(
            id, node!, request.ItemToMonitor, settings, request.MonitoringMode, subscription, space.Alarms));
        return new MonitoredItemCreateResult
        {
            MonitoredItemId = id,
            RevisedQueueSize = (uint)settings.QueueSize,
            FilterResult = filterResult,
        };
    }

    public MonitoredItemModifyResult Modify(MonitoredItemModifyRequest request, EventItem item)
    {
        var selection = Read(request.RequestedParameters.Filter, out var status, out var filterResult);
        if (selection is null)
        {
            return new MonitoredItemModifyResult { StatusCode = status, FilterResult = filterResult };
        }

        var settings = Revise(request.RequestedParameters, selection);
        item.Modify(settings);
        return new MonitoredItemModifyResult
        {
            RevisedQueueSize = (uint)settings.QueueSize,
            FilterResult = filterResult,
        };
    }

    private StatusCode Check(MonitoredItemCreateRequest request, Subscription subscription, out UaNode? node)
    {
        if (!space.TryFind(request.ItemToMonitor.NodeId, out node))
        {
            return StatusCodes.BadNodeIdUnknown;
        }

        if (NodeAttributes.Read(node, AttributeId.EventNotifier).IsNull)
        {
            return StatusCodes.BadAttributeIdInvalid;
        }

        if (node is not UaObject { EventNotifier: var bits } || (bits & UaObject.SubscribeToEvents) == 0)
        {
            return StatusCodes.BadNotSupported;
        }

        return request.MonitoringMode is < MonitoringMode.Disabled or > MonitoringMode.Reporting
            ? StatusCodes.BadMonitoringModeInvalid
            : subscription.Items.Count >= limits.MaxMonitoredItemsPerSubscription
                ? StatusCodes.BadTooManyMonitoredItems
                : StatusCodes.Good;
    }

    private EventSelection? Read(ExtensionObject filter, out StatusCode status, out ExtensionObject result)
    {
        if (filter.Structure is not EventFilter wanted)
        {
            result = ExtensionObject.Null;
            status = filter.IsNull ? StatusCodes.BadEventFilterInvalid : StatusCodes.BadFilterNotAllowed;
            return null;
        }

        var selection = EventSelection.Read(wanted, space.Types, out status, out var details);
        result = ExtensionObject.Of(details);
        return selection;
    }

    private EventItemSettings Revise(MonitoringParameters wanted, EventSelection selection) => new(
        wanted.ClientHandle,
        (int)Math.Clamp(wanted.QueueSize == 0 ? DefaultQueue : wanted.QueueSize, 1, (uint)limits.MaxQueueSize),
        wanted.DiscardOldest,
        selection);
}
