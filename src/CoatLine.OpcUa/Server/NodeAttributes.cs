namespace CoatLine.OpcUa.Server;

/// <summary>The attributes of nodes other than the value of variables (OPC 10000-3 §5, table of each node class).
/// </summary>
internal static class NodeAttributes
{
    /// <summary>The attribute, or the null Variant when nodes of this class do not have it.</summary>
    public static Variant Read(UaNode node, AttributeId attribute) => attribute switch
    {
        AttributeId.NodeId => Variant.Of(node.NodeId),
        AttributeId.NodeClass => Variant.Of((int)node.NodeClass),
        AttributeId.BrowseName => Variant.Of(node.BrowseName),
        AttributeId.DisplayName => Variant.Of(node.DisplayName),
        AttributeId.Description => Variant.Of(node.Description),
        AttributeId.WriteMask or AttributeId.UserWriteMask => Variant.Of(0u),
        _ => node switch
        {
            UaVariable variable => Read(variable, attribute),
            UaVariableType type => Read(type, attribute),
            UaReferenceType type => Read(type, attribute),
            UaObject thing when attribute == AttributeId.EventNotifier => Variant.Of(thing.EventNotifier),
            UaObjectType type when attribute == AttributeId.IsAbstract => Variant.Of(type.IsAbstract),
            UaDataType type when attribute == AttributeId.IsAbstract => Variant.Of(type.IsAbstract),
            UaMethod method when attribute is AttributeId.Executable or AttributeId.UserExecutable =>
                Variant.Of(method.IsExecutable),
            UaView view when attribute == AttributeId.ContainsNoLoops => Variant.Of(view.ContainsNoLoops),
            UaView view when attribute == AttributeId.EventNotifier => Variant.Of(view.EventNotifier),
            _ => Variant.Null,
        },
    };

    private static Variant Read(UaVariable variable, AttributeId attribute) => attribute switch
    {
        AttributeId.DataType => Variant.Of(variable.DataType),
        AttributeId.ValueRank => Variant.Of(variable.ValueRank),
        AttributeId.ArrayDimensions => Variant.Of(variable.ArrayDimensions.ToArray()),
        AttributeId.AccessLevel => Variant.Of((byte)variable.AccessLevel),
        AttributeId.UserAccessLevel => Variant.Of((byte)variable.UserAccessLevel),
        AttributeId.AccessLevelEx => Variant.Of((uint)variable.AccessLevel),
        AttributeId.MinimumSamplingInterval => Variant.Of(variable.MinimumSamplingInterval),
        AttributeId.Historizing => Variant.Of(false),
        _ => Variant.Null,
    };

    private static Variant Read(UaVariableType type, AttributeId attribute) => attribute switch
    {
        AttributeId.IsAbstract => Variant.Of(type.IsAbstract),
        AttributeId.DataType => Variant.Of(type.DataType),
        AttributeId.ValueRank => Variant.Of(type.ValueRank),
        _ => Variant.Null,
    };

    private static Variant Read(UaReferenceType type, AttributeId attribute) => attribute switch
    {
        AttributeId.IsAbstract => Variant.Of(type.IsAbstract),
        AttributeId.Symmetric => Variant.Of(type.Symmetric),
        AttributeId.InverseName => Variant.Of(type.InverseName),
        _ => Variant.Null,
    };
}
