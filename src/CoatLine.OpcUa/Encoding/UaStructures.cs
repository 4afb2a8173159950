using System.Collections.Frozen;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa;

/// <summary>Reads the fields of one kind of structure.</summary>
internal delegate IUaStructure StructureReader(ref UaDecoder decoder);

/// <summary>Structures that come decoded when they arrive inside an ExtensionObject, by encoding id.</summary>
internal static class UaStructures
{
    private static readonly FrozenDictionary<uint, StructureReader> Readers = new[]
    {
        Known<UaRange>(),
        Known<EUInformation>(),
        Known<Argument>(),
        Known<DataChangeNotification>(),
        Known<EventNotificationList>(),
        Known<StatusChangeNotification>(),
        Known<DataChangeFilter>(),
        Known<EventFilter>(),
        Known<EventFilterResult>(),
        Known<SimpleAttributeOperand>(),
        Known<LiteralOperand>(),
        Known<ElementOperand>(),
        Known<AnonymousIdentityToken>(),
        Known<UserNameIdentityToken>(),
        Known<X509IdentityToken>(),
        Known<ServerStatusDataType>(),
        Known<BuildInfo>(),
        Known<EndpointDescription>(),
        Known<ApplicationDescription>(),
    }.ToFrozenDictionary();

    /// <summary>The reader of an encoding in namespace 0; null when it is not known.</summary>
    public static StructureReader? Find(NodeId encodingId) =>
        encodingId is { NamespaceIndex: 0, IdType: NodeIdType.Numeric }
            ? Readers.GetValueOrDefault(encodingId.Numeric)
            : null;

    private static KeyValuePair<uint, StructureReader> Known<T>()
        where T : IUaStructure<T> => new(T.EncodingId, static (ref UaDecoder decoder) => T.Decode(ref decoder));
}
