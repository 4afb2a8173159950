namespace CoatLine.OpcUa.Services;

/// <summary>One method to call (OPC 10000-4 §5.12.2).</summary>
public sealed record CallMethodRequest : IUaStructure<CallMethodRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 706;

    /// <summary>The object the method is called on.</summary>
    public NodeId ObjectId { get; init; }

    /// <summary>The method.</summary>
    public NodeId MethodId { get; init; }

    /// <summary>Its inputs, in order.</summary>
    public Variant[] InputArguments { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(ObjectId);
        encoder.WriteNodeId(MethodId);
        encoder.WriteVariantArray(InputArguments);
    }

    /// <inheritdoc/>
    public static CallMethodRequest Decode(ref UaDecoder decoder) => new()
    {
        ObjectId = decoder.ReadNodeId(),
        MethodId = decoder.ReadNodeId(),
        InputArguments = decoder.ReadVariantArray(),
    };
}

/// <summary>Outcome of one method (OPC 10000-4 §5.12.2).</summary>
public sealed record CallMethodResult : IUaStructure<CallMethodResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 709;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>What is wrong with each input; empty when nothing is.</summary>
    public StatusCode[] InputArgumentResults { get; init; } = [];

    /// <summary>Details of wrong inputs, when asked for.</summary>
    public DiagnosticInfo?[] InputArgumentDiagnosticInfos { get; init; } = [];

    /// <summary>Its outputs, in order.</summary>
    public Variant[] OutputArguments { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteStatusCodeArray(InputArgumentResults);
        encoder.WriteDiagnosticInfoArray(InputArgumentDiagnosticInfos);
        encoder.WriteVariantArray(OutputArguments);
    }

    /// <inheritdoc/>
    public static CallMethodResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        InputArgumentResults = decoder.ReadStatusCodeArray(),
        InputArgumentDiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
        OutputArguments = decoder.ReadVariantArray(),
    };
}

/// <summary>Calls methods in the given order (OPC 10000-4 §5.12.2).</summary>
public sealed record CallRequest : IUaRequest, IUaStructure<CallRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 712;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The methods.</summary>
    public CallMethodRequest[] MethodsToCall { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteStructures(MethodsToCall);
    }

    /// <inheritdoc/>
    public static CallRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        MethodsToCall = decoder.ReadStructures<CallMethodRequest>(),
    };
}

/// <summary>Answer to <see cref="CallRequest"/>.</summary>
public sealed record CallResponse : IUaResponse, IUaStructure<CallResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 715;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public CallMethodResult[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStructures(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static CallResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<CallMethodResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
