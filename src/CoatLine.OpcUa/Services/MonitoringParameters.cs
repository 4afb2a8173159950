namespace CoatLine.OpcUa.Services;

/// <summary>How a monitored item is sampled and queued (OPC 10000-4 §7.21).</summary>
public sealed record MonitoringParameters : IUaStructure<MonitoringParameters>
{
    /// <inheritdoc/>
    public static uint EncodingId => 742;

    /// <summary>Number chosen by the client, repeated in notifications.</summary>
    public uint ClientHandle { get; init; }

    /// <summary>How often to look, ms; −1 as the subscription publishes, 0 as fast as possible.</summary>
    public double SamplingIntervalMs { get; init; }

    /// <summary>Which changes or events are wanted; null object for the default.</summary>
    public ExtensionObject Filter { get; init; } = ExtensionObject.Null;

    /// <summary>How many values are kept between two messages; 0 and 1 keep one.</summary>
    public uint QueueSize { get; init; }

    /// <summary>True to drop the oldest value when the queue is full, false to replace the newest.</summary>
    public bool DiscardOldest { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(ClientHandle);
        encoder.WriteDouble(SamplingIntervalMs);
        encoder.WriteExtensionObject(Filter);
        encoder.WriteUInt32(QueueSize);
        encoder.WriteBoolean(DiscardOldest);
    }

    /// <inheritdoc/>
    public static MonitoringParameters Decode(ref UaDecoder decoder) => new()
    {
        ClientHandle = decoder.ReadUInt32(),
        SamplingIntervalMs = decoder.ReadDouble(),
        Filter = decoder.ReadExtensionObject(),
        QueueSize = decoder.ReadUInt32(),
        DiscardOldest = decoder.ReadBoolean(),
    };
}

/// <summary>One item to create (OPC 10000-4 §5.13.2).</summary>
public sealed record MonitoredItemCreateRequest : IUaStructure<MonitoredItemCreateRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 745;

    /// <summary>What to monitor.</summary>
    public ReadValueId ItemToMonitor { get; init; } = new();

    /// <summary>Whether it is sampled and reported.</summary>
    public MonitoringMode MonitoringMode { get; init; }

    /// <summary>How it is sampled and queued.</summary>
    public MonitoringParameters RequestedParameters { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ItemToMonitor.Encode(encoder);
        encoder.WriteInt32((int)MonitoringMode);
        RequestedParameters.Encode(encoder);
    }

    /// <inheritdoc/>
    public static MonitoredItemCreateRequest Decode(ref UaDecoder decoder) => new()
    {
        ItemToMonitor = ReadValueId.Decode(ref decoder),
        MonitoringMode = (MonitoringMode)decoder.ReadInt32(),
        RequestedParameters = MonitoringParameters.Decode(ref decoder),
    };
}

/// <summary>Outcome of one creation (OPC 10000-4 §5.13.2).</summary>
public sealed record MonitoredItemCreateResult : IUaStructure<MonitoredItemCreateResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 748;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Number of the item, given by the server.</summary>
    public uint MonitoredItemId { get; init; }

    /// <summary>How often the server looks, ms.</summary>
    public double RevisedSamplingIntervalMs { get; init; }

    /// <summary>How many values the server keeps.</summary>
    public uint RevisedQueueSize { get; init; }

    /// <summary>What is wrong with the filter; null object when nothing is.</summary>
    public ExtensionObject FilterResult { get; init; } = ExtensionObject.Null;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteUInt32(MonitoredItemId);
        encoder.WriteDouble(RevisedSamplingIntervalMs);
        encoder.WriteUInt32(RevisedQueueSize);
        encoder.WriteExtensionObject(FilterResult);
    }

    /// <inheritdoc/>
    public static MonitoredItemCreateResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        MonitoredItemId = decoder.ReadUInt32(),
        RevisedSamplingIntervalMs = decoder.ReadDouble(),
        RevisedQueueSize = decoder.ReadUInt32(),
        FilterResult = decoder.ReadExtensionObject(),
    };
}

/// <summary>One item to change (OPC 10000-4 §5.13.3).</summary>
public sealed record MonitoredItemModifyRequest : IUaStructure<MonitoredItemModifyRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 757;

    /// <summary>Number of the item, given by the server.</summary>
    public uint MonitoredItemId { get; init; }

    /// <summary>How it is sampled and queued.</summary>
    public MonitoringParameters RequestedParameters { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(MonitoredItemId);
        RequestedParameters.Encode(encoder);
    }

    /// <inheritdoc/>
    public static MonitoredItemModifyRequest Decode(ref UaDecoder decoder) => new()
    {
        MonitoredItemId = decoder.ReadUInt32(),
        RequestedParameters = MonitoringParameters.Decode(ref decoder),
    };
}

/// <summary>Outcome of one change (OPC 10000-4 §5.13.3).</summary>
public sealed record MonitoredItemModifyResult : IUaStructure<MonitoredItemModifyResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 760;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>How often the server looks, ms.</summary>
    public double RevisedSamplingIntervalMs { get; init; }

    /// <summary>How many values the server keeps.</summary>
    public uint RevisedQueueSize { get; init; }

    /// <summary>What is wrong with the filter; null object when nothing is.</summary>
    public ExtensionObject FilterResult { get; init; } = ExtensionObject.Null;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteDouble(RevisedSamplingIntervalMs);
        encoder.WriteUInt32(RevisedQueueSize);
        encoder.WriteExtensionObject(FilterResult);
    }

    /// <inheritdoc/>
    public static MonitoredItemModifyResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        RevisedSamplingIntervalMs = decoder.ReadDouble(),
        RevisedQueueSize = decoder.ReadUInt32(),
        FilterResult = decoder.ReadExtensionObject(),
    };
}
