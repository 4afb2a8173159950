using CoatLine.Equipment.Connection;
using CoatLine.OpcUa.Client;
using Ua = Opc.Ua;
using UaClient = Opc.Ua.Client;

namespace CoatLine.OpcUa.Foundation;

/// <summary>Alarms over the Foundation's stack: the same fields as over our own client.</summary>
internal static class FoundationAlarms
{
    private const uint Queue = 1000;

    /// <summary>The item that watches the alarms of the whole server.</summary>
    public static UaClient.MonitoredItem Item(UaClient.Subscription owner)
    {
        var filter = new Ua.EventFilter();
        foreach (Services.SimpleAttributeOperand field in AlarmFields.Filter.SelectClauses)
        {
            filter.SelectClauses.Add(new Ua.SimpleAttributeOperand
            {
                TypeDefinitionId = new Ua.NodeId(field.TypeDefinitionId.Numeric),
                AttributeId = (uint)field.AttributeId,
                BrowsePath = [.. field.BrowsePath.Select(static name => new Ua.QualifiedName(name.Name))],
            });
        }

        filter.WhereClause.Push(
            Ua.FilterOperator.OfType, new Ua.LiteralOperand(new Ua.Variant(Ua.ObjectTypeIds.AlarmConditionType)));
        return new UaClient.MonitoredItem(owner.DefaultItem)
        {
            StartNodeId = Ua.ObjectIds.Server,
            NodeClass = Ua.NodeClass.Object,
            AttributeId = Ua.Attributes.EventNotifier,
            SamplingInterval = 0,
            QueueSize = Queue,
            DiscardOldest = true,
            Filter = filter,
        };
    }

    /// <summary>Has the server tell what stands; one without conditions refuses, so nothing is told.</summary>
    public static async Task RefreshAsync(UaClient.Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await subscription.ConditionRefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Ua.ServiceResultException)
        {
            // BadMethodInvalid, BadNodeIdUnknown or BadServiceUnsupported: it has none.
        }
    }

    /// <summary>The alarm of an event; null when it is none.</summary>
    public static ConditionReport? Read(Ua.EventFieldList e, Ua.IServiceMessageContext context) => ConditionReport.Read(
        [.. e.EventFields.Select(f => FoundationValues.ToPort(new Ua.DataValue(f), context).Value)]);
}
