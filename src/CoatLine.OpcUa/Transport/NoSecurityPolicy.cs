using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Transport;

/// <summary>Security policy None: nothing is signed, encrypted or padded, nonces are null.</summary>
internal sealed class NoSecurityPolicy : ISecurityPolicy, IChunkProtection
{
    public const string PolicyUri = "http://opcfoundation.org/UA/SecurityPolicy#None";

    private NoSecurityPolicy()
    {
    }

    public static NoSecurityPolicy Instance { get; } = new();

    public string Uri => PolicyUri;

    public int NonceLength => 0;

    public ReadOnlyMemory<byte> SenderCertificate => default;

    public ReadOnlyMemory<byte> ReceiverThumbprint => default;

    public IChunkProtection AsymmetricSend => this;

    public IChunkProtection AsymmetricReceive => this;

    public int SignatureSize => 0;

    public int PlainBlockSize => 1;

    public int CipherBlockSize => 1;

    public int PaddingSizeBytes => 0;

    public (IChunkProtection Send, IChunkProtection Receive) Derive(
        ReadOnlySpan<byte> localNonce, ReadOnlySpan<byte> remoteNonce, MessageSecurityMode mode) => (this, this);

    public void CheckHeader(AsymmetricHeader header)
    {
        if (header.PolicyUri != Uri)
        {
            throw new UaException(
                StatusCodes.BadSecurityPolicyRejected,
                $"OPN names the policy '{header.PolicyUri}'; this channel has none");
        }
    }

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => true;

    public void Encrypt(Span<byte> buffer, int plainLength)
    {
    }

    public int Decrypt(Span<byte> buffer) => buffer.Length;
}
