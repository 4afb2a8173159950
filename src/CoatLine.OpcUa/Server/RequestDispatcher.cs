using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>Decodes a request, finds its session and the service that answers it, and sends the answer. This is where
/// every failure of a request becomes a ServiceFault.</summary>
internal sealed class RequestDispatcher(
    SessionService sessions,
    DiscoveryService discovery,
    AttributeService attributes,
    ViewService views,
    MethodService methods,
    SubscriptionService subscriptions,
    MonitoredItemService items,
    TimeProvider time)
{
    public ValueTask HandleAsync(ServerChannel channel, uint requestId, ReadOnlyMemory<byte> body)
    {
        IUaRequest request;
        try
        {
            var decoder = new UaDecoder(body.Span);
            request = UaMessages.ReadRequest(ref decoder);
        }
        catch (UaException failure)
        {
            return Reply.SendAsync(new ReplyAddress(channel, requestId, 0), Reply.Fault(failure.Status), time);
        }

        var address = new ReplyAddress(channel, requestId, request.RequestHeader.RequestHandle);
        var response = Answer(ref address, request);
        return response is null ? ValueTask.CompletedTask : Reply.SendAsync(address, response, time);
    }

    private IUaResponse? Answer(ref ReplyAddress address, IUaRequest request)
    {
        try
        {
            return request switch
            {
                FindServersRequest find => discovery.FindServers(find, address.Channel.EndpointUrl),
                GetEndpointsRequest get => discovery.GetEndpoints(get, address.Channel.EndpointUrl),
                CreateSessionRequest create => sessions.Create(create, address.Channel),
                ActivateSessionRequest activate => sessions.Activate(activate, address.Channel),
                CloseSessionRequest close => sessions.Close(close, address.Channel),
                UnknownRequest => Reply.Fault(StatusCodes.BadServiceUnsupported),
                _ => AnswerInSession(ref address, request),
            };
        }
        catch (UaException failure)
        {
            return Reply.Fault(failure.Status);
        }
        catch (Exception)
        {
            // A mistake in a service or in an application's handler must not cost the client its connection.
            return Reply.Fault(StatusCodes.BadInternalError);
        }
    }

    private IUaResponse? AnswerInSession(ref ReplyAddress address, IUaRequest request)
    {
        var session = sessions.Require(request.RequestHeader, address.Channel);
        address = address with { MaxOctets = session.MaxResponseOctets };
        return AnswerInSession(address, request, session);
    }

    private IUaResponse? AnswerInSession(ReplyAddress address, IUaRequest request, Session session) => request switch
    {
        ReadRequest read => attributes.Read(read),
        WriteRequest write => attributes.Write(write),
        BrowseRequest browse => views.Browse(browse, session),
        BrowseNextRequest next => views.BrowseNext(next, session),
        TranslateBrowsePathsToNodeIdsRequest translate => views.Translate(translate),
        RegisterNodesRequest register => views.Register(register),
        UnregisterNodesRequest unregister => views.Unregister(unregister),
        CallRequest call => methods.Call(call, session),
        CreateSubscriptionRequest create => subscriptions.Create(create, session),
        ModifySubscriptionRequest modify => subscriptions.Modify(modify, session),
        SetPublishingModeRequest mode => subscriptions.SetPublishingMode(mode, session),
        DeleteSubscriptionsRequest delete => subscriptions.Delete(delete, session),
        TransferSubscriptionsRequest transfer => subscriptions.Transfer(transfer, session),
        PublishRequest publish => subscriptions.Publish(publish, session, address),
        RepublishRequest republish => subscriptions.Republish(republish, session),
        CancelRequest cancel => subscriptions.Cancel(cancel, session),
        CreateMonitoredItemsRequest create => items.Create(create, session),
        ModifyMonitoredItemsRequest modify => items.Modify(modify, session),
        SetMonitoringModeRequest mode => items.SetMode(mode, session),
        DeleteMonitoredItemsRequest delete => items.Delete(delete, session),
        _ => Reply.Fault(StatusCodes.BadServiceUnsupported),
    };
}
