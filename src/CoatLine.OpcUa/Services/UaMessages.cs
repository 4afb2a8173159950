using System.Collections.Frozen;

namespace CoatLine.OpcUa.Services;

/// <summary>Reads and writes whole messages: the type id, then the fields (OPC 10000-6 §5.2.9).</summary>
public static class UaMessages
{
    private delegate IUaRequest RequestReader(ref UaDecoder decoder);

    private delegate IUaResponse ResponseReader(ref UaDecoder decoder);

    private static readonly FrozenDictionary<uint, RequestReader> Requests = new[]
    {
        Request<OpenSecureChannelRequest>(),
        Request<CloseSecureChannelRequest>(),
        Request<FindServersRequest>(),
        Request<GetEndpointsRequest>(),
        Request<CreateSessionRequest>(),
        Request<ActivateSessionRequest>(),
        Request<CloseSessionRequest>(),
        Request<CancelRequest>(),
        Request<ReadRequest>(),
        Request<WriteRequest>(),
        Request<BrowseRequest>(),
        Request<BrowseNextRequest>(),
        Request<TranslateBrowsePathsToNodeIdsRequest>(),
        Request<RegisterNodesRequest>(),
        Request<UnregisterNodesRequest>(),
        Request<CallRequest>(),
        Request<CreateMonitoredItemsRequest>(),
        Request<ModifyMonitoredItemsRequest>(),
        Request<DeleteMonitoredItemsRequest>(),
        Request<SetMonitoringModeRequest>(),
        Request<CreateSubscriptionRequest>(),
        Request<ModifySubscriptionRequest>(),
        Request<DeleteSubscriptionsRequest>(),
        Request<SetPublishingModeRequest>(),
        Request<TransferSubscriptionsRequest>(),
        Request<PublishRequest>(),
        Request<RepublishRequest>(),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<uint, ResponseReader> Responses = new[]
    {
        Response<ServiceFault>(),
        Response<OpenSecureChannelResponse>(),
        Response<CloseSecureChannelResponse>(),
        Response<FindServersResponse>(),
        Response<GetEndpointsResponse>(),
        Response<CreateSessionResponse>(),
        Response<ActivateSessionResponse>(),
        Response<CloseSessionResponse>(),
        Response<CancelResponse>(),
        Response<ReadResponse>(),
        Response<WriteResponse>(),
        Response<BrowseResponse>(),
        Response<BrowseNextResponse>(),
        Response<TranslateBrowsePathsToNodeIdsResponse>(),
        Response<RegisterNodesResponse>(),
        Response<UnregisterNodesResponse>(),
        Response<CallResponse>(),
        Response<CreateMonitoredItemsResponse>(),
        Response<ModifyMonitoredItemsResponse>(),
        Response<DeleteMonitoredItemsResponse>(),
        Response<SetMonitoringModeResponse>(),
        Response<CreateSubscriptionResponse>(),
        Response<ModifySubscriptionResponse>(),
        Response<DeleteSubscriptionsResponse>(),
        Response<SetPublishingModeResponse>(),
        Response<TransferSubscriptionsResponse>(),
        Response<PublishResponse>(),
        Response<RepublishResponse>(),
    }.ToFrozenDictionary();

    /// <summary>Writes a message.</summary>
    public static void Write(UaEncoder encoder, IUaStructure message)
    {
        encoder.WriteNodeId(message.BinaryEncodingId);
        message.Encode(encoder);
    }

    /// <summary>
    /// Reads a request. One of an unknown type comes as <see cref="UnknownRequest"/>, to be answered with a
    /// <see cref="ServiceFault"/> BadServiceUnsupported.
    /// </summary>
    /// <exception cref="UaException">BadDecodingError or BadEncodingLimitsExceeded.</exception>
    public static IUaRequest ReadRequest(ref UaDecoder decoder)
    {
        var typeId = decoder.ReadNodeId();
        return typeId is { NamespaceIndex: 0, IdType: NodeIdType.Numeric }
            && Requests.TryGetValue(typeId.Numeric, out var read)
                ? read(ref decoder)
                : new UnknownRequest(typeId) { RequestHeader = RequestHeader.Decode(ref decoder) };
    }

    /// <summary>Reads a response, which may be a <see cref="ServiceFault"/>.</summary>
    /// <exception cref="UaException">BadDecodingError or BadEncodingLimitsExceeded; BadUnknownResponse for a message
    /// type that is no known response.</exception>
    public static IUaResponse ReadResponse(ref UaDecoder decoder)
    {
        var typeId = decoder.ReadNodeId();
        return typeId is { NamespaceIndex: 0, IdType: NodeIdType.Numeric }
            && Responses.TryGetValue(typeId.Numeric, out var read)
                ? read(ref decoder)
                : throw new UaException(StatusCodes.BadUnknownResponse, $"{typeId} is no known response");
    }

    private static KeyValuePair<uint, RequestReader> Request<T>()
        where T : IUaStructure<T>, IUaRequest => new(T.EncodingId, static (ref UaDecoder d) => T.Decode(ref d));

    private static KeyValuePair<uint, ResponseReader> Response<T>()
        where T : IUaStructure<T>, IUaResponse => new(T.EncodingId, static (ref UaDecoder d) => T.Decode(ref d));
}
