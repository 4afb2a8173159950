using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Browse, BrowseNext, TranslateBrowsePathsToNodeIds, RegisterNodes (OPC 10000-4 §5.8).</summary>
internal sealed class ViewService(AddressSpace space, UaServerLimits limits)
{
    /// <summary>Most targets of one browse path.</summary>
    private const int MostTargets = 1000;

    public BrowseResponse Browse(BrowseRequest request, Session session)
    {
        Operations.Check(request.NodesToBrowse.Length, limits);
        if (!request.View.ViewId.IsNull)
        {
            throw new UaException(StatusCodes.BadViewIdUnknown, $"There is no view {request.View.ViewId}");
        }

        var most = request.RequestedMaxReferencesPerNode == 0
            ? limits.MaxReferencesPerNode
            : (int)Math.Min(request.RequestedMaxReferencesPerNode, (uint)limits.MaxReferencesPerNode);
        var points = session.ContinuationPoints;
        var number = points.BeginRequest();
        return new BrowseResponse
        {
            Results = [.. request.NodesToBrowse.Select(node => Browse(node, most, points, number))],
        };
    }

    public BrowseNextResponse BrowseNext(BrowseNextRequest request, Session session)
    {
        Operations.Check(request.ContinuationPoints.Length, limits);
        var results = new BrowseResult[request.ContinuationPoints.Length];
        var points = session.ContinuationPoints;
        var number = points.BeginRequest();
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = points.Take(request.ContinuationPoints[i]) is not { } rest
                ? new BrowseResult { StatusCode = StatusCodes.BadContinuationPointInvalid }
                : request.ReleaseContinuationPoints ? new BrowseResult()
                : Page(rest, points, number);
        }

        return new BrowseNextResponse { Results = results };
    }

    public TranslateBrowsePathsToNodeIdsResponse Translate(TranslateBrowsePathsToNodeIdsRequest request)
    {
        Operations.Check(request.BrowsePaths.Length, limits);
        return new TranslateBrowsePathsToNodeIdsResponse { Results = [.. request.BrowsePaths.Select(Translate)] };
    }

    /// <summary>Identifiers are as good as any handle here, so registered nodes keep them.</summary>
    public RegisterNodesResponse Register(RegisterNodesRequest request)
    {
        Operations.Check(request.NodesToRegister.Length, limits);
        return request.NodesToRegister.All(id => space.Find(id) is not null)
            ? new RegisterNodesResponse { RegisteredNodeIds = request.NodesToRegister }
            : throw new UaException(StatusCodes.BadNodeIdUnknown, "A node to register is not there");
    }

    public UnregisterNodesResponse Unregister(UnregisterNodesRequest request)
    {
        Operations.Check(request.NodesToUnregister.Length, limits);
        return new UnregisterNodesResponse();
    }

    private BrowseResult Browse(BrowseDescription wanted, int most, ContinuationPoints points, uint request)
    {
        if (!space.TryFind(wanted.NodeId, out var node))
        {
            return new BrowseResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (wanted.BrowseDirection is < BrowseDirection.Forward or > BrowseDirection.Both)
        {
            return new BrowseResult { StatusCode = StatusCodes.BadBrowseDirectionInvalid };
        }

        if (!wanted.ReferenceTypeId.IsNull && space.Find(wanted.ReferenceTypeId) is not UaReferenceType)
        {
            return new BrowseResult { StatusCode = StatusCodes.BadReferenceTypeIdInvalid };
        }

        var references = node.ReferenceArray
            .Where(reference => Follows(reference, wanted))
            .Select(reference => Describe(reference, wanted))
            .OfType<ReferenceDescription>()
            .ToArray();
        return Page(new BrowseRest(references, 0, most), points, request);
    }

    private bool Follows(UaReference reference, BrowseDescription wanted) =>
        (wanted.BrowseDirection == BrowseDirection.Both
            || reference.IsForward == (wanted.BrowseDirection == BrowseDirection.Forward))
        && (wanted.ReferenceTypeId.IsNull || IsOfType(reference, wanted.ReferenceTypeId, wanted.IncludeSubtypes));

    private bool IsOfType(UaReference reference, NodeId type, bool includeSubtypes) =>
        reference.ReferenceType == type || (includeSubtypes && space.Types.IsA(reference.ReferenceType, type));

    /// <summary>The target as the result mask wants it; null when it is not there or the class mask leaves it out.
    /// </summary>
    private ReferenceDescription? Describe(UaReference reference, BrowseDescription wanted)
    {
        if (!space.TryFind(reference.Target, out var target)
            || (wanted.NodeClassMask != NodeClass.Unspecified && (wanted.NodeClassMask & target.NodeClass) == 0))
        {
            return null;
        }

        bool Wants(BrowseResultMask field) => (wanted.ResultMask & field) != 0;
        var type = Wants(BrowseResultMask.TypeDefinition) && target is UaObject or UaVariable
            ? space.Types.TypeDefinitionOf(target.NodeId)
            : NodeId.Null;
        return new ReferenceDescription
        {
            ReferenceTypeId = Wants(BrowseResultMask.ReferenceTypeId) ? reference.ReferenceType : NodeId.Null,
            IsForward = Wants(BrowseResultMask.IsForward) && reference.IsForward,
            NodeId = ExpandedNodeId.Of(target.NodeId),
            BrowseName = Wants(BrowseResultMask.BrowseName) ? target.BrowseName : default,
            DisplayName = Wants(BrowseResultMask.DisplayName) ? target.DisplayName : default,
            NodeClass = Wants(BrowseResultMask.NodeClass) ? target.NodeClass : NodeClass.Unspecified,
            TypeDefinition = ExpandedNodeId.Of(type),
        };
    }

    private BrowseResult Page(BrowseRest rest, ContinuationPoints points, uint request)
    {
        var end = Math.Min(rest.References.Length, rest.Next + rest.MaxPerAnswer);
        var page = rest.References[rest.Next..end];
        if (end == rest.References.Length)
        {
            return new BrowseResult { References = page };
        }

        return points.Add(rest with { Next = end }, request, limits.MaxContinuationPoints) is { } point
            ? new BrowseResult { References = page, ContinuationPoint = point }
            : new BrowseResult { StatusCode = StatusCodes.BadNoContinuationPoints };
    }

    private BrowsePathResult Translate(BrowsePath path)
    {
        if (space.Find(path.StartingNode) is null)
        {
            return new BrowsePathResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (path.RelativePath.Elements.Length == 0)
        {
            return new BrowsePathResult { StatusCode = StatusCodes.BadNothingToDo };
        }

        List<NodeId> level = [path.StartingNode];
        foreach (var element in path.RelativePath.Elements)
        {
            if (element.TargetName.IsNull)
            {
                return new BrowsePathResult { StatusCode = StatusCodes.BadBrowseNameInvalid };
            }

            level = [.. level.SelectMany(id => Step(id, element)).Distinct().Take(MostTargets + 1)];
            if (level.Count > MostTargets)
            {
                return new BrowsePathResult { StatusCode = StatusCodes.BadTooManyMatches };
            }
        }

        return level.Count == 0
            ? new BrowsePathResult { StatusCode = StatusCodes.BadNoMatch }
            : new BrowsePathResult { Targets = [.. level.Select(Target)] };
    }

    private static BrowsePathTarget Target(NodeId id) =>
        new() { TargetId = ExpandedNodeId.Of(id), RemainingPathIndex = uint.MaxValue };

    private IEnumerable<NodeId> Step(NodeId from, RelativePathElement element)
    {
        if (!space.TryFind(from, out var node))
        {
            yield break;
        }

        foreach (var reference in node.ReferenceArray)
        {
            if (reference.IsForward != element.IsInverse
                && (element.ReferenceTypeId.IsNull
                    || IsOfType(reference, element.ReferenceTypeId, element.IncludeSubtypes))
                && space.TryFind(reference.Target, out var target)
                && target.BrowseName == element.TargetName)
            {
                yield return reference.Target;
            }
        }
    }
}
