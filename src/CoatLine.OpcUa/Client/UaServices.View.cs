using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>Where a browse path leads.</summary>
/// <param name="Status">Good; BadNoMatch when there is no such node; another bad status when the path is wrong.</param>
/// <param name="NodeId">The node; null NodeId unless good.</param>
public readonly record struct ResolvedPath(StatusCode Status, NodeId NodeId);

public abstract partial class UaServices
{
    /// <summary>Most references of one node that are collected; a server with more must be out of order.</summary>
    private const int MostReferences = 1_000_000;

    /// <summary>Index of the last step of a path that was followed to its end (OPC 10000-4 §5.9.4).</summary>
    private const uint FollowedToTheEnd = uint.MaxValue;

    /// <summary>All forward hierarchical references of a node, to targets of any kind.</summary>
    /// <exception cref="UaException">The node is unknown, or the call failed.</exception>
    public Task<IReadOnlyList<ReferenceDescription>> BrowseAsync(NodeId node, CancellationToken cancellationToken) =>
        BrowseAsync(
            new BrowseDescription
            {
                NodeId = node,
                ReferenceTypeId = ReferenceTypeIds.HierarchicalReferences,
                IncludeSubtypes = true,
                ResultMask = BrowseResultMask.All,
            },
            cancellationToken);

    /// <summary>All references that the description asks for; continuation points are followed.</summary>
    /// <exception cref="UaException">The node is unknown, or the call failed.</exception>
    public async Task<IReadOnlyList<ReferenceDescription>> BrowseAsync(
        BrowseDescription description, CancellationToken cancellationToken)
    {
        var first = await SendAsync<BrowseResponse>(
            new BrowseRequest { NodesToBrowse = [description] }, cancellationToken).ConfigureAwait(false);
        var result = Single(first.Results, description.NodeId);
        if (result.ContinuationPoint is not { Length: > 0 })
        {
            return result.References;
        }

        var references = new List<ReferenceDescription>(result.References);
        while (result.ContinuationPoint is { Length: > 0 } point)
        {
            if (references.Count > MostReferences)
            {
                throw new UaException(
                    StatusCodes.BadEncodingLimitsExceeded,
                    $"{description.NodeId} has over {MostReferences} references");
            }

            var next = await SendAsync<BrowseNextResponse>(
                new BrowseNextRequest { ContinuationPoints = [point] }, cancellationToken).ConfigureAwait(false);
            result = Single(next.Results, description.NodeId);
            references.AddRange(result.References);
        }

        return references;
    }

    /// <summary>Finds nodes by their names, see <see cref="BrowsePath.Of"/>.</summary>
    /// <returns>One result per path, in order.</returns>
    /// <exception cref="UaException">The call failed; a path that leads nowhere has a bad status instead.</exception>
    public async Task<ResolvedPath[]> TranslateAsync(
        IReadOnlyList<BrowsePath> paths, CancellationToken cancellationToken)
    {
        var results = await OperationLimits.SplitAsync(paths, Limits.TranslateBrowsePaths, async part =>
            (await SendAsync<TranslateBrowsePathsToNodeIdsResponse>(
                new TranslateBrowsePathsToNodeIdsRequest { BrowsePaths = part }, cancellationToken)
                .ConfigureAwait(false)).Results).ConfigureAwait(false);
        return Array.ConvertAll(results, Resolve);
    }

    private ResolvedPath Resolve(BrowsePathResult result)
    {
        if (result.StatusCode.IsBad)
        {
            return new ResolvedPath(result.StatusCode, NodeId.Null);
        }

        foreach (var target in result.Targets)
        {
            if (target.RemainingPathIndex == FollowedToTheEnd && target.TargetId.Resolve(NamespaceArray) is { } id)
            {
                return new ResolvedPath(StatusCodes.Good, id);
            }
        }

        return new ResolvedPath(StatusCodes.BadNoMatch, NodeId.Null);
    }

    private static BrowseResult Single(BrowseResult[] results, NodeId node)
    {
        if (results.Length != 1)
        {
            throw new UaException(
                StatusCodes.BadUnexpectedError, $"The server gave {results.Length} results for one node");
        }

        return results[0].StatusCode.IsBad
            ? throw new UaException(results[0].StatusCode, $"{node} cannot be browsed")
            : results[0];
    }
}
