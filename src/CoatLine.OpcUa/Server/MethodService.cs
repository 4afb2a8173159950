using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Call (OPC 10000-4 §5.11).</summary>
internal sealed class MethodService(AddressSpace space, UaServerLimits limits)
{
    private static readonly NodeId HasComponent = ReferenceTypeIds.HasComponent;

    public CallResponse Call(CallRequest request)
    {
        Operations.Check(request.MethodsToCall.Length, limits);
        return new CallResponse { Results = [.. request.MethodsToCall.Select(Call)] };
    }

    private CallMethodResult Call(CallMethodRequest call)
    {
        if (!space.TryFind(call.ObjectId, out var target))
        {
            return new CallMethodResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (!space.TryFind(call.MethodId, out var node) || node is not UaMethod method || !Has(target, method))
        {
            return new CallMethodResult { StatusCode = StatusCodes.BadMethodInvalid };
        }

        if (method.Handler is not { } handler)
        {
            return new CallMethodResult { StatusCode = StatusCodes.BadNotExecutable };
        }

        var outcome = handler(call.ObjectId, call.InputArguments);
        return new CallMethodResult
        {
            StatusCode = outcome.Status,
            InputArgumentResults = [.. call.InputArguments.Select(_ => StatusCodes.Good)],
            OutputArguments = [.. outcome.Outputs],
        };
    }

    /// <summary>True when the method belongs to the object or to its type.</summary>
    private bool Has(UaNode target, UaMethod method)
    {
        if (IsComponent(target, method))
        {
            return true;
        }

        for (var type = space.Types.TypeDefinitionOf(target.NodeId);
            space.TryFind(type, out var node);
            type = space.Types.SupertypeOf(type))
        {
            if (IsComponent(node, method))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsComponent(UaNode owner, UaMethod method) => owner.ReferenceArray.Any(reference =>
        reference.IsForward
        && reference.Target == method.NodeId
        && space.Types.IsA(reference.ReferenceType, HasComponent));
}
