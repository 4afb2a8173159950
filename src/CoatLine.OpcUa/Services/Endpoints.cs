namespace CoatLine.OpcUa.Services;

/// <summary>An OPC UA application (OPC 10000-4 §7.2).</summary>
public sealed record ApplicationDescription : IUaStructure<ApplicationDescription>
{
    /// <inheritdoc/>
    public static uint EncodingId => 310;

    /// <summary>Unique name of the installation.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>Unique name of the product.</summary>
    public string? ProductUri { get; init; }

    /// <summary>Name for people.</summary>
    public LocalizedText ApplicationName { get; init; }

    /// <summary>Client, server or both.</summary>
    public ApplicationType ApplicationType { get; init; }

    /// <summary>URI of a gateway in between; normally null.</summary>
    public string? GatewayServerUri { get; init; }

    /// <summary>Transport of the discovery URLs; normally null.</summary>
    public string? DiscoveryProfileUri { get; init; }

    /// <summary>Where the application's endpoints can be asked for.</summary>
    public string?[] DiscoveryUrls { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(ApplicationUri);
        encoder.WriteString(ProductUri);
        encoder.WriteLocalizedText(ApplicationName);
        encoder.WriteInt32((int)ApplicationType);
        encoder.WriteString(GatewayServerUri);
        encoder.WriteString(DiscoveryProfileUri);
        encoder.WriteStringArray(DiscoveryUrls);
    }

    /// <inheritdoc/>
    public static ApplicationDescription Decode(ref UaDecoder decoder) => new()
    {
        ApplicationUri = decoder.ReadString(),
        ProductUri = decoder.ReadString(),
        ApplicationName = decoder.ReadLocalizedText(),
        ApplicationType = (ApplicationType)decoder.ReadInt32(),
        GatewayServerUri = decoder.ReadString(),
        DiscoveryProfileUri = decoder.ReadString(),
        DiscoveryUrls = decoder.ReadStringArray(),
    };
}

/// <summary>A way in which a user may identify himself at an endpoint (OPC 10000-4 §7.42).</summary>
public sealed record UserTokenPolicy : IUaStructure<UserTokenPolicy>
{
    /// <inheritdoc/>
    public static uint EncodingId => 306;

    /// <summary>Id of the user token policy, as the endpoint gives it.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Kind of identification.</summary>
    public UserTokenType TokenType { get; init; }

    /// <summary>Kind of issued token; null for the other kinds.</summary>
    public string? IssuedTokenType { get; init; }

    /// <summary>Where tokens are issued; null for the other kinds.</summary>
    public string? IssuerEndpointUrl { get; init; }

    /// <summary>URI of the security policy; null in a user token policy means the endpoint's.</summary>
    public string? SecurityPolicyUri { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(PolicyId);
        encoder.WriteInt32((int)TokenType);
        encoder.WriteString(IssuedTokenType);
        encoder.WriteString(IssuerEndpointUrl);
        encoder.WriteString(SecurityPolicyUri);
    }

    /// <inheritdoc/>
    public static UserTokenPolicy Decode(ref UaDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
        TokenType = (UserTokenType)decoder.ReadInt32(),
        IssuedTokenType = decoder.ReadString(),
        IssuerEndpointUrl = decoder.ReadString(),
        SecurityPolicyUri = decoder.ReadString(),
    };
}

/// <summary>An endpoint with its security (OPC 10000-4 §7.14).</summary>
public sealed record EndpointDescription : IUaStructure<EndpointDescription>
{
    /// <inheritdoc/>
    public static uint EncodingId => 314;

    /// <summary>URL of the endpoint; it may not be reachable from the client's network.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>The server the endpoint belongs to.</summary>
    public ApplicationDescription Server { get; init; } = new();

    /// <summary>DER of the server's certificate; null with policy None.</summary>
    public byte[]? ServerCertificate { get; init; }

    /// <summary>Whether messages are signed and encrypted.</summary>
    public MessageSecurityMode SecurityMode { get; init; }

    /// <summary>URI of the security policy; null in a user token policy means the endpoint's.</summary>
    public string? SecurityPolicyUri { get; init; }

    /// <summary>How users may identify themselves.</summary>
    public UserTokenPolicy[] UserIdentityTokens { get; init; } = [];

    /// <summary>URI of transport and encoding.</summary>
    public string? TransportProfileUri { get; init; }

    /// <summary>Higher is safer; 0 is not recommended.</summary>
    public byte SecurityLevel { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(EndpointUrl);
        Server.Encode(encoder);
        encoder.WriteByteString(ServerCertificate);
        encoder.WriteInt32((int)SecurityMode);
        encoder.WriteString(SecurityPolicyUri);
        encoder.WriteStructures(UserIdentityTokens);
        encoder.WriteString(TransportProfileUri);
        encoder.WriteByte(SecurityLevel);
    }

    /// <inheritdoc/>
    public static EndpointDescription Decode(ref UaDecoder decoder) => new()
    {
        EndpointUrl = decoder.ReadString(),
        Server = ApplicationDescription.Decode(ref decoder),
        ServerCertificate = decoder.ReadByteString(),
        SecurityMode = (MessageSecurityMode)decoder.ReadInt32(),
        SecurityPolicyUri = decoder.ReadString(),
        UserIdentityTokens = decoder.ReadStructures<UserTokenPolicy>(),
        TransportProfileUri = decoder.ReadString(),
        SecurityLevel = decoder.ReadByte(),
    };
}
