namespace CoatLine.OpcUa.Server;

/// <summary>GetMonitoredItems and ResendData of the Server object (OPC 10000-5 §9.1, §9.2), with which a client whose
/// session was cut finds its items again.</summary>
internal static class ServerMethods
{
    private static readonly NodeId UInt32 = DataTypeIds.UInt32;

    public static void Bind(AddressSpace space, SubscriptionService subscriptions)
    {
        Arguments(space, 11493, [Of("SubscriptionId", -1)]);
        Arguments(space, 11494, [Of("ServerHandles", 1), Of("ClientHandles", 1)]);
        Arguments(space, 12874, [Of("SubscriptionId", -1)]);
        Method(space, 11492).SessionHandler = (session, _, inputs) => OnSubscription(
            subscriptions, session, inputs, subscription => new MethodOutcome(
                StatusCodes.Good,
                [
                    Variant.Of(subscription.Items.Values.Select(item => item.Id).ToArray()),
                    Variant.Of(subscription.Items.Values.Select(item => item.ClientHandle).ToArray()),
                ]));
        Method(space, 12873).SessionHandler = (session, _, inputs) => OnSubscription(
            subscriptions, session, inputs, subscription =>
            {
                subscription.Resend();
                return new MethodOutcome(StatusCodes.Good, []);
            });
    }

    private static MethodOutcome OnSubscription(
        SubscriptionService subscriptions, Session session, IReadOnlyList<Variant> inputs,
        Func<Subscription, MethodOutcome> action)
    {
        var id = inputs[0].Get<uint>();
        return subscriptions.IsOfAnother(id, session)
            ? MethodOutcome.Refused(StatusCodes.BadUserAccessDenied)
            : subscriptions.With(id, session, action);
    }

    private static UaMethod Method(AddressSpace space, uint id) => (UaMethod)space.Find(new NodeId(id))!;

    private static Argument Of(string name, int rank) => new(name, UInt32, rank, rank < 0 ? [] : [0], default);

    private static void Arguments(AddressSpace space, uint id, Argument[] arguments) =>
        space.Variable(new NodeId(id)).Store(
            new DataValue(Variant.Of(arguments.Select(argument => new ExtensionObject(argument)).ToArray())));
}
