namespace CoatLine.OpcUa.Services;

/// <summary>Which software the server runs (OPC 10000-5 §12.4).</summary>
public sealed record BuildInfo : IUaStructure<BuildInfo>
{
    /// <inheritdoc/>
    public static uint EncodingId => 340;

    /// <summary>Unique name of the product.</summary>
    public string? ProductUri { get; init; }

    /// <summary>Who made it.</summary>
    public string? ManufacturerName { get; init; }

    /// <summary>Its name.</summary>
    public string? ProductName { get; init; }

    /// <summary>Its version.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>Its build.</summary>
    public string? BuildNumber { get; init; }

    /// <summary>When it was built, UTC.</summary>
    public DateTime? BuildDate { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(ProductUri);
        encoder.WriteString(ManufacturerName);
        encoder.WriteString(ProductName);
        encoder.WriteString(SoftwareVersion);
        encoder.WriteString(BuildNumber);
        encoder.WriteDateTime(BuildDate);
    }

    /// <inheritdoc/>
    public static BuildInfo Decode(ref UaDecoder decoder) => new()
    {
        ProductUri = decoder.ReadString(),
        ManufacturerName = decoder.ReadString(),
        ProductName = decoder.ReadString(),
        SoftwareVersion = decoder.ReadString(),
        BuildNumber = decoder.ReadString(),
        BuildDate = decoder.ReadNullableDateTime(),
    };
}

/// <summary>State of the server (OPC 10000-5 §12.10).</summary>
public sealed record ServerStatusDataType : IUaStructure<ServerStatusDataType>
{
    /// <inheritdoc/>
    public static uint EncodingId => 864;

    /// <summary>When the server started, UTC.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>The server's clock, UTC.</summary>
    public DateTime? CurrentTime { get; init; }

    /// <summary>Whether it runs.</summary>
    public ServerState State { get; init; }

    /// <summary>Its software.</summary>
    public BuildInfo BuildInfo { get; init; } = new();

    /// <summary>Seconds until it stops, when it is about to.</summary>
    public uint SecondsTillShutdown { get; init; }

    /// <summary>Why it is about to stop.</summary>
    public LocalizedText ShutdownReason { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteDateTime(StartTime);
        encoder.WriteDateTime(CurrentTime);
        encoder.WriteInt32((int)State);
        BuildInfo.Encode(encoder);
        encoder.WriteUInt32(SecondsTillShutdown);
        encoder.WriteLocalizedText(ShutdownReason);
    }

    /// <inheritdoc/>
    public static ServerStatusDataType Decode(ref UaDecoder decoder) => new()
    {
        StartTime = decoder.ReadNullableDateTime(),
        CurrentTime = decoder.ReadNullableDateTime(),
        State = (ServerState)decoder.ReadInt32(),
        BuildInfo = BuildInfo.Decode(ref decoder),
        SecondsTillShutdown = decoder.ReadUInt32(),
        ShutdownReason = decoder.ReadLocalizedText(),
    };
}
