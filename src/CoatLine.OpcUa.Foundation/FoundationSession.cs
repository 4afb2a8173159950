using System.Collections.Concurrent;
using CoatLine.Equipment.Connection;
using Ua = Opc.Ua;
using UaClient = Opc.Ua.Client;

namespace CoatLine.OpcUa.Foundation;

/// <summary>One session and the nodes found in it; namespace indexes hold for one session only. Thread-safe.</summary>
internal sealed class FoundationSession(UaClient.ISession session, long number)
{
    private readonly ConcurrentDictionary<TagAddress, Ua.NodeId> found = new();

    /// <summary>The session of the Foundation's stack.</summary>
    public UaClient.ISession Inner { get; } = session;

    /// <summary>Number of the session, from 1.</summary>
    public long Number { get; } = number;

    /// <summary>Finds nodes; those found are remembered for this session.</summary>
    public async Task<StatusCode[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken)
    {
        var missing = new Dictionary<TagAddress, StatusCode>();
        TagAddress[] unknown = [.. addresses.Where(a => !found.ContainsKey(a)).Distinct()];
        var paths = new Ua.BrowsePathCollection();
        var asked = new List<TagAddress>();
        foreach (TagAddress address in unknown)
        {
            if (PathOf(address) is { } path)
            {
                paths.Add(path);
                asked.Add(address);
            }
            else
            {
                missing[address] = StatusCodes.BadNoMatch;
            }
        }

        if (paths.Count > 0)
        {
            Ua.TranslateBrowsePathsToNodeIdsResponse answer = await Inner
                .TranslateBrowsePathsToNodeIdsAsync(null, paths, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < asked.Count; i++)
            {
                Remember(asked[i], answer.Results[i], missing);
            }
        }

        return [.. addresses.Select(a => missing.GetValueOrDefault(a, StatusCodes.Good))];
    }

    /// <summary>Acknowledges an alarm (OPC 10000-9 §5.7.3).</summary>
    public async Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken)
    {
        Ua.CallMethodRequestCollection calls =
        [
            new Ua.CallMethodRequest
            {
                ObjectId = Ua.NodeId.Parse(condition.ConditionId.ToString()),
                MethodId = Ua.MethodIds.AcknowledgeableConditionType_Acknowledge,
                InputArguments =
                [
                    new Ua.Variant(condition.EventId), new Ua.Variant(new Ua.LocalizedText(comment)),
                ],
            },
        ];
        Ua.CallResponse answer = await Inner.CallAsync(null, calls, cancellationToken).ConfigureAwait(false);
        return FoundationValues.ToPort(answer.Results[0].StatusCode);
    }

    /// <summary>The node of an address that was resolved with Good.</summary>
    public Ua.NodeId Node(TagAddress address) => found[address];

    /// <summary>Reads attributes in one call; a node that is missing has the status of its path.</summary>
    public async Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken)
    {
        StatusCode[] nodes =
            await ResolveAsync([.. reads.Select(static r => r.Address)], cancellationToken).ConfigureAwait(false);
        Ua.ReadValueIdCollection items = [.. reads
            .Where((_, i) => nodes[i].IsGood)
            .Select(r => new Ua.ReadValueId { NodeId = Node(r.Address), AttributeId = (uint)r.Attribute })];
        Ua.DataValueCollection values = items.Count == 0
            ? []
            : (await Inner.ReadAsync(null, 0, Ua.TimestampsToReturn.Both, items, cancellationToken)
                .ConfigureAwait(false)).Results;
        int next = 0;
        return [.. nodes.Select(status => status.IsGood
            ? FoundationValues.ToPort(values[next++], Inner.MessageContext)
            : new DataValue(Variant.Null, status))];
    }

    /// <summary>Writes values in one call, in order; nothing at all when a node is missing.</summary>
    public async Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken)
    {
        StatusCode[] nodes =
            await ResolveAsync([.. writes.Select(static w => w.Address)], cancellationToken).ConfigureAwait(false);
        if (nodes.Any(static n => n.IsBad))
        {
            return [.. nodes.Select(static n => n.IsBad ? n : StatusCodes.BadNothingToDo)];
        }

        Ua.WriteValueCollection values = [.. writes.Select(w => new Ua.WriteValue
        {
            NodeId = Node(w.Address),
            AttributeId = Ua.Attributes.Value,
            Value = new Ua.DataValue(FoundationValues.FromPort(w.Value, Inner.MessageContext)),
        })];
        Ua.WriteResponse answer = await Inner.WriteAsync(null, values, cancellationToken).ConfigureAwait(false);
        return [.. answer.Results.Select(FoundationValues.ToPort)];
    }

    /// <summary>Calls a method.</summary>
    public async Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken)
    {
        StatusCode[] nodes = await ResolveAsync([target, method], cancellationToken).ConfigureAwait(false);
        if (nodes.Any(static n => n.IsBad))
        {
            return new TagCallResult(nodes.First(static n => n.IsBad), []);
        }

        Ua.CallMethodRequestCollection call =
        [
            new Ua.CallMethodRequest
            {
                ObjectId = Node(target),
                MethodId = Node(method),
                InputArguments = [.. inputs.Select(v => FoundationValues.FromPort(v, Inner.MessageContext))],
            },
        ];
        Ua.CallResponse answer = await Inner.CallAsync(null, call, cancellationToken).ConfigureAwait(false);
        Ua.CallMethodResult result = answer.Results[0];
        return new TagCallResult(
            FoundationValues.ToPort(result.StatusCode),
            [.. result.OutputArguments.Select(v => FoundationValues.ToPort(v, Inner.MessageContext))]);
    }

    private void Remember(
        TagAddress address, Ua.BrowsePathResult result, Dictionary<TagAddress, StatusCode> missing)
    {
        // A path that leads out of this server, or stops on the way, has found nothing here (OPC 10000-4 §5.9.4).
        Ua.BrowsePathTarget? target = result.Targets.FirstOrDefault(static t => t.RemainingPathIndex == uint.MaxValue);
        if (Ua.StatusCode.IsGood(result.StatusCode) && target is { TargetId.IsAbsolute: false })
        {
            found[address] = Ua.ExpandedNodeId.ToNodeId(target.TargetId, Inner.NamespaceUris);
        }
        else
        {
            missing[address] = Ua.StatusCode.IsBad(result.StatusCode)
                ? FoundationValues.ToPort(result.StatusCode)
                : StatusCodes.BadNoMatch;
        }
    }

    /// <summary>The path in this session's numbering, or null when the server lacks a namespace of it.</summary>
    private Ua.BrowsePath? PathOf(TagAddress address)
    {
        var elements = new Ua.RelativePathElementCollection();
        foreach (PathStep step in address.Path)
        {
            int index = Inner.NamespaceUris.GetIndex(step.NamespaceUri);
            if (index < 0)
            {
                return null;
            }

            elements.Add(new Ua.RelativePathElement
            {
                ReferenceTypeId = Ua.ReferenceTypeIds.HierarchicalReferences,
                IsInverse = false, // The stack's own default is true.
                IncludeSubtypes = true,
                TargetName = new Ua.QualifiedName(step.Name, (ushort)index),
            });
        }

        return new Ua.BrowsePath
        {
            StartingNode = Ua.ObjectIds.ObjectsFolder,
            RelativePath = new Ua.RelativePath { Elements = elements },
        };
    }
}
