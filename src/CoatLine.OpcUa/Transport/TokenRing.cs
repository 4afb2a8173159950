namespace CoatLine.OpcUa.Transport;

/// <summary>A security token with its keys (OPC 10000-4 §5.5.2).</summary>
/// <param name="ChannelId">The channel that it belongs to.</param>
/// <param name="TokenId">Its number.</param>
/// <param name="CreatedTimestamp">When it was made, in ticks of the time provider's counter.</param>
/// <param name="Lifetime">How long it may be used.</param>
/// <param name="Send">Protection of what this end sends under it.</param>
/// <param name="Receive">Protection of what this end receives under it.</param>
internal sealed record SecurityToken(
    uint ChannelId, uint TokenId, long CreatedTimestamp, TimeSpan Lifetime, IChunkProtection Send,
    IChunkProtection Receive);

/// <summary>The present token of a channel and the one before it, which is accepted until it expires. A client sends
/// under a new token at once; a server sends under the old one until the client has used the new one. Thread safe.
/// </summary>
internal sealed class TokenRing(TimeProvider time, bool isServer)
{
    /// <summary>A client accepts what comes under an expired token for another quarter of its lifetime
    /// (OPC 10000-4 §5.5.2.1).</summary>
    private const double ClientGrace = 1.25;

    private readonly Lock gate = new();
    private SecurityToken? current;
    private SecurityToken? previous;
    private bool peerUsesCurrent;

    public bool IsOpen => Volatile.Read(ref current) is not null;

    /// <summary>True when the present token has expired and no newer one has come.</summary>
    public bool IsLapsed => Volatile.Read(ref current) is { } token && IsExpired(token, 1);

    public void Install(SecurityToken token)
    {
        lock (gate)
        {
            previous = current;
            peerUsesCurrent = !isServer || current is null;
            Volatile.Write(ref current, token);
        }
    }

    public SecurityToken ForSending()
    {
        lock (gate)
        {
            var token = peerUsesCurrent || previous is null || IsExpired(previous, 1) ? current : previous;
            return token ?? throw new InvalidOperationException("The channel is not open yet.");
        }
    }

    /// <summary>The token with this number, or null when there is none or it has expired.</summary>
    public SecurityToken? ForReceiving(uint tokenId)
    {
        lock (gate)
        {
            var grace = isServer ? 1 : ClientGrace;
            if (current?.TokenId == tokenId && !IsExpired(current, grace))
            {
                peerUsesCurrent = true;
                return current;
            }

            return previous?.TokenId == tokenId && !IsExpired(previous, grace) ? previous : null;
        }
    }

    private bool IsExpired(SecurityToken token, double factor) =>
        time.GetElapsedTime(token.CreatedTimestamp) > token.Lifetime * factor;
}
