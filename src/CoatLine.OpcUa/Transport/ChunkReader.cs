using System.Buffers;
using System.Runtime.CompilerServices;

namespace CoatLine.OpcUa.Transport;

/// <summary>Cuts a byte stream into frames. The size in a header is held against <see cref="MaxChunkSize"/> before
/// a byte of the body is waited for. One reader, one loop: not thread safe.</summary>
internal sealed class ChunkReader(Stream stream, uint maxChunkSize) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent((int)maxChunkSize);
    private int start;
    private int end;
    private long frames;
    private volatile bool isInFrame;

    /// <summary>Largest frame that is taken, bytes. It is raised once HEL or ACK has settled the sizes, so that a
    /// connection that says nothing holds little memory.</summary>
    public uint MaxChunkSize { get; private set; } = maxChunkSize;

    /// <summary>The number of the frame of which only a part has come, counted from 1; 0 while none is under way. May
    /// be asked from any thread: a frame that never ends is found by its number.</summary>
    public long OpenFrame => isInFrame ? Interlocked.Read(ref frames) + 1 : 0;

    public void Resize(uint size)
    {
        MaxChunkSize = size;
        if (size <= buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        buffer.AsSpan(start, end - start).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (larger, 0, end - start);
    }

    /// <summary>The next whole frame, header included, valid until the next call; empty when the peer closed the
    /// connection between two frames. Throws <see cref="UaException"/> for bytes that begin no frame of OPC UA, for
    /// a frame over the limit, and when the connection breaks inside a frame.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Memory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(ChunkHeader.Length, cancellationToken))
        {
            return default;
        }

        var header = ChunkHeader.Read(buffer.AsSpan(start, ChunkHeader.Length));
        Check(header);
        await FillAsync((int)header.Size, cancellationToken);
        var chunk = buffer.AsMemory(start, (int)header.Size);
        start += (int)header.Size;
        isInFrame = false;
        Interlocked.Increment(ref frames);
        return chunk;
    }

    public void Dispose()
    {
        var returned = Interlocked.Exchange(ref buffer, []);
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned);
        }
    }

    private void Check(ChunkHeader header)
    {
        if (!header.IsKnown)
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTypeInvalid,
                $"The peer does not speak OPC UA TCP: its frame begins with "
                + $"\"{ChunkHeader.Printable(buffer.AsSpan(start, end - start))}\"");
        }

        if (header.Size < ChunkHeader.Length)
        {
            throw new UaException(
                StatusCodes.BadDecodingError, $"A frame of {header.Size} bytes is shorter than its own header");
        }

        if (header.Size > MaxChunkSize)
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTooLarge,
                $"A frame of {header.Size} bytes is over the limit of {MaxChunkSize} bytes");
        }
    }

    /// <summary>Waits until <paramref name="count"/> bytes are there; false when the stream ended before the first of
    /// them.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        if (end - start >= count)
        {
            return true;
        }

        if (start > 0 && buffer.Length - start < count)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        while (end - start < count)
        {
            if (start == end)
            {
                (start, end) = (0, 0);
            }

            isInFrame = end > start;
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                return end == start
                    ? false
                    : throw new UaException(
                        StatusCodes.BadConnectionClosed, "The peer closed the connection in the middle of a frame");
            }

            end += read;
        }

        return true;
    }
}
