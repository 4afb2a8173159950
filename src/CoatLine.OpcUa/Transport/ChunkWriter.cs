using System.Buffers;
using System.Buffers.Binary;

namespace CoatLine.OpcUa.Transport;

/// <summary>Sends messages as frames. Numbering and writing happen under one lock, so the numbers on the wire never
/// change places. Thread safe.</summary>
internal sealed class ChunkWriter(
    Stream stream, TransportLimits limits, TokenRing tokens, ISecurityPolicy policy, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly SequenceNumbers numbers = new();
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent((int)limits.SendBufferSize);
    private long writingSince;

    /// <summary>Largest message body that the peer takes under the present token.</summary>
    public long MostOctets
    {
        get
        {
            long chunk = ChunkSeal.MaxBody(
                (int)limits.SendBufferSize, ChunkSeal.SymmetricHeaderLength, tokens.ForSending().Send);
            return Math.Min(
                limits.MaxMessageSize == 0 ? long.MaxValue : limits.MaxMessageSize,
                limits.MaxChunkCount == 0 ? long.MaxValue : limits.MaxChunkCount * chunk);
        }
    }

    /// <summary>How long the write under way has been waiting for the peer to read; zero when none is.</summary>
    public TimeSpan StalledFor => Interlocked.Read(ref writingSince) is var since and not 0
        ? time.GetElapsedTime(since)
        : TimeSpan.Zero;

    /// <summary>Sends a MSG or CLO body under the present token. Throws <see cref="UaException"/> with
    /// BadEncodingLimitsExceeded, before anything is written, when the peer does not take a message of this size. The
    /// token cancels the wait for the lock only: a frame that has been begun is finished.</summary>
    public async ValueTask SendAsync(
        MessageType type, uint requestId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        CheckSize(body.Length);
        await gate.WaitAsync(cancellationToken);
        try
        {
            var token = tokens.ForSending();
            var maxBody = ChunkSeal.MaxBody(
                (int)limits.SendBufferSize, ChunkSeal.SymmetricHeaderLength, token.Send);
            CheckCount(body.Length, maxBody);
            do
            {
                var part = body[..Math.Min(maxBody, body.Length)];
                body = body[part.Length..];
                var chunk = body.IsEmpty ? ChunkType.Final : ChunkType.Intermediate;
                await WriteAsync(BuildSymmetric(new ChunkHeader(type, chunk, 0), token, requestId, part.Span));
            }
            while (!body.IsEmpty);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Sends an OPN body; <paramref name="channelId"/> is 0 before the channel has a number.
    /// <paramref name="sent"/> runs under the lock, so that no message can slip in before the new token is installed.
    /// </summary>
    public async ValueTask SendOpenAsync(
        uint channelId, uint requestId, ReadOnlyMemory<byte> body, Action? sent, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(BuildAsymmetric(channelId, requestId, body.Span));
            sent?.Invoke();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Sends a frame that has no security header (HEL, ACK, ERR).</summary>
    public async ValueTask SendRawAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(frame);
        }
        finally
        {
            gate.Release();
        }
    }

    // The buffer is not returned to the pool: a write that a closing socket cuts off may still hold it.
    public void Dispose() => gate.Dispose();

    private Memory<byte> BuildSymmetric(
        ChunkHeader header, SecurityToken token, uint requestId, ReadOnlySpan<byte> body)
    {
        var span = buffer.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(span[ChunkHeader.Length..], token.ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(span[(ChunkHeader.Length + 4)..], token.TokenId);
        return Finish(header, ChunkSeal.SymmetricHeaderLength, requestId, body, token.Send);
    }

    private Memory<byte> BuildAsymmetric(uint channelId, uint requestId, ReadOnlySpan<byte> body)
    {
        var header = new AsymmetricHeader(
            channelId, policy.Uri, policy.SenderCertificate, policy.ReceiverThumbprint);
        var headerLength = header.Write(buffer);
        var maxBody = ChunkSeal.MaxBody((int)limits.SendBufferSize, headerLength, policy.AsymmetricSend);
        if (body.Length > maxBody)
        {
            throw new UaException(
                StatusCodes.BadEncodingLimitsExceeded, $"OPN of {body.Length} bytes does not fit into one frame");
        }

        var open = new ChunkHeader(MessageType.OpenChannel, ChunkType.Final, 0);
        return Finish(open, headerLength, requestId, body, policy.AsymmetricSend);
    }

    private Memory<byte> Finish(
        ChunkHeader header, int headerLength, uint requestId, ReadOnlySpan<byte> body, IChunkProtection protection)
    {
        var span = buffer.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(span[headerLength..], numbers.Next());
        BinaryPrimitives.WriteUInt32LittleEndian(span[(headerLength + 4)..], requestId);
        body.CopyTo(span[(headerLength + ChunkSeal.SequenceHeaderLength)..]);
        return buffer.AsMemory(0, ChunkSeal.Close(span, header, headerLength, body.Length, protection));
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> frame)
    {
        Interlocked.Exchange(ref writingSince, time.GetTimestamp());
        try
        {
            // No token: half a frame on the wire would be the end of the channel. A stalled peer is cut off by closing
            // the socket, see StalledFor.
            await stream.WriteAsync(frame, CancellationToken.None);
        }
        finally
        {
            Interlocked.Exchange(ref writingSince, 0);
        }
    }

    private void CheckSize(int length)
    {
        if (limits.MaxMessageSize != 0 && length > limits.MaxMessageSize)
        {
            throw new UaException(
                StatusCodes.BadEncodingLimitsExceeded,
                $"A message of {length} bytes is over the peer's limit of {limits.MaxMessageSize} bytes");
        }
    }

    private void CheckCount(int length, int maxBody)
    {
        var chunks = Math.Max(1, (length + maxBody - 1) / maxBody);
        if (limits.MaxChunkCount != 0 && chunks > limits.MaxChunkCount)
        {
            throw new UaException(
                StatusCodes.BadEncodingLimitsExceeded,
                $"A message of {chunks} chunks is over the peer's limit of {limits.MaxChunkCount} chunks");
        }
    }
}
