namespace CoatLine.OpcUa.Services;

/// <summary>What every request begins with (OPC 10000-4 §7.32).</summary>
public sealed record RequestHeader : IUaStructure<RequestHeader>
{
    /// <inheritdoc/>
    public static uint EncodingId => 391;

    /// <summary>Stands where the header is stamped later.</summary>
    internal static RequestHeader Empty { get; } = new();

    /// <summary>Secret id of the session; null outside a session.</summary>
    public NodeId AuthenticationToken { get; init; }

    /// <summary>When the sender sent it, UTC; for information only.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Number chosen by the client, repeated in the response.</summary>
    public uint RequestHandle { get; init; }

    /// <summary>Bits that ask for diagnostics; 0 asks for none.</summary>
    public uint ReturnDiagnostics { get; init; }

    /// <summary>Text for the audit log.</summary>
    public string? AuditEntryId { get; init; }

    /// <summary>How long the client waits, ms; 0 for no limit.</summary>
    public uint TimeoutHintMs { get; init; }

    /// <summary>Reserved by the standard.</summary>
    public ExtensionObject AdditionalHeader { get; init; } = ExtensionObject.Null;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(AuthenticationToken);
        encoder.WriteDateTime(Timestamp);
        encoder.WriteUInt32(RequestHandle);
        encoder.WriteUInt32(ReturnDiagnostics);
        encoder.WriteString(AuditEntryId);
        encoder.WriteUInt32(TimeoutHintMs);
        encoder.WriteExtensionObject(AdditionalHeader);
    }

    /// <inheritdoc/>
    public static RequestHeader Decode(ref UaDecoder decoder) => new()
    {
        AuthenticationToken = decoder.ReadNodeId(),
        Timestamp = decoder.ReadNullableDateTime(),
        RequestHandle = decoder.ReadUInt32(),
        ReturnDiagnostics = decoder.ReadUInt32(),
        AuditEntryId = decoder.ReadString(),
        TimeoutHintMs = decoder.ReadUInt32(),
        AdditionalHeader = decoder.ReadExtensionObject(),
    };
}

/// <summary>What every response begins with (OPC 10000-4 §7.33).</summary>
public sealed record ResponseHeader : IUaStructure<ResponseHeader>
{
    /// <inheritdoc/>
    public static uint EncodingId => 394;

    /// <summary>Stands where the header is stamped later.</summary>
    internal static ResponseHeader Empty { get; } = new();

    /// <summary>When the sender sent it, UTC; for information only.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Number chosen by the client, repeated in the response.</summary>
    public uint RequestHandle { get; init; }

    /// <summary>Outcome of the request as a whole.</summary>
    public StatusCode ServiceResult { get; init; }

    /// <summary>Details of a failure, when asked for.</summary>
    public DiagnosticInfo? ServiceDiagnostics { get; init; }

    /// <summary>Texts that diagnostics point at.</summary>
    public string?[] StringTable { get; init; } = [];

    /// <summary>Reserved by the standard.</summary>
    public ExtensionObject AdditionalHeader { get; init; } = ExtensionObject.Null;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteDateTime(Timestamp);
        encoder.WriteUInt32(RequestHandle);
        encoder.WriteStatusCode(ServiceResult);
        encoder.WriteDiagnosticInfo(ServiceDiagnostics);
        encoder.WriteStringArray(StringTable);
        encoder.WriteExtensionObject(AdditionalHeader);
    }

    /// <inheritdoc/>
    public static ResponseHeader Decode(ref UaDecoder decoder) => new()
    {
        Timestamp = decoder.ReadNullableDateTime(),
        RequestHandle = decoder.ReadUInt32(),
        ServiceResult = decoder.ReadStatusCode(),
        ServiceDiagnostics = decoder.ReadDiagnosticInfo(),
        StringTable = decoder.ReadStringArray(),
        AdditionalHeader = decoder.ReadExtensionObject(),
    };
}

/// <summary>The response to a request that failed as a whole (OPC 10000-4 §7.34).</summary>
public sealed record ServiceFault : IUaResponse, IUaStructure<ServiceFault>
{
    /// <inheritdoc/>
    public static uint EncodingId => 397;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
    }

    /// <inheritdoc/>
    public static ServiceFault Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
    };
}
