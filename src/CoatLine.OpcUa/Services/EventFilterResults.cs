namespace CoatLine.OpcUa.Services;

/// <summary>What is wrong with one element (OPC 10000-4 §7.7.2).</summary>
public sealed record ContentFilterElementResult : IUaStructure<ContentFilterElementResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 606;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Outcome per operand.</summary>
    public StatusCode[] OperandStatusCodes { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] OperandDiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteStatusCodeArray(OperandStatusCodes);
        encoder.WriteDiagnosticInfoArray(OperandDiagnosticInfos);
    }

    /// <inheritdoc/>
    public static ContentFilterElementResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        OperandStatusCodes = decoder.ReadStatusCodeArray(),
        OperandDiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>What is wrong with a condition (OPC 10000-4 §7.7.2).</summary>
public sealed record ContentFilterResult : IUaStructure<ContentFilterResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 609;

    /// <summary>Outcome per element.</summary>
    public ContentFilterElementResult[] ElementResults { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] ElementDiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStructures(ElementResults);
        encoder.WriteDiagnosticInfoArray(ElementDiagnosticInfos);
    }

    /// <inheritdoc/>
    public static ContentFilterResult Decode(ref UaDecoder decoder) => new()
    {
        ElementResults = decoder.ReadStructures<ContentFilterElementResult>(),
        ElementDiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>What is wrong with an event filter (OPC 10000-4 §7.22.3).</summary>
public sealed record EventFilterResult : IUaStructure<EventFilterResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 736;

    /// <summary>Outcome per field.</summary>
    public StatusCode[] SelectClauseResults { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] SelectClauseDiagnosticInfos { get; init; } = [];

    /// <summary>Outcome of the condition.</summary>
    public ContentFilterResult WhereClauseResult { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCodeArray(SelectClauseResults);
        encoder.WriteDiagnosticInfoArray(SelectClauseDiagnosticInfos);
        WhereClauseResult.Encode(encoder);
    }

    /// <inheritdoc/>
    public static EventFilterResult Decode(ref UaDecoder decoder) => new()
    {
        SelectClauseResults = decoder.ReadStatusCodeArray(),
        SelectClauseDiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
        WhereClauseResult = ContentFilterResult.Decode(ref decoder),
    };
}
