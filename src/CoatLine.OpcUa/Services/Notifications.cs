namespace CoatLine.OpcUa.Services;

/// <summary>A new value of one item (OPC 10000-4 §7.25.2).</summary>
public readonly record struct MonitoredItemNotification : IUaStructure<MonitoredItemNotification>
{
    /// <summary>A handle and the mask of a value.</summary>
    internal const int LeastOctets = 5;

    /// <inheritdoc/>
    public static uint EncodingId => 808;

    /// <summary>Number chosen by the client, repeated in notifications.</summary>
    public uint ClientHandle { get; init; }

    /// <summary>The value.</summary>
    public DataValue Value { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(ClientHandle);
        encoder.WriteDataValue(Value);
    }

    /// <inheritdoc/>
    public static MonitoredItemNotification Decode(ref UaDecoder decoder) => new()
    {
        ClientHandle = decoder.ReadUInt32(),
        Value = decoder.ReadDataValue(),
    };
}

/// <summary>New values of items (OPC 10000-4 §7.25.2).</summary>
public sealed record DataChangeNotification : IUaStructure<DataChangeNotification>
{
    /// <inheritdoc/>
    public static uint EncodingId => 811;

    /// <summary>The new values.</summary>
    public MonitoredItemNotification[] MonitoredItems { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStructures(MonitoredItems);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static DataChangeNotification Decode(ref UaDecoder decoder) => new()
    {
        MonitoredItems = decoder.ReadStructures<MonitoredItemNotification>(MonitoredItemNotification.LeastOctets),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Fields of one event (OPC 10000-4 §7.25.3).</summary>
public sealed record EventFieldList : IUaStructure<EventFieldList>
{
    /// <inheritdoc/>
    public static uint EncodingId => 919;

    /// <summary>Number chosen by the client, repeated in notifications.</summary>
    public uint ClientHandle { get; init; }

    /// <summary>The fields, in the order of the filter.</summary>
    public Variant[] EventFields { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(ClientHandle);
        encoder.WriteVariantArray(EventFields);
    }

    /// <inheritdoc/>
    public static EventFieldList Decode(ref UaDecoder decoder) => new()
    {
        ClientHandle = decoder.ReadUInt32(),
        EventFields = decoder.ReadVariantArray(),
    };
}

/// <summary>Events of items (OPC 10000-4 §7.25.3).</summary>
public sealed record EventNotificationList : IUaStructure<EventNotificationList>
{
    /// <inheritdoc/>
    public static uint EncodingId => 916;

    /// <summary>The events.</summary>
    public EventFieldList[] Events { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStructures(Events);
    }

    /// <inheritdoc/>
    public static EventNotificationList Decode(ref UaDecoder decoder) => new()
    {
        Events = decoder.ReadStructures<EventFieldList>(),
    };
}

/// <summary>The subscription itself has changed or ended (OPC 10000-4 §7.25.4).</summary>
public sealed record StatusChangeNotification : IUaStructure<StatusChangeNotification>
{
    /// <inheritdoc/>
    public static uint EncodingId => 820;

    /// <summary>What has happened.</summary>
    public StatusCode Status { get; init; }

    /// <summary>Details, when asked for.</summary>
    public DiagnosticInfo? DiagnosticInfo { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(Status);
        encoder.WriteDiagnosticInfo(DiagnosticInfo);
    }

    /// <inheritdoc/>
    public static StatusChangeNotification Decode(ref UaDecoder decoder) => new()
    {
        Status = decoder.ReadStatusCode(),
        DiagnosticInfo = decoder.ReadDiagnosticInfo(),
    };
}
