using System.Buffers.Binary;
using System.Text;

namespace CoatLine.OpcUa.Transport;

/// <summary>HEL, ACK and ERR (OPC 10000-6 §7.1.2.3 to §7.1.2.5): the frames before and beside the secure channel.
/// <code>
/// HEL | version | receive | send | max message | max chunks | url length | url
/// ACK | version | receive | send | max message | max chunks |
/// ERR | status code | reason length | reason
/// </code>
/// Every number is a little-endian UInt32, lengths are Int32 with -1 for a null string.</summary>
internal static class HandshakeFrames
{
    private const int LimitsLength = 20;

    public static byte[] Hello(TransportLimits limits, string endpointUrl)
    {
        var url = Encoding.UTF8.GetBytes(endpointUrl);
        var frame = new byte[ChunkHeader.Length + LimitsLength + 4 + url.Length];
        new ChunkHeader(MessageType.Hello, ChunkType.Final, (uint)frame.Length).Write(frame);
        WriteLimits(frame.AsSpan(ChunkHeader.Length), limits);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(ChunkHeader.Length + LimitsLength), url.Length);
        url.CopyTo(frame.AsSpan(ChunkHeader.Length + LimitsLength + 4));
        return frame;
    }

    public static byte[] Acknowledge(TransportLimits limits)
    {
        var frame = new byte[ChunkHeader.Length + LimitsLength];
        new ChunkHeader(MessageType.Acknowledge, ChunkType.Final, (uint)frame.Length).Write(frame);
        WriteLimits(frame.AsSpan(ChunkHeader.Length), limits);
        return frame;
    }

    public static byte[] Error(StatusCode status, string reason)
    {
        var text = Encoding.UTF8.GetBytes(reason);
        var length = Math.Min(text.Length, TransportLimits.LongestText);
        var frame = new byte[ChunkHeader.Length + 8 + length];
        new ChunkHeader(MessageType.Error, ChunkType.Final, (uint)frame.Length).Write(frame);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(ChunkHeader.Length), status.Code);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(ChunkHeader.Length + 4), length);
        text.AsSpan(0, length).CopyTo(frame.AsSpan(ChunkHeader.Length + 8));
        return frame;
    }

    /// <summary>Reads the body of HEL. Throws <see cref="UaException"/> when it is short, asks for buffers under
    /// the least size, or its URL is null, longer than 4096 bytes or not inside the frame.</summary>
    public static (TransportLimits Limits, string EndpointUrl) ReadHello(ReadOnlySpan<byte> body)
    {
        var limits = ReadLimits(body, "HEL");
        var rest = body[LimitsLength..];
        var length = rest.Length < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 0 or > TransportLimits.LongestText || length > rest.Length - 4)
        {
            throw new UaException(
                StatusCodes.BadTcpEndpointUrlInvalid,
                $"HEL carries no endpoint URL of 0 to {TransportLimits.LongestText} bytes (length {length})");
        }

        return (limits, Encoding.UTF8.GetString(rest.Slice(4, length)));
    }

    /// <summary>Reads the body of ACK; throws <see cref="UaException"/> like <see cref="ReadHello"/>.</summary>
    public static TransportLimits ReadAcknowledge(ReadOnlySpan<byte> body) => ReadLimits(body, "ACK");

    /// <summary>Reads the body of ERR as the exception that it stands for; a body that makes no sense still gives
    /// one.</summary>
    public static UaException ReadError(ReadOnlySpan<byte> body, string peer)
    {
        if (body.Length < 8)
        {
            return new UaException(StatusCodes.BadTcpInternalError, $"{peer} sent ERR without a status code");
        }

        var status = new StatusCode(BinaryPrimitives.ReadUInt32LittleEndian(body));
        var length = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
        var fits = length is >= 0 and <= TransportLimits.LongestText && length <= body.Length - 8;
        var reason = fits ? Encoding.UTF8.GetString(body.Slice(8, length)) : "";
        return new UaException(
            // ERR is a failure whatever number it carries.
            status.IsBad ? status : StatusCodes.BadTcpInternalError,
            $"{peer} refused the connection: {reason}".TrimEnd(' ', ':'));
    }

    private static void WriteLimits(Span<byte> body, TransportLimits limits)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(body, TransportLimits.ProtocolVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], limits.ReceiveBufferSize);
        BinaryPrimitives.WriteUInt32LittleEndian(body[8..], limits.SendBufferSize);
        BinaryPrimitives.WriteUInt32LittleEndian(body[12..], limits.MaxMessageSize);
        BinaryPrimitives.WriteUInt32LittleEndian(body[16..], limits.MaxChunkCount);
    }

    private static TransportLimits ReadLimits(ReadOnlySpan<byte> body, string frame)
    {
        if (body.Length < LimitsLength)
        {
            throw new UaException(
                StatusCodes.BadDecodingError, $"{frame} is {body.Length} bytes short of its five limits");
        }

        var limits = new TransportLimits(
            BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(body[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(body[16..]));
        if (limits.ReceiveBufferSize < TransportLimits.LeastBufferSize
            || limits.SendBufferSize < TransportLimits.LeastBufferSize)
        {
            throw new UaException(
                StatusCodes.BadConnectionRejected,
                $"{frame} offers buffers of {limits.ReceiveBufferSize} and {limits.SendBufferSize} bytes; "
                + $"{TransportLimits.LeastBufferSize} is the least (OPC 10000-6 §7.1.2.3)");
        }

        return limits;
    }
}
