using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Transport;

/// <summary>One security policy of OPC 10000-7 as the channel sees it: how to protect OPN frames with the two
/// certificates, and how to derive the keys of a token from the two nonces. This is the seam where the policies with
/// keys slot in beside <see cref="NoSecurityPolicy"/>.</summary>
internal interface ISecurityPolicy
{
    /// <summary>The policy's URI as it stands in the asymmetric header.</summary>
    string Uri { get; }

    /// <summary>Bytes of the nonce that each end adds to OPN; 0 means that the nonce is null.</summary>
    int NonceLength { get; }

    /// <summary>Sender certificate (with chain) as DER for the asymmetric header, empty when the policy has none.
    /// </summary>
    ReadOnlyMemory<byte> SenderCertificate { get; }

    /// <summary>SHA-1 thumbprint of the receiver's certificate, empty when the policy has none.</summary>
    ReadOnlyMemory<byte> ReceiverThumbprint { get; }

    /// <summary>Protection of the OPN frames that this end sends.</summary>
    IChunkProtection AsymmetricSend { get; }

    /// <summary>Protection of the OPN frames that this end receives.</summary>
    IChunkProtection AsymmetricReceive { get; }

    /// <summary>Holds the header of an OPN frame of the peer against the policy and the two certificates. Throws
    /// <see cref="UaException"/> with BadSecurityChecksFailed when it does not fit.</summary>
    void CheckHeader(AsymmetricHeader header);

    /// <summary>Protection of MSG and CLO frames that the end with <paramref name="localNonce"/> sends
    /// (<c>Send</c>) and receives (<c>Receive</c>) under one token (§6.7.5). Throws <see cref="UaException"/> with
    /// BadNonceInvalid when the peer's nonce has not the length of the policy.</summary>
    (IChunkProtection Send, IChunkProtection Receive) Derive(
        ReadOnlySpan<byte> localNonce, ReadOnlySpan<byte> remoteNonce, MessageSecurityMode mode);
}

/// <summary>Signs and encrypts the frames of one direction under one key. Sizes are bytes; for a protection that does
/// not encrypt both block sizes are 1 and there is no padding.</summary>
internal interface IChunkProtection
{
    int SignatureSize { get; }

    /// <summary>Bytes that go into one encryption.</summary>
    int PlainBlockSize { get; }

    /// <summary>Bytes that come out of one encryption.</summary>
    int CipherBlockSize { get; }

    /// <summary>Bytes that hold the padding size: 0 without encryption, 1, or 2 for an RSA key over 2048 bit.
    /// </summary>
    int PaddingSizeBytes { get; }

    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);

    bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Encrypts in place: <paramref name="plainLength"/> bytes at the start of
    /// <paramref name="buffer"/> become the whole of it.</summary>
    void Encrypt(Span<byte> buffer, int plainLength);

    /// <summary>Decrypts in place and returns the count of plain bytes at the start of the buffer.</summary>
    int Decrypt(Span<byte> buffer);
}
