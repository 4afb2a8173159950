using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server;

/// <summary>What clients of other makers look at before they do anything: it has to be there, and never null.</summary>
[CancelAfter(30_000)]
internal sealed class NamespaceZeroTests
{
    private LineServer line = null!;
    private UaClient client = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp()
    {
        line = await LineServer.StartAsync();
        client = await line.ConnectAsync(Token);
    }

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    [Test]
    public async Task Crawl_FromTheRoot_FindsEveryNodeAndEveryValueIsGood()
    {
        var seen = await CrawlAsync(new NodeId(84));
        var ours = Enumerable.Range(1, 40_000).Where(number => number != 84).Select(number => new NodeId((uint)number))
            .Where(id => line.Space.Find(id) is not null && !IsEncodingOrRule(id)).ToArray();
        Assert.That(ours.Where(id => !seen.ContainsKey(id)), Is.Empty, "cannot be reached from the root");

        NodeId[] variables =
            [.. seen.Values.Where(node => node.NodeClass == NodeClass.Variable).Select(node => node.NodeId.NodeId)];
        var values = await client.ReadAsync(variables, Token);
        Assert.That(variables.Length, Is.GreaterThan(50));
        Assert.That(
            variables.Zip(values).Where(pair => pair.Second.Status != StatusCodes.Good || pair.Second.Value.IsNull)
                .Select(pair => $"{pair.First} {seen[pair.First].BrowseName.Name} {pair.Second.Status}"),
            Is.Empty);
        Assert.That(
            seen.Values.Where(node => node.NodeClass is NodeClass.Object or NodeClass.Variable)
                .Where(node => node.TypeDefinition.IsNull).Select(node => node.BrowseName.Name),
            Is.Empty,
            "without a type");
    }

    [Test]
    public async Task References_OfNamespaceZero_LeadToNodesAndBack()
    {
        foreach (var id in (await CrawlAsync(new NodeId(84))).Keys)
        {
            foreach (var reference in line.Space.Find(id)!.References)
            {
                var target = line.Space.Find(reference.Target);
                Assert.That(target, Is.Not.Null, $"{id} refers to {reference.Target}");
                Assert.That(line.Space.Find(reference.ReferenceType), Is.TypeOf<UaReferenceType>());
                if (reference.ReferenceType != ReferenceTypeIds.HasTypeDefinition)
                {
                    var back = reference with { IsForward = !reference.IsForward, Target = id };
                    Assert.That(target!.References, Does.Contain(back));
                }
            }
        }
    }

    [Test]
    public async Task CurrentTime_Lives()
    {
        async Task<(DateTime Time, DateTime Status)> NowAsync()
        {
            var values = await client.ReadAsync([new NodeId(2258), new NodeId(2256)], Token);
            var status = (ServerStatusDataType)values[1].Value.Get<ExtensionObject>().Structure!;
            return (values[0].Value.Get<DateTime>(), status.CurrentTime!.Value);
        }

        var before = await NowAsync();
        line.Time.Advance(TimeSpan.FromSeconds(7));
        var after = await NowAsync();
        Assert.That((after.Time - before.Time, after.Status - before.Status), Is.EqualTo(
            (TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7))));
    }

    [Test]
    public async Task GetMonitoredItemsAndResendData_FindTheItemsOfASubscription()
    {
        var subscription = (await client.SendAsync<CreateSubscriptionResponse>(
            new CreateSubscriptionRequest { RequestedPublishingIntervalMs = 100, PublishingEnabled = true },
            Token)).SubscriptionId;
        var created = await client.SendAsync<CreateMonitoredItemsResponse>(
            new CreateMonitoredItemsRequest
            {
                SubscriptionId = subscription,
                ItemsToCreate =
                [
                    new MonitoredItemCreateRequest
                    {
                        ItemToMonitor = ReadValueId.Of(line.Count.NodeId),
                        MonitoringMode = MonitoringMode.Reporting,
                        RequestedParameters = new MonitoringParameters { ClientHandle = 77, QueueSize = 1 },
                    },
                ],
            },
            Token);

        var found = await CallAsync(client, 11492, Variant.Of(subscription));
        Assert.That(found.OutputArguments, Is.EqualTo(new[]
        {
            Variant.Of([created.Results.Single().MonitoredItemId]), Variant.Of([77u]),
        }));

        await PublishAsync();
        var resent = await CallAsync(client, 12873, Variant.Of(subscription));
        Assert.That(resent.StatusCode, Is.EqualTo(StatusCodes.Good));
        Assert.That(await PublishAsync(), Is.EqualTo(1), "the value comes again though it did not change");

        var stranger = await line.ConnectAsync(Token);
        foreach (var method in (uint[])[11492, 12873])
        {
            Assert.That(
                (await CallAsync(stranger, method, Variant.Of(subscription))).StatusCode,
                Is.EqualTo(StatusCodes.BadUserAccessDenied));
            Assert.That(
                (await CallAsync(client, method, Variant.Of(999u))).StatusCode,
                Is.EqualTo(StatusCodes.BadSubscriptionIdInvalid));
        }
    }

    [Test]
    public async Task Call_WithWrongArguments_SaysWhichAreWrong()
    {
        Assert.That((await CallAsync(client, 11492)).StatusCode, Is.EqualTo(StatusCodes.BadArgumentsMissing));
        Assert.That(
            (await CallAsync(client, 11492, Variant.Of(1u), Variant.Of(2u))).StatusCode,
            Is.EqualTo(StatusCodes.BadTooManyArguments));
        var mistyped = await CallAsync(client, 11492, Variant.Of("one"));
        Assert.That(mistyped.StatusCode, Is.EqualTo(StatusCodes.BadInvalidArgument));
        Assert.That(mistyped.InputArgumentResults, Is.EqualTo(new[] { StatusCodes.BadTypeMismatch }));
    }

    private static async Task<CallMethodResult> CallAsync(UaClient caller, uint method, params Variant[] inputs) =>
        (await caller.CallAsync(
            [
                new CallMethodRequest
                {
                    ObjectId = ObjectIds.Server, MethodId = new NodeId(method), InputArguments = inputs,
                },
            ],
            Token)).Single();

    private async Task<int> PublishAsync()
    {
        var waiting = client.SendAsync<PublishResponse>(new PublishRequest(), Token);
        await client.ReadAsync([line.Count.NodeId], Token);
        line.Time.Advance(TimeSpan.FromMilliseconds(100));
        return (await waiting).NotificationMessage.NotificationData.Length;
    }

    private bool IsEncodingOrRule(NodeId id) => line.Space.Find(id)!.References.Any(reference =>
        reference is { IsForward: true, Target: var type }
        && reference.ReferenceType == ReferenceTypeIds.HasTypeDefinition
        && (type == ObjectTypeIds.DataTypeEncodingType || type == ObjectTypeIds.ModellingRuleType));

    private async Task<Dictionary<NodeId, ReferenceDescription>> CrawlAsync(NodeId root)
    {
        var seen = new Dictionary<NodeId, ReferenceDescription>();
        NodeId[] level = [root];
        while (level.Length > 0)
        {
            var response = await client.SendAsync<BrowseResponse>(
                new BrowseRequest
                {
                    NodesToBrowse = [.. level.Select(id => new BrowseDescription
                    {
                        NodeId = id,
                        ReferenceTypeId = ReferenceTypeIds.HierarchicalReferences,
                        IncludeSubtypes = true,
                        ResultMask = BrowseResultMask.All,
                    })],
                },
                Token);
            Assert.That(response.Results.Where(result => result.StatusCode.IsBad), Is.Empty);
            level = [.. response.Results.SelectMany(result => result.References)
                .Where(reference => seen.TryAdd(reference.NodeId.NodeId, reference))
                .Select(reference => reference.NodeId.NodeId)];
        }

        return seen;
    }
}
