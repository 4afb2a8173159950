using System.Collections.Concurrent;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// One session and what was found out in it: namespace indexes and node ids are asked for anew in every session, since
/// a server may number them otherwise after a restart. Nothing goes to a later session from here. Thread-safe.
/// </summary>
internal sealed class LineSession(UaSession session)
{
    private readonly ConcurrentDictionary<TagAddress, NodeId> found = new();

    /// <summary>The session itself.</summary>
    public UaSession Session => session;

    /// <summary>Acknowledges an alarm (OPC 10000-9 §5.7.3).</summary>
    public async Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken)
    {
        var call = new CallMethodRequest
        {
            ObjectId = condition.ConditionId,
            MethodId = MethodIds.AcknowledgeableConditionType_Acknowledge,
            InputArguments = [Variant.Of(condition.EventId), Variant.Of(LocalizedText.Of(comment))],
        };
        return (await session.CallAsync([call], cancellationToken).ConfigureAwait(false))[0].StatusCode;
    }

    /// <summary>Finds nodes; those found are remembered for this session.</summary>
    public async Task<ResolvedPath[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken)
    {
        TagAddress[] unknown = [.. addresses.Where(a => !found.ContainsKey(a)).Distinct()];
        var missing = new Dictionary<TagAddress, StatusCode>();
        if (unknown.Length > 0)
        {
            (TagAddress Address, BrowsePath? Path)[] paths = [.. unknown.Select(a => (a, PathOf(a)))];
            ResolvedPath[] results = await session
                .TranslateAsync([.. paths.Select(static p => p.Path).OfType<BrowsePath>()], cancellationToken)
                .ConfigureAwait(false);
            int next = 0;
            foreach ((TagAddress address, BrowsePath? path) in paths)
            {
                ResolvedPath result = path is null
                    ? new ResolvedPath(StatusCodes.BadNoMatch, NodeId.Null)
                    : results[next++];
                if (result.Status.IsGood)
                {
                    found[address] = result.NodeId;
                }
                else
                {
                    missing[address] = result.Status;
                }
            }
        }

        return [.. addresses.Select(a => missing.TryGetValue(a, out StatusCode status)
            ? new ResolvedPath(status, NodeId.Null)
            : new ResolvedPath(StatusCodes.Good, found[a]))];
    }

    /// <summary>Reads attributes in one call; a node that is missing has the status of its path.</summary>
    public async Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes =
            await ResolveAsync([.. reads.Select(static r => r.Address)], cancellationToken).ConfigureAwait(false);
        ReadValueId[] items = [.. reads
            .Select((r, i) => new ReadValueId { NodeId = nodes[i].NodeId, AttributeId = r.Attribute })
            .Where((_, i) => nodes[i].Status.IsGood)];
        DataValue[] values = items.Length == 0
            ? []
            : await session.ReadAsync(items, cancellationToken).ConfigureAwait(false);
        int next = 0;
        return [.. nodes.Select(n => n.Status.IsGood ? values[next++] : new DataValue(Variant.Null, n.Status))];
    }

    /// <summary>Writes values in one call, in order; nothing at all when a node is missing.</summary>
    public async Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes =
            await ResolveAsync([.. writes.Select(static w => w.Address)], cancellationToken).ConfigureAwait(false);
        if (nodes.Any(static n => n.Status.IsBad))
        {
            return [.. nodes.Select(static n => n.Status.IsBad ? n.Status : StatusCodes.BadNothingToDo)];
        }

        WriteValue[] values = [.. writes.Select((w, i) => WriteValue.Of(nodes[i].NodeId, w.Value))];
        return await session.WriteAsync(values, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls a method.</summary>
    public async Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken)
    {
        ResolvedPath[] nodes = await ResolveAsync([target, method], cancellationToken).ConfigureAwait(false);
        if (Array.Find(nodes, static n => n.Status.IsBad) is { Status.IsBad: true } missing)
        {
            return new TagCallResult(missing.Status, []);
        }

        var call = new CallMethodRequest
        {
            ObjectId = nodes[0].NodeId,
            MethodId = nodes[1].NodeId,
            InputArguments = [.. inputs],
        };
        CallMethodResult result = (await session.CallAsync([call], cancellationToken).ConfigureAwait(false))[0];
        return new TagCallResult(result.StatusCode, result.OutputArguments);
    }

    /// <summary>The path in this session's numbering, or null when the server lacks a namespace of it.</summary>
    private BrowsePath? PathOf(TagAddress address)
    {
        var names = new List<QualifiedName>();
        foreach (PathStep step in address.Path)
        {
            if (session.NamespaceIndex(step.NamespaceUri) is not { } index)
            {
                return null;
            }

            names.Add(new QualifiedName(index, step.Name));
        }

        return BrowsePath.Of(ObjectIds.ObjectsFolder, [.. names]);
    }
}
