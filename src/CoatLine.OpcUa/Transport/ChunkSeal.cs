using System.Buffers.Binary;

namespace CoatLine.OpcUa.Transport;

/// <summary>The part of a frame behind its security header (OPC 10000-6 §6.7.2): sequence header, body, padding,
/// signature; the whole of it encrypted when the policy encrypts.
/// <code>
/// | sequence number | request id | body ... | padding size, padding | signature |
/// </code></summary>
internal static class ChunkSeal
{
    public const int SequenceHeaderLength = 8;

    /// <summary>Length of the header of MSG and CLO: eight bytes, channel id and token id.</summary>
    public const int SymmetricHeaderLength = ChunkHeader.Length + 8;

    /// <summary>Most body bytes that fit into a frame of <paramref name="chunkSize"/> bytes.</summary>
    public static int MaxBody(int chunkSize, int headerLength, IChunkProtection protection)
    {
        var blocks = (chunkSize - headerLength) / protection.CipherBlockSize;
        return (blocks * protection.PlainBlockSize)
            - SequenceHeaderLength - protection.PaddingSizeBytes - protection.SignatureSize;
    }

    /// <summary>Completes a frame whose header and body are in place: pads, writes the size, signs, encrypts. Returns
    /// the frame's length.</summary>
    public static int Close(
        Span<byte> buffer, ChunkHeader header, int headerLength, int bodyLength, IChunkProtection protection)
    {
        var signed = headerLength + SequenceHeaderLength + bodyLength;
        if (protection.PaddingSizeBytes > 0)
        {
            signed = Pad(buffer, headerLength, signed, protection);
        }

        var plain = signed - headerLength + protection.SignatureSize;
        var cipher = plain / protection.PlainBlockSize * protection.CipherBlockSize;
        (header with { Size = (uint)(headerLength + cipher) }).Write(buffer);
        protection.Sign(buffer[..signed], buffer.Slice(signed, protection.SignatureSize));
        protection.Encrypt(buffer.Slice(headerLength, cipher), plain);
        return headerLength + cipher;
    }

    /// <summary>Checks a received frame and returns its parts. Throws <see cref="UaException"/> with
    /// BadSecurityChecksFailed when the signature or the padding is wrong.</summary>
    public static OpenedChunk Open(Memory<byte> chunk, int headerLength, IChunkProtection protection)
    {
        var plain = protection.Decrypt(chunk.Span[headerLength..]);
        var signed = headerLength + plain - protection.SignatureSize;
        if (signed < headerLength + SequenceHeaderLength
            || !protection.Verify(chunk.Span[..signed], chunk.Span.Slice(signed, protection.SignatureSize)))
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A frame is too short or wrongly signed");
        }

        var end = protection.PaddingSizeBytes > 0 ? WithoutPadding(chunk.Span, signed, protection) : signed;
        if (end < headerLength + SequenceHeaderLength)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The padding of a frame is longer than it");
        }

        var content = chunk.Span[headerLength..];
        return new OpenedChunk(
            BinaryPrimitives.ReadUInt32LittleEndian(content),
            BinaryPrimitives.ReadUInt32LittleEndian(content[4..]),
            chunk[(headerLength + SequenceHeaderLength)..end]);
    }

    private static int Pad(Span<byte> buffer, int headerLength, int end, IChunkProtection protection)
    {
        var content = end - headerLength + protection.PaddingSizeBytes + protection.SignatureSize;
        var rest = content % protection.PlainBlockSize;
        var padding = rest == 0 ? 0 : protection.PlainBlockSize - rest;

        // The size byte and every padding byte hold the low byte of the size; the high byte, if any, comes last.
        buffer.Slice(end, padding + 1).Fill((byte)padding);
        end += padding + 1;
        if (protection.PaddingSizeBytes == 2)
        {
            buffer[end++] = (byte)(padding >> 8);
        }

        return end;
    }

    private static int WithoutPadding(ReadOnlySpan<byte> chunk, int end, IChunkProtection protection) =>
        protection.PaddingSizeBytes == 2
            ? end - 2 - (chunk[end - 2] | (chunk[end - 1] << 8))
            : end - 1 - chunk[end - 1];
}

/// <summary>A frame's sequence number, request id and body.</summary>
internal readonly record struct OpenedChunk(uint SequenceNumber, uint RequestId, ReadOnlyMemory<byte> Body);
