using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>An alarm as an event tells of it (OPC 10000-9 §5.8.2).</summary>
/// <param name="ConditionId">NodeId of the condition.</param>
/// <param name="EventId">Names the event; an acknowledgement refers to it.</param>
/// <param name="SourceName">Name of what the alarm is about; empty when the server does not tell.</param>
/// <param name="ConditionName">Name of the condition; empty when the server does not tell.</param>
/// <param name="Message">Words for people; empty when the server does not tell.</param>
/// <param name="Severity">1 to 1000, both ends included; 1000 is worst (OPC 10000-5 §6.4.2).</param>
/// <param name="IsActive">Whether its cause stands.</param>
/// <param name="IsAcked">Whether a person has acknowledged it.</param>
/// <param name="Retain">Whether it needs attention.</param>
/// <param name="Time">When it changed, UTC.</param>
public sealed record AlarmReport(
    NodeId ConditionId,
    byte[] EventId,
    string SourceName,
    string ConditionName,
    string Message,
    ushort Severity,
    bool IsActive,
    bool IsAcked,
    bool Retain,
    DateTime Time);

/// <summary>The event filter that asks for alarms, and how its fields are read.</summary>
public static class AlarmFields
{
    /// <summary>Every AlarmConditionType event, no other, with the fields of <see cref="AlarmReport"/>.</summary>
    public static EventFilter Filter { get; } = new()
    {
        SelectClauses =
        [
            new SimpleAttributeOperand
            {
                TypeDefinitionId = ObjectTypeIds.ConditionType, AttributeId = AttributeId.NodeId,
            },
            Field("EventId"), Field("SourceName"), Field("ConditionName"), Field("Message"), Field("Severity"),
            Field("ActiveState", "Id"), Field("AckedState", "Id"), Field("Retain"), Field("Time"),
        ],
        WhereClause = new ContentFilter
        {
            Elements =
            [
                new ContentFilterElement
                {
                    FilterOperator = FilterOperator.OfType,
                    FilterOperands =
                    [
                        ExtensionObject.Of(
                            new LiteralOperand { Value = Variant.Of(ObjectTypeIds.AlarmConditionType) }),
                    ],
                },
            ],
        },
    };

    /// <summary>Reads the fields; null when they lack what makes an alarm: condition, event id, and both states.
    /// </summary>
    public static AlarmReport? Read(IReadOnlyList<Variant> fields)
    {
        if (fields.Count != Filter.SelectClauses.Length
            || !fields[0].TryGet<NodeId>(out var condition)
            || !fields[1].TryGet<byte[]>(out var eventId)
            || !fields[6].TryGet<bool>(out var isActive)
            || !fields[7].TryGet<bool>(out var isAcked))
        {
            return null;
        }

        return new AlarmReport(
            condition,
            eventId,
            fields[2].TryGet<string>(out var source) ? source : "",
            fields[3].TryGet<string>(out var name) ? name : "",
            fields[4].TryGet<LocalizedText>(out var message) ? message.Text ?? "" : "",
            fields[5].TryGet<ushort>(out var severity) ? severity : (ushort)1,
            isActive,
            isAcked,
            fields[8].TryGet<bool>(out var retain) && retain,
            fields[9].TryGet<DateTime>(out var time) ? time : default);
    }

    private static SimpleAttributeOperand Field(params string[] path) => new()
    {
        TypeDefinitionId = path[0] is "ActiveState" ? ObjectTypeIds.AlarmConditionType
            : path[0] is "AckedState" ? ObjectTypeIds.AcknowledgeableConditionType
            : path[0] is "ConditionName" or "Retain" ? ObjectTypeIds.ConditionType
            : ObjectTypeIds.BaseEventType,
        BrowsePath = [.. path.Select(name => new QualifiedName(0, name))],
        AttributeId = AttributeId.Value,
    };
}
