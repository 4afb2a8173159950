using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;

namespace CoatLine.Faults.OpcUa;

/// <summary>What a client asks for in a session, about nodes, subscriptions and items that are there more often than
/// not: numbers that a server gives out begin at 1.</summary>
internal static class SessionRequests
{
    private static readonly NodeId[] Nodes =
    [
        new(84), new(85), new(2253), new(2256), new(2258), new(2255), new(1, "Writable"), new(1, "Array"), new(11492),
        new(47), new(11), new(1, "Nowhere"),
    ];

    private static readonly string?[] Ranges = [null, null, null, "", "0", "0:1", "1:0", "9:10", "0,0", "x"];

    private static readonly Func<Chance, IUaRequest>[] Makers =
    [
        static chance => new ReadRequest
        {
            MaxAgeMs = chance.Below(3) - 1,
            TimestampsToReturn = (TimestampsToReturn)chance.Below(5),
            NodesToRead = Some(chance, Item),
        },
        static chance => new WriteRequest { NodesToWrite = Some(chance, Write) },
        static chance => new BrowseRequest
        {
            RequestedMaxReferencesPerNode = (uint)chance.Below(4), NodesToBrowse = Some(chance, Browse),
        },
        static chance => new BrowseNextRequest
        {
            ReleaseContinuationPoints = chance.OnceIn(3),
            ContinuationPoints = Some<byte[]?>(chance, static chance => [(byte)chance.Below(4), 0, 0, 0]),
        },
        static chance => new TranslateBrowsePathsToNodeIdsRequest { BrowsePaths = Some(chance, Path) },
        static chance => new RegisterNodesRequest { NodesToRegister = Some(chance, Node) },
        static chance => new CallRequest { MethodsToCall = Some(chance, Call) },
        static chance => new CreateSubscriptionRequest
        {
            RequestedPublishingIntervalMs = chance.Below(200),
            RequestedLifetimeCount = (uint)chance.Below(10),
            RequestedMaxKeepAliveCount = (uint)chance.Below(4),
            MaxNotificationsPerPublish = (uint)chance.Below(3),
            PublishingEnabled = !chance.OnceIn(4),
        },
        static chance => new ModifySubscriptionRequest
        {
            SubscriptionId = Number(chance), RequestedPublishingIntervalMs = chance.Below(200),
        },
        static chance => new SetPublishingModeRequest
        {
            PublishingEnabled = chance.OnceIn(2), SubscriptionIds = Some(chance, Number),
        },
        static chance => new DeleteSubscriptionsRequest { SubscriptionIds = Some(chance, Number) },
        static chance => new TransferSubscriptionsRequest
        {
            SubscriptionIds = Some(chance, Number), SendInitialValues = chance.OnceIn(2),
        },
        static chance => new CreateMonitoredItemsRequest
        {
            SubscriptionId = Number(chance), ItemsToCreate = Some(chance, Create),
        },
        static chance => new ModifyMonitoredItemsRequest
        {
            SubscriptionId = Number(chance),
            ItemsToModify = Some(chance, static chance => new MonitoredItemModifyRequest
            {
                MonitoredItemId = Number(chance), RequestedParameters = Parameters(chance),
            }),
        },
        static chance => new SetMonitoringModeRequest
        {
            SubscriptionId = Number(chance),
            MonitoringMode = (MonitoringMode)chance.Below(4),
            MonitoredItemIds = Some(chance, Number),
        },
        static chance => new DeleteMonitoredItemsRequest
        {
            SubscriptionId = Number(chance), MonitoredItemIds = Some(chance, Number),
        },
        static _ => new PublishRequest(),
        static chance => new PublishRequest
        {
            SubscriptionAcknowledgements = Some(chance, static chance => new SubscriptionAcknowledgement
            {
                SubscriptionId = Number(chance), SequenceNumber = Number(chance),
            }),
        },
        static chance => new RepublishRequest
        {
            SubscriptionId = Number(chance), RetransmitSequenceNumber = Number(chance),
        },
        static chance => new CancelRequest { RequestHandle = Number(chance) },
    ];

    /// <summary>A subscription, which gets the number 1 when it is the server's first.</summary>
    public static IUaRequest Subscribe => new CreateSubscriptionRequest
    {
        RequestedPublishingIntervalMs = 50,
        RequestedLifetimeCount = 20,
        RequestedMaxKeepAliveCount = 3,
        PublishingEnabled = true,
    };

    /// <summary>Items of that subscription.</summary>
    public static IUaRequest Monitor(Chance chance) => new CreateMonitoredItemsRequest
    {
        SubscriptionId = 1, ItemsToCreate = Some(chance, Create),
    };

    public static IUaRequest Any(Chance chance) => chance.Pick(Makers)(chance);

    private static T[] Some<T>(Chance chance, Func<Chance, T> make) =>
        [.. Enumerable.Range(0, chance.Skewed(4)).Select(_ => make(chance))];

    private static uint Number(Chance chance) => (uint)chance.Below(4);

    private static NodeId Node(Chance chance) => chance.Pick(Nodes);

    private static ReadValueId Item(Chance chance) => new()
    {
        NodeId = Node(chance),
        AttributeId = chance.OnceIn(3) ? (AttributeId)chance.Below(28)
            : chance.OnceIn(4) ? AttributeId.EventNotifier
            : AttributeId.Value,
        IndexRange = chance.Pick(Ranges),
    };

    private static Variant Value(Chance chance)
    {
        var decoder = new UaDecoder(chance.Pick(SampleMessages.Variants));
        return decoder.ReadVariant();
    }

    private static WriteValue Write(Chance chance) => new()
    {
        NodeId = Node(chance),
        AttributeId = AttributeId.Value,
        IndexRange = chance.Pick(Ranges),
        Value = new DataValue(chance.OnceIn(2) ? Variant.Of([1.0, 2.0]) : Value(chance)),
    };

    private static BrowseDescription Browse(Chance chance) => new()
    {
        NodeId = Node(chance),
        BrowseDirection = (BrowseDirection)chance.Below(4),
        ReferenceTypeId = chance.OnceIn(2) ? NodeId.Null : new NodeId((uint)(31 + chance.Below(20))),
        IncludeSubtypes = chance.OnceIn(2),
        ResultMask = (BrowseResultMask)chance.Below(64),
    };

    private static BrowsePath Path(Chance chance) => new()
    {
        StartingNode = Node(chance),
        RelativePath = new RelativePath
        {
            Elements = Some(chance, static chance => new RelativePathElement
            {
                ReferenceTypeId = new NodeId(33),
                IncludeSubtypes = true,
                IsInverse = chance.OnceIn(3),
                TargetName = new QualifiedName(0, chance.OnceIn(2) ? "Server" : "Objects"),
            }),
        },
    };

    private static CallMethodRequest Call(Chance chance) => new()
    {
        ObjectId = new NodeId(2253),
        MethodId = new NodeId(chance.OnceIn(2) ? 11492u : 12873u),
        InputArguments = Some(chance, static chance => chance.OnceIn(3) ? Value(chance) : Variant.Of(Number(chance))),
    };

    private static MonitoredItemCreateRequest Create(Chance chance) => new()
    {
        ItemToMonitor = Item(chance),
        MonitoringMode = (MonitoringMode)chance.Below(4),
        RequestedParameters = Parameters(chance),
    };

    private static MonitoringParameters Parameters(Chance chance) => new()
    {
        SamplingIntervalMs = chance.Below(300) - 1,
        QueueSize = (uint)chance.Below(4),
        DiscardOldest = chance.OnceIn(2),
        Filter = ExtensionObject.Of(chance.Below(5) switch
        {
            0 => new DataChangeFilter
            {
                Trigger = (DataChangeTrigger)chance.Below(4),
                DeadbandType = (DeadbandType)chance.Below(4),
                DeadbandValue = chance.Below(300) - 50,
            },
            1 => EventFilters.Any(chance),
            2 => new UaRange(0, 1),
            _ => null,
        }),
    };
}
