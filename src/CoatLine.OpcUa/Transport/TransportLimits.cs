namespace CoatLine.OpcUa.Transport;

/// <summary>What one end of a connection is ready to take and to send (OPC 10000-6 §7.1.2.3). Sizes are
/// bytes.</summary>
/// <param name="ReceiveBufferSize">Largest frame this end takes, 8192 or more.</param>
/// <param name="SendBufferSize">Largest frame this end sends, 8192 or more.</param>
/// <param name="MaxMessageSize">Largest message body this end takes once its chunks are joined; 0 means no limit of
/// its own, which this project never offers as a receiver.</param>
/// <param name="MaxChunkCount">Most chunks of one message that this end takes; 0 means no limit.</param>
internal sealed record TransportLimits(
    uint ReceiveBufferSize, uint SendBufferSize, uint MaxMessageSize, uint MaxChunkCount)
{
    /// <summary>The protocol version written in HEL and ACK; the standard has only 0.</summary>
    public const uint ProtocolVersion = 0;

    /// <summary>No end may ask for frames smaller than this (§7.1.2.3).</summary>
    public const uint LeastBufferSize = 8192;

    /// <summary>Longest endpoint URL in HEL and longest reason in ERR, in bytes (§7.1.2.3, §7.1.2.5).</summary>
    public const int LongestText = 4096;

    /// <summary>Most messages whose chunks may be on their way at the same time on one channel.</summary>
    public const int MostInterleavedMessages = 16;

    /// <summary>Largest message, bytes, that a server takes on a channel on which no session has been activated yet:
    /// a stranger holds little memory. The largest decent one is CreateSession with a chain of certificates.</summary>
    public const uint MostBeforeSession = 256 * 1024;

    /// <summary>64 KiB frames and 16 MiB messages: a read of 1000 values is about 30 KiB.</summary>
    public static TransportLimits Default { get; } = new(65_536, 65_536, 16 * 1024 * 1024, 512);

    /// <summary>What this end, as server, answers to a client's HEL: never more than the client can take, and the
    /// receive buffer never larger than what the client sends (§7.1.2.4).</summary>
    public TransportLimits AnswerTo(TransportLimits hello) => this with
    {
        ReceiveBufferSize = Math.Min(ReceiveBufferSize, hello.SendBufferSize),
        SendBufferSize = Math.Min(SendBufferSize, hello.ReceiveBufferSize),
    };
}
