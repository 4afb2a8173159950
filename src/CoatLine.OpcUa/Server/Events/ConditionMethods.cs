using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>ConditionRefresh, ConditionRefresh2, Acknowledge and AddComment (OPC 10000-9 §5.5.6 to §5.5.8, §5.7.3).
/// </summary>
internal static class ConditionMethods
{
    public static void Bind(AddressSpace space, SubscriptionService subscriptions, TimeProvider time)
    {
        Argument[] subscription = [Of("SubscriptionId", DataTypeIds.IntegerId)];
        Argument[] words = [Of("EventId", DataTypeIds.ByteString), Of("Comment", DataTypeIds.LocalizedText)];
        Arguments(space, 3876, subscription);
        Arguments(space, 12913, [.. subscription, Of("MonitoredItemId", DataTypeIds.IntegerId)]);
        Arguments(space, 9112, words);
        Arguments(space, 9030, words);
        Method(space, MethodIds.ConditionType_ConditionRefresh).SessionHandler = (session, _, inputs) => OnItems(
            subscriptions, session, inputs[0].Get<uint>(), items => RefreshAll(space, items, time));
        Method(space, MethodIds.ConditionType_ConditionRefresh2).SessionHandler = (session, _, inputs) => OnItems(
            subscriptions, session, inputs[0].Get<uint>(), items =>
                Array.Find(items, item => item.Id == inputs[1].Get<uint>()) is { } wanted
                    ? RefreshAll(space, [wanted], time)
                    : MethodOutcome.Refused(StatusCodes.BadMonitoredItemIdInvalid));
        Method(space, MethodIds.AcknowledgeableConditionType_Acknowledge).SessionHandler =
            (session, condition, inputs) => OnAlarm(space, condition, alarm => alarm.Acknowledge(
                inputs[0].Get<byte[]>(), inputs[1].Get<LocalizedText>(), UserOf(session), Now(time)));
        Method(space, MethodIds.ConditionType_AddComment).SessionHandler =
            (session, condition, inputs) => OnAlarm(space, condition, alarm => alarm.AddComment(
                inputs[0].Get<byte[]>(), inputs[1].Get<LocalizedText>(), UserOf(session), Now(time)));
    }

    private static MethodOutcome RefreshAll(AddressSpace space, EventItem[] items, TimeProvider time)
    {
        foreach (var item in items)
        {
            space.Alarms.Refresh(item, Now(time));
        }

        return new MethodOutcome(StatusCodes.Good, []);
    }

    private static MethodOutcome OnItems(
        SubscriptionService subscriptions, Session session, uint id, Func<EventItem[], MethodOutcome> action) =>
        subscriptions.IsOfAnother(id, session)
            ? MethodOutcome.Refused(StatusCodes.BadUserAccessDenied)
            : subscriptions.With(
                id, session, subscription => action([.. subscription.Items.Values.OfType<EventItem>()]));

    private static MethodOutcome OnAlarm(AddressSpace space, NodeId condition, Func<UaAlarm, StatusCode> action) =>
        space.Alarms.Find(condition) is { } alarm
            ? new MethodOutcome(action(alarm), [])
            : MethodOutcome.Refused(StatusCodes.BadNodeIdInvalid);

    private static string? UserOf(Session session) => session.Owner.User;

    private static DateTime Now(TimeProvider time) => time.GetUtcNow().UtcDateTime;

    private static UaMethod Method(AddressSpace space, NodeId id) => (UaMethod)space.Find(id)!;

    private static Argument Of(string name, NodeId type) => new(name, type, -1, [], default);

    private static void Arguments(AddressSpace space, uint id, Argument[] arguments) =>
        space.Variable(new NodeId(id)).Store(
            new DataValue(Variant.Of(arguments.Select(argument => new ExtensionObject(argument)).ToArray())));
}
