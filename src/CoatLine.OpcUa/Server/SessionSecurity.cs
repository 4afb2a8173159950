using System.Security.Cryptography;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>What of a session hangs on its channel: policy, mode and the client's certificate (OPC 10000-4 §5.7.2 and
/// §5.7.3).</summary>
internal sealed record SessionSecurity(string PolicyUri, MessageSecurityMode Mode, ReadOnlyMemory<byte> Client)
{
    /// <summary>Shortest nonce of a session, octets.</summary>
    public const int NonceOctets = 32;

    /// <summary>Longest nonce that is taken, octets.</summary>
    public const int LongestNonce = 128;

    public static SessionSecurity Of(ServerChannel channel) => new(
        channel.Keys?.Uri ?? NoSecurityPolicy.PolicyUri,
        channel.SecurityMode,
        channel.Keys?.PeerCertificate ?? default);

    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceOctets);

    /// <summary>The server's signature over the client's certificate and nonce; empty with policy None.</summary>
    public static SignatureData Sign(ServerChannel channel, byte[]? clientNonce) => channel.Keys is { } keys
        ? new SignatureData
        {
            Algorithm = keys.Policy.SignatureUri,
            Signature = keys.Sign([.. keys.PeerCertificate.Span, .. clientNonce ?? []]),
        }
        : new SignatureData();

    /// <summary>Throws <see cref="UaException"/> with BadCertificateInvalid or BadNonceInvalid when CreateSession comes
    /// with another certificate than the channel, or with a nonce that is none.</summary>
    public static void CheckClient(ServerChannel channel, CreateSessionRequest request)
    {
        if (channel.Keys is not { } keys)
        {
            return;
        }

        var leaf = SecuredPolicy.LeafOf(request.ClientCertificate);
        if (!leaf.Span.SequenceEqual(keys.PeerCertificate.Span))
        {
            throw new UaException(
                StatusCodes.BadCertificateInvalid, "The session's certificate is another one than the channel's");
        }

        if (request.ClientNonce is not { Length: >= NonceOctets and <= LongestNonce })
        {
            throw new UaException(
                StatusCodes.BadNonceInvalid,
                $"A session's nonce has {NonceOctets} to {LongestNonce} octets, "
                + $"not {request.ClientNonce?.Length ?? 0}");
        }
    }

    /// <summary>Checks the client's signature over the server's certificate and last nonce. Throws
    /// <see cref="UaException"/> with BadApplicationSignatureInvalid.</summary>
    public static void CheckSignature(ServerChannel channel, SignatureData signature, byte[] serverNonce)
    {
        if (channel.Keys is not { } keys)
        {
            return;
        }

        // Older clients sign the whole chain that they were given instead of the leaf.
        var isGood = signature is { Signature: { } octets } && signature.Algorithm == keys.Policy.SignatureUri
            && (keys.VerifyPeer([.. keys.OwnCertificate.Span, .. serverNonce], octets)
                || keys.VerifyPeer([.. keys.SenderCertificate.Span, .. serverNonce], octets));
        if (!isGood)
        {
            throw new UaException(
                StatusCodes.BadApplicationSignatureInvalid, "The client's signature of the session is wrong");
        }
    }

    /// <summary>Throws <see cref="UaException"/> with BadSecurityChecksFailed unless the other channel has the same
    /// security and client as this one (OPC 10000-4 §5.7.3.1).</summary>
    public void CheckSame(SessionSecurity other)
    {
        if (PolicyUri != other.PolicyUri || Mode != other.Mode || !Client.Span.SequenceEqual(other.Client.Span))
        {
            throw new UaException(
                StatusCodes.BadSecurityChecksFailed, "The session belongs to another client or other security");
        }
    }
}
