namespace CoatLine.OpcUa.Services;

/// <summary>No user (OPC 10000-4 §7.41.3).</summary>
public sealed record AnonymousIdentityToken : IUaStructure<AnonymousIdentityToken>
{
    /// <inheritdoc/>
    public static uint EncodingId => 321;

    /// <summary>Id of the user token policy, as the endpoint gives it.</summary>
    public string? PolicyId { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(PolicyId);
    }

    /// <inheritdoc/>
    public static AnonymousIdentityToken Decode(ref UaDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
    };
}

/// <summary>A user by name and password (OPC 10000-4 §7.41.4).</summary>
public sealed record UserNameIdentityToken : IUaStructure<UserNameIdentityToken>
{
    /// <inheritdoc/>
    public static uint EncodingId => 324;

    /// <summary>Id of the user token policy, as the endpoint gives it.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Name of the user.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, encrypted as the policy says.</summary>
    public byte[]? Password { get; init; }

    /// <summary>URI of the encryption; null for none.</summary>
    public string? EncryptionAlgorithm { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(PolicyId);
        encoder.WriteString(UserName);
        encoder.WriteByteString(Password);
        encoder.WriteString(EncryptionAlgorithm);
    }

    /// <inheritdoc/>
    public static UserNameIdentityToken Decode(ref UaDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
        UserName = decoder.ReadString(),
        Password = decoder.ReadByteString(),
        EncryptionAlgorithm = decoder.ReadString(),
    };
}

/// <summary>A user by certificate (OPC 10000-4 §7.41.5).</summary>
public sealed record X509IdentityToken : IUaStructure<X509IdentityToken>
{
    /// <inheritdoc/>
    public static uint EncodingId => 327;

    /// <summary>Id of the user token policy, as the endpoint gives it.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Octets of the certificate.</summary>
    public byte[]? CertificateData { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(PolicyId);
        encoder.WriteByteString(CertificateData);
    }

    /// <inheritdoc/>
    public static X509IdentityToken Decode(ref UaDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
        CertificateData = decoder.ReadByteString(),
    };
}
