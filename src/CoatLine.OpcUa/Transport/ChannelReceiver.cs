using System.Buffers.Binary;

namespace CoatLine.OpcUa.Transport;

/// <summary>Checks what comes in on a secure channel: channel and token number, signature, sequence number; then
/// joins chunks. One receive loop: not thread safe.</summary>
internal sealed class ChannelReceiver(TransportLimits limits, TokenRing tokens)
{
    private readonly SequenceNumbers numbers = new();
    private readonly MessageAssembler assembler = new(limits);

    /// <inheritdoc cref="MessageAssembler.OldestOpen"/>
    public long OldestOpenMessage => assembler.OldestOpen;

    /// <inheritdoc cref="MessageAssembler.Limits"/>
    public TransportLimits Limits
    {
        set => assembler.Limits = value;
    }

    /// <summary>Takes a MSG or CLO frame and gives the message that it completes, if it does. Throws
    /// <see cref="UaException"/> when the frame is not one of this channel; the channel is then to be
    /// closed.</summary>
    public ReceivedMessage? Take(Memory<byte> chunk)
    {
        if (chunk.Length < ChunkSeal.SymmetricHeaderLength + ChunkSeal.SequenceHeaderLength)
        {
            throw new UaException(StatusCodes.BadDecodingError, "A frame ends inside its security header");
        }

        var span = chunk.Span;
        var channelId = BinaryPrimitives.ReadUInt32LittleEndian(span[ChunkHeader.Length..]);
        var tokenId = BinaryPrimitives.ReadUInt32LittleEndian(span[(ChunkHeader.Length + 4)..]);
        var token = tokens.ForReceiving(tokenId) ?? throw new UaException(
            StatusCodes.BadSecureChannelTokenUnknown, $"Token {tokenId} is unknown or has expired");
        if (channelId != token.ChannelId)
        {
            throw new UaException(
                StatusCodes.BadTcpSecureChannelUnknown,
                $"A frame names channel {channelId}; this is channel {token.ChannelId}");
        }

        var opened = ChunkSeal.Open(chunk, ChunkSeal.SymmetricHeaderLength, token.Receive);
        CheckSequence(opened);
        return assembler.Add(ChunkHeader.Read(span).Chunk, opened);
    }

    /// <summary>Takes an OPN frame, whose asymmetric header has been read already.</summary>
    public OpenedChunk TakeOpen(Memory<byte> chunk, int headerLength, IChunkProtection asymmetric)
    {
        var opened = ChunkSeal.Open(chunk, headerLength, asymmetric);
        CheckSequence(opened);
        return opened;
    }

    private void CheckSequence(OpenedChunk opened)
    {
        if (!numbers.Accept(opened.SequenceNumber))
        {
            throw new UaException(
                StatusCodes.BadSequenceNumberInvalid,
                $"Sequence number {opened.SequenceNumber} does not follow the one before it");
        }
    }
}
