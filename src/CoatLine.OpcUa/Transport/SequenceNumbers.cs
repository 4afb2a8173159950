namespace CoatLine.OpcUa.Transport;

/// <summary>The sequence numbers of one direction (OPC 10000-6 §6.7.2.4): they start at 1, go up by one with every
/// chunk and OPN, are never reset by a renewal, and after passing 4 294 966 271 start again below 1024. Not thread
/// safe: the sender holds its write lock, the receiver is one loop.</summary>
internal sealed class SequenceNumbers
{
    /// <summary>The last number before the sender must wrap: UInt32.MaxValue − 1024.</summary>
    public const uint LastBeforeWrap = 4_294_966_271;

    /// <summary>After a wrap the first number is below this.</summary>
    public const uint WrapBelow = 1024;

    private uint last;

    public SequenceNumbers(uint last = 0) => this.last = last;

    /// <summary>The number of the next chunk to send.</summary>
    public uint Next() => last = last >= LastBeforeWrap ? 1 : last + 1;

    /// <summary>True when <paramref name="received"/> is the one number that may follow. The first number of a
    /// channel may be any, since older stacks start at 51 or at a random number.</summary>
    public bool Accept(uint received)
    {
        var follows = last == 0 || received == last + 1 || (last >= LastBeforeWrap && received < WrapBelow);
        if (follows)
        {
            last = received;
        }

        return follows;
    }
}
