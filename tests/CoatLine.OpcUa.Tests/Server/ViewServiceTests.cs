using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Transport;

namespace CoatLine.OpcUa.Tests.Server;

[CancelAfter(30_000)]
internal sealed class ViewServiceTests
{
    private LineServer line = null!;
    private UaClient client = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp()
    {
        line = await LineServer.StartAsync(new UaServerLimits { MaxReferencesPerNode = 4, MaxContinuationPoints = 2 });
        client = await line.ConnectAsync(Token);
    }

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    private async Task<BrowseResult> BrowseAsync(BrowseDescription what, uint most = 0) =>
        (await client.SendAsync<BrowseResponse>(
            new BrowseRequest { NodesToBrowse = [what], RequestedMaxReferencesPerNode = most }, Token))
        .Results.Single();

    private async Task<BrowseResult> NextAsync(byte[]? point, bool release = false) =>
        (await client.SendAsync<BrowseNextResponse>(
            new BrowseNextRequest { ContinuationPoints = [point], ReleaseContinuationPoints = release }, Token))
        .Results.Single();

    private BrowseDescription Line => new()
    {
        NodeId = line.Id("Line"),
        ReferenceTypeId = ReferenceTypeIds.HierarchicalReferences,
        IncludeSubtypes = true,
        ResultMask = BrowseResultMask.All,
    };

    [Test]
    public async Task Browse_OverTheLimit_IsContinuedInOrderUntilTheEnd()
    {
        var names = new List<string?>();
        var result = await BrowseAsync(Line, most: 3);
        while (true)
        {
            names.AddRange(result.References.Select(reference => reference.BrowseName.Name));
            if (result.ContinuationPoint is null)
            {
                break;
            }

            Assert.That(result.References, Has.Length.EqualTo(3));
            result = await NextAsync(result.ContinuationPoint);
        }

        Assert.That(names, Is.EqualTo(
            new[] { "Speed", "Count", "Locked", "Profile", "Text", "Denied", "Add" }));
    }

    [Test]
    public async Task ContinuationPoint_UsedTwiceReleasedOrInvented_IsInvalid()
    {
        var first = await BrowseAsync(Line);
        await NextAsync(first.ContinuationPoint);
        var second = await BrowseAsync(Line);
        await NextAsync(second.ContinuationPoint, release: true);
        foreach (var point in new[] { first.ContinuationPoint, second.ContinuationPoint, [1, 2], null })
        {
            Assert.That(
                (await NextAsync(point)).StatusCode, Is.EqualTo(StatusCodes.BadContinuationPointInvalid));
        }
    }

    [Test]
    public async Task ContinuationPoints_OverTheLimitInOneRequest_AreRefused()
    {
        var results = (await client.SendAsync<BrowseResponse>(
            new BrowseRequest { NodesToBrowse = [Line, Line, Line] }, Token)).Results;
        Assert.That(results.Select(result => result.StatusCode), Is.EqualTo(new[]
        {
            StatusCodes.Good, StatusCodes.Good, StatusCodes.BadNoContinuationPoints,
        }));
    }

    [Test]
    public async Task ContinuationPoints_OfEarlierRequests_MakeRoomTheOldestFirst()
    {
        var first = await BrowseAsync(Line);
        var second = await BrowseAsync(Line);
        var third = await BrowseAsync(Line);
        Assert.That(
            (await NextAsync(first.ContinuationPoint)).StatusCode,
            Is.EqualTo(StatusCodes.BadContinuationPointInvalid));
        Assert.That((await NextAsync(second.ContinuationPoint)).References, Has.Length.EqualTo(3));
        Assert.That((await NextAsync(third.ContinuationPoint)).References, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task ContinuationPoint_AfterTheSessionMovedToANewChannel_IsStillGood()
    {
        using var before = await RawPeer.OpenAsync(line.Server.Port, Token);
        var header = new RequestHeader { AuthenticationToken = await before.OpenSessionAsync(Token) };
        var browsed = (BrowseResponse)await before.AskAsync(
            new BrowseRequest { RequestHeader = header, NodesToBrowse = [Line] }, Token);
        var point = browsed.Results.Single().ContinuationPoint;

        using var after = await RawPeer.OpenAsync(line.Server.Port, Token);
        var activated = await after.AskAsync(new ActivateSessionRequest { RequestHeader = header }, Token);
        Assert.That(activated, Is.TypeOf<ActivateSessionResponse>());
        var next = (BrowseNextResponse)await after.AskAsync(
            new BrowseNextRequest { RequestHeader = header, ContinuationPoints = [point] }, Token);
        Assert.That(next.Results.Single().References, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Browse_WithClassAndFieldMasks_GivesOnlyThose()
    {
        var result = await BrowseAsync(Line with
        {
            NodeClassMask = NodeClass.Method,
            ResultMask = BrowseResultMask.BrowseName,
        });
        var method = result.References.Single();
        Assert.That(method.BrowseName, Is.EqualTo(line.Name("Add")));
        Assert.That((method.NodeClass, method.DisplayName.Text), Is.EqualTo((NodeClass.Unspecified, (string?)null)));
    }

    [Test]
    public async Task Browse_Backwards_FindsTheParent()
    {
        var result = await BrowseAsync(Line with { BrowseDirection = BrowseDirection.Inverse });
        var parent = result.References.Single();
        Assert.That(parent.NodeId, Is.EqualTo(ExpandedNodeId.Of(ObjectIds.ObjectsFolder)));
        Assert.That(parent.IsForward, Is.False);
    }

    [Test]
    public async Task Browse_WithoutSubtypes_LeavesThemOut() => Assert.That(
        (await BrowseAsync(Line with { IncludeSubtypes = false })).References, Is.Empty);

    [Test]
    public async Task Browse_OfVariables_NamesTheirType()
    {
        var speed = (await BrowseAsync(Line)).References[0];
        Assert.That(speed.TypeDefinition.NodeId, Is.EqualTo(VariableTypeIds.BaseDataVariableType));
        Assert.That(speed.ReferenceTypeId, Is.EqualTo(ReferenceTypeIds.HasComponent));
    }

    [Test]
    public async Task Browse_OfWrongThings_SaysWhatIsWrong()
    {
        Assert.That(
            (await BrowseAsync(Line with { NodeId = line.Id("Nowhere") })).StatusCode,
            Is.EqualTo(StatusCodes.BadNodeIdUnknown));
        Assert.That(
            (await BrowseAsync(Line with { ReferenceTypeId = line.Id("Speed") })).StatusCode,
            Is.EqualTo(StatusCodes.BadReferenceTypeIdInvalid));
        Assert.That(
            (await BrowseAsync(Line with { BrowseDirection = (BrowseDirection)3 })).StatusCode,
            Is.EqualTo(StatusCodes.BadBrowseDirectionInvalid));
    }

    [Test]
    public async Task Translate_FollowsPathsAndSaysWhichLeadNowhere()
    {
        BrowsePath Path(params QualifiedName[] names) => BrowsePath.Of(ObjectIds.ObjectsFolder, names);
        var results = await client.TranslateAsync(
            [
                Path(line.Name("Line"), line.Name("Speed"), new QualifiedName(0, "EURange")),
                Path(line.Name("Line"), new QualifiedName(0, "Speed")),
                BrowsePath.Of(line.Id("Nowhere"), line.Name("Speed")),
            ],
            Token);
        Assert.That(results[0], Is.EqualTo(new ResolvedPath(StatusCodes.Good, line.Id("Speed.EURange"))));
        Assert.That(results[1].Status, Is.EqualTo(StatusCodes.BadNoMatch));
        Assert.That(results[2].Status, Is.EqualTo(StatusCodes.BadNodeIdUnknown));
    }

    [Test]
    public async Task Register_OfNodes_KeepsTheirIdentifiers() => Assert.That(
        await client.RegisterNodesAsync([line.Id("Speed")], Token), Is.EqualTo(new[] { line.Id("Speed") }));

    [Test]
    public async Task NamespaceZero_HasAValueInEveryVariableOfTheServerObject()
    {
        var pending = new Queue<NodeId>([ObjectIds.Server]);
        var nodes = new List<NodeId>();
        while (pending.TryDequeue(out var node))
        {
            foreach (var reference in await client.BrowseAsync(node, Token))
            {
                pending.Enqueue(reference.NodeId.NodeId);
                if (reference.NodeClass == NodeClass.Variable)
                {
                    nodes.Add(reference.NodeId.NodeId);
                }
            }
        }

        var values = await client.ReadAsync(nodes, Token);
        Assert.That(nodes, Has.Count.GreaterThan(40));
        Assert.That(
            nodes.Zip(values).Where(pair => !pair.Second.Status.IsGood || pair.Second.Value.IsNull), Is.Empty);
        foreach (var (id, value) in nodes.Zip(values))
        {
            var variable = line.Space.Variable(id);
            Assert.That(
                ValueCheck.Check(variable, value.Value, line.Space.Types),
                Is.EqualTo(StatusCodes.Good),
                variable.ToString());
        }
    }

    [Test]
    public async Task NamespaceZero_LeadsFromRootToEveryNode()
    {
        var seen = new HashSet<NodeId>();
        var pending = new Queue<NodeId>([ObjectIds.RootFolder]);
        while (pending.TryDequeue(out var node))
        {
            if (seen.Add(node))
            {
                foreach (var reference in await client.BrowseAsync(node, Token))
                {
                    pending.Enqueue(reference.NodeId.NodeId);
                }
            }
        }

        // Modelling rules and encodings hang on references that are not hierarchical.
        Assert.That(seen, Has.Count.GreaterThan(270));
        Assert.That(line.Space.Types.IsA(VariableTypeIds.AnalogUnitRangeType, VariableTypeIds.BaseVariableType));
        Assert.That(line.Space.Types.IsA(ReferenceTypeIds.HasProperty, ReferenceTypeIds.HierarchicalReferences));
        Assert.That(line.Space.Types.BuiltInOf(DataTypeIds.EUInformation), Is.EqualTo(BuiltInType.ExtensionObject));
    }
}
