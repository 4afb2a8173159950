using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CoatLine.OpcUa.Transport;

/// <summary>A whole message, or the news that its sender gave it up.</summary>
/// <param name="RequestId">The request that it belongs to.</param>
/// <param name="Body">Type id and fields; valid only while the handler runs. Empty when aborted.</param>
/// <param name="Abort">Why the sender gave it up (chunk type A), or null.</param>
internal readonly record struct ReceivedMessage(uint RequestId, ReadOnlyMemory<byte> Body, UaException? Abort);

/// <summary>Joins the chunks of messages, which may come interleaved (OPC 10000-6 §6.7.3). Count and size are held
/// against the limits before a chunk is kept. One receive loop: not thread safe, but for <see cref="OldestOpen"/>.
/// </summary>
internal sealed class MessageAssembler(TransportLimits limits)
{
    /// <summary>Messages under way may together be this many times as large as one of them.</summary>
    private const int MostMessagesInFull = 2;

    private readonly Dictionary<uint, Partial> partials = [];
    private long begun;
    private long oldestOpen;
    private long heldBytes;
    private Partial? handedOut;

    /// <summary>What is taken; narrower ones hold for messages that are under way too.</summary>
    public TransportLimits Limits { get; set; } = limits;

    /// <summary>The number of the oldest message whose end has not come yet, counted from 1 in the order in which they
    /// began; 0 when there is none. May be asked from any thread: a message that never ends is found by its number.
    /// </summary>
    public long OldestOpen => Interlocked.Read(ref oldestOpen);

    /// <summary>Takes a chunk and gives the message that it completes, if it does. Throws <see cref="UaException"/>
    /// when a limit is passed; the channel is then to be closed.</summary>
    public ReceivedMessage? Add(ChunkType chunk, OpenedChunk opened)
    {
        handedOut?.Dispose();
        handedOut = null;
        var partial = partials.GetValueOrDefault(opened.RequestId);
        if (chunk == ChunkType.Abort)
        {
            Remove(opened.RequestId)?.Dispose();
            return new ReceivedMessage(opened.RequestId, default, ReadAbort(opened.Body.Span));
        }

        Check((partial?.Bytes ?? 0) + opened.Body.Length, (partial?.Chunks ?? 0) + 1);
        if (partial is null && chunk == ChunkType.Final)
        {
            return new ReceivedMessage(opened.RequestId, opened.Body, null);
        }

        if (partial is null)
        {
            if (partials.Count == TransportLimits.MostInterleavedMessages)
            {
                throw new UaException(
                    StatusCodes.BadTcpNotEnoughResources,
                    $"More than {TransportLimits.MostInterleavedMessages} messages are on their way in parts");
            }

            partials.Add(opened.RequestId, partial = new Partial(++begun));
            Interlocked.CompareExchange(ref oldestOpen, partial.Number, 0);
        }

        CheckTogether(opened.Body.Length);
        partial.Append(opened.Body.Span);
        if (chunk == ChunkType.Intermediate)
        {
            return null;
        }

        handedOut = Remove(opened.RequestId);
        return new ReceivedMessage(opened.RequestId, partial.Joined, null);
    }

    private Partial? Remove(uint requestId)
    {
        if (partials.Remove(requestId, out var partial))
        {
            heldBytes -= partial.Bytes;
            var oldest = partials.Count == 0 ? 0 : partials.Values.Min(open => open.Number);
            Interlocked.Exchange(ref oldestOpen, oldest);
        }

        return partial;
    }

    private void CheckTogether(int bytes)
    {
        heldBytes += bytes;
        if (Limits.MaxMessageSize != 0 && heldBytes > (long)Limits.MaxMessageSize * MostMessagesInFull)
        {
            throw new UaException(
                StatusCodes.BadTcpNotEnoughResources,
                $"The {partials.Count} messages on their way in parts hold {heldBytes} bytes already");
        }
    }

    private void Check(long bytes, int chunks)
    {
        if (Limits.MaxMessageSize != 0 && bytes > Limits.MaxMessageSize)
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTooLarge,
                $"A message of {bytes} bytes or more is over the limit of {Limits.MaxMessageSize} bytes");
        }

        if (Limits.MaxChunkCount != 0 && chunks > Limits.MaxChunkCount)
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTooLarge,
                $"A message of {chunks} chunks or more is over the limit of {Limits.MaxChunkCount} chunks");
        }
    }

    /// <summary>The body of an A chunk: status code and reason (§6.7.3).</summary>
    private static UaException ReadAbort(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8)
        {
            return new UaException(StatusCodes.BadCommunicationError, "The peer gave a message up without a reason");
        }

        var status = new StatusCode(BinaryPrimitives.ReadUInt32LittleEndian(body));
        var length = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
        var reason = length > 0 && length <= Math.Min(TransportLimits.LongestText, body.Length - 8)
            ? Encoding.UTF8.GetString(body.Slice(8, length))
            : "no reason given";
        return new UaException(
            status.IsBad ? status : StatusCodes.BadCommunicationError, $"The peer gave a message up: {reason}");
    }

    /// <summary>The chunks of one message, joined in a pooled buffer: a large message that comes ten times a second
    /// would otherwise leave ten large arrays a second behind.</summary>
    private sealed class Partial(long number) : IDisposable
    {
        private byte[] bytes = [];

        public long Number => number;

        public int Bytes { get; private set; }

        public int Chunks { get; private set; }

        public ReadOnlyMemory<byte> Joined => bytes.AsMemory(0, Bytes);

        public void Append(ReadOnlySpan<byte> body)
        {
            if (Bytes + body.Length > bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Bytes + body.Length, bytes.Length * 2));
                bytes.AsSpan(0, Bytes).CopyTo(larger);
                Dispose();
                bytes = larger;
            }

            body.CopyTo(bytes.AsSpan(Bytes));
            Bytes += body.Length;
            Chunks++;
        }

        public void Dispose()
        {
            if (bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(bytes);
                bytes = [];
            }
        }
    }
}
