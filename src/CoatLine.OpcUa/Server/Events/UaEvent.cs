using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>One event as it happened (OPC 10000-5 §6.4.2). Its fields stand under their browse paths, names joined by
/// '/', e.g. <c>ActiveState/Id</c>. Immutable, so that it can be handed to any number of items.</summary>
/// <param name="EventType">NodeId of its type.</param>
/// <param name="SourceNode">The node that it is about.</param>
/// <param name="ConditionId">The condition whose state it tells; the null NodeId for other events.</param>
/// <param name="Fields">The fields that it has.</param>
internal sealed record UaEvent(
    NodeId EventType, NodeId SourceNode, NodeId ConditionId, IReadOnlyDictionary<string, Variant> Fields)
{
    /// <summary>The value of a field; null for one that the event does not have (OPC 10000-4 §7.22.3). The empty path
    /// with the attribute NodeId is the ConditionId (OPC 10000-9 §5.5.2.1).</summary>
    public Variant this[string path, AttributeId attribute] => attribute switch
    {
        AttributeId.NodeId when path.Length == 0 => ConditionId.IsNull ? Variant.Null : Variant.Of(ConditionId),
        AttributeId.Value => Fields.GetValueOrDefault(path),
        _ => Variant.Null,
    };

    /// <summary>The path of a browse path, under which <see cref="Fields"/> are kept.</summary>
    public static string PathOf(IReadOnlyList<QualifiedName> names) =>
        string.Join('/', names.Select(name => name.Name));
}
