using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Call (OPC 10000-4 §5.11).</summary>
internal sealed class MethodService(AddressSpace space, UaServerLimits limits)
{
    private static readonly NodeId HasComponent = ReferenceTypeIds.HasComponent;

    private static readonly QualifiedName InputArguments = new(0, "InputArguments");

    public CallResponse Call(CallRequest request, Session session)
    {
        Operations.Check(request.MethodsToCall.Length, limits);
        return new CallResponse { Results = [.. request.MethodsToCall.Select(call => Call(call, session))] };
    }

    private CallMethodResult Call(CallMethodRequest call, Session session)
    {
        if (!space.TryFind(call.ObjectId, out var target))
        {
            return new CallMethodResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (!space.TryFind(call.MethodId, out var node) || node is not UaMethod method || !Has(target, method))
        {
            return new CallMethodResult { StatusCode = StatusCodes.BadMethodInvalid };
        }

        if (!method.IsExecutable)
        {
            return new CallMethodResult { StatusCode = StatusCodes.BadNotExecutable };
        }

        if (Objection(method, call.InputArguments) is { } objection)
        {
            return objection;
        }

        var outcome = Carry(method, call, session);
        return new CallMethodResult
        {
            StatusCode = outcome.Status,
            InputArgumentResults = [.. call.InputArguments.Select(_ => StatusCodes.Good)],
            OutputArguments = [.. outcome.Outputs],
        };
    }

    private static MethodOutcome Carry(UaMethod method, CallMethodRequest call, Session session)
    {
        try
        {
            return method.SessionHandler?.Invoke(session, call.ObjectId, call.InputArguments)
                ?? method.Handler!(call.ObjectId, call.InputArguments);
        }
        catch (UaException refusal)
        {
            // One call of several: the others have their own results.
            return MethodOutcome.Refused(refusal.Status);
        }
    }

    /// <summary>What speaks against the arguments, where the method says which it takes (OPC 10000-4 §5.12.2.4).
    /// </summary>
    private CallMethodResult? Objection(UaMethod method, Variant[] inputs)
    {
        if (ArgumentsOf(method) is not { } wanted)
        {
            return null;
        }

        if (inputs.Length != wanted.Length)
        {
            return new CallMethodResult
            {
                StatusCode = inputs.Length < wanted.Length
                    ? StatusCodes.BadArgumentsMissing
                    : StatusCodes.BadTooManyArguments,
            };
        }

        var checks = inputs.Zip(wanted, (input, argument) => ValueCheck.Check(argument, input, space.Types)).ToArray();
        return checks.Any(check => check.IsBad)
            ? new CallMethodResult { StatusCode = StatusCodes.BadInvalidArgument, InputArgumentResults = checks }
            : null;
    }

    private Argument[]? ArgumentsOf(UaMethod method)
    {
        foreach (var reference in method.ReferenceArray)
        {
            if (reference.IsForward && reference.ReferenceType == ReferenceTypeIds.HasProperty
                && space.Find(reference.Target) is UaVariable property && property.BrowseName == InputArguments
                && property.Value.Value.TryGet<ExtensionObject[]>(out var arguments))
            {
                return [.. arguments.Select(argument => argument.Structure).OfType<Argument>()];
            }
        }

        return null;
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
