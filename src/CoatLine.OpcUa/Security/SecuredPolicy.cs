using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Security;

/// <summary>A policy with keys between two certificates: the own one and the peer's, which has been validated already.
/// One channel has one.</summary>
internal sealed class SecuredPolicy : ISecurityPolicy, IDisposable
{
    private readonly UaSecurityPolicy policy;
    private readonly byte[] ownThumbprint;
    private readonly RSA ownKey;
    private readonly RSA peerKey;

    /// <summary>Throws <see cref="UaException"/> with BadCertificateInvalid when one of the two has no RSA key of a
    /// length that the policy allows.</summary>
    public SecuredPolicy(UaSecurityPolicy policy, X509Certificate2 own, ReadOnlyMemory<byte> ownChain,
        X509Certificate2 peer)
    {
        this.policy = policy;
        ownKey = own.GetRSAPrivateKey() ?? throw NoKey("own");
        peerKey = peer.GetRSAPublicKey() ?? throw NoKey("peer's");
        CheckLength(ownKey, "own");
        CheckLength(peerKey, "peer's");
        SenderCertificate = ownChain;
        OwnCertificate = own.RawDataMemory;
        PeerCertificate = peer.RawDataMemory;
        ownThumbprint = Thumbprint(own.RawDataMemory.Span);
        ReceiverThumbprint = Thumbprint(peer.RawDataMemory.Span);
        AsymmetricSend = new AsymmetricProtection(policy, ownKey, peerKey);
        AsymmetricReceive = new AsymmetricProtection(policy, peerKey, ownKey);
    }

    public UaSecurityPolicy Policy => policy;

    public string Uri => policy.Uri;

    public int NonceLength => policy.NonceOctets;

    public ReadOnlyMemory<byte> SenderCertificate { get; }

    public ReadOnlyMemory<byte> ReceiverThumbprint { get; }

    /// <summary>DER of the own certificate, without chain.</summary>
    public ReadOnlyMemory<byte> OwnCertificate { get; }

    /// <summary>DER of the peer's certificate, without chain.</summary>
    public ReadOnlyMemory<byte> PeerCertificate { get; }

    public IChunkProtection AsymmetricSend { get; }

    public IChunkProtection AsymmetricReceive { get; }

    /// <summary>SHA-1 of a certificate, which only names it (OPC 10000-6 §6.7.2.3).</summary>
    public static byte[] Thumbprint(ReadOnlySpan<byte> der)
    {
#pragma warning disable CA5350 // The standard names certificates by their SHA-1; nothing rests on its strength.
        return SHA1.HashData(der);
#pragma warning restore CA5350
    }

    public void CheckHeader(AsymmetricHeader header)
    {
        if (header.PolicyUri != Uri)
        {
            throw Failed($"OPN names the policy '{header.PolicyUri}'; this channel has {policy.Name}");
        }

        if (!header.ReceiverThumbprint.Span.SequenceEqual(ownThumbprint))
        {
            throw Failed("OPN is meant for the holder of another certificate: the receiver's thumbprint is wrong");
        }

        if (!LeafOf(header.SenderCertificate).Span.SequenceEqual(PeerCertificate.Span))
        {
            throw Failed("OPN comes with another certificate than the peer's");
        }
    }

    public (IChunkProtection Send, IChunkProtection Receive) Derive(
        ReadOnlySpan<byte> localNonce, ReadOnlySpan<byte> remoteNonce, MessageSecurityMode mode)
    {
        if (remoteNonce.Length != NonceLength)
        {
            throw new UaException(
                StatusCodes.BadNonceInvalid,
                $"The peer's nonce has {remoteNonce.Length} octets; {policy.Name} asks for {NonceLength}");
        }

        return (
            SymmetricProtection.Derive(policy, mode, secret: remoteNonce, seed: localNonce, isSender: true),
            SymmetricProtection.Derive(policy, mode, secret: localNonce, seed: remoteNonce, isSender: false));
    }

    /// <summary>Signature with the own key, in the asymmetric algorithm of the policy.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) =>
        ownKey.SignData(data, HashAlgorithmName.SHA256, policy.SignaturePadding);

    /// <summary>Whether the peer's key made the signature.</summary>
    public bool VerifyPeer(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        RsaBlocks.Verify(policy, peerKey, data, signature);

    public void Dispose()
    {
        ownKey.Dispose();
        peerKey.Dispose();
    }

    /// <summary>The first certificate of a chain of DER structures; what is no DER is given back as it is.</summary>
    public static ReadOnlyMemory<byte> LeafOf(ReadOnlyMemory<byte> chain)
    {
        var span = chain.Span;
        const byte sequence = 0x30;
        if (span.Length < 4 || span[0] != sequence)
        {
            return chain;
        }

        var lengthOctets = span[1] < 0x80 ? 0 : span[1] & 0x7F;
        long length = lengthOctets == 0 ? span[1] : 0;
        if (lengthOctets > 4 || span.Length < 2 + lengthOctets)
        {
            return chain;
        }

        for (var i = 0; i < lengthOctets; i++)
        {
            length = (length << 8) | span[2 + i];
        }

        var end = 2 + lengthOctets + length;
        return end <= span.Length ? chain[..(int)end] : chain;
    }

    private void CheckLength(RSA key, string whose)
    {
        if (key.KeySize < policy.MinKeyBits || key.KeySize > policy.MaxKeyBits)
        {
            throw new UaException(
                StatusCodes.BadCertificateInvalid,
                $"The {whose} RSA key has {key.KeySize} bit; {policy.Name} asks for {policy.MinKeyBits} to "
                + $"{policy.MaxKeyBits}");
        }
    }

    private static UaException NoKey(string whose) =>
        new(StatusCodes.BadCertificateInvalid, $"The {whose} certificate has no usable RSA key");

    private static UaException Failed(string why) => new(StatusCodes.BadSecurityChecksFailed, why);
}
