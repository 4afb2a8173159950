using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.Faults.OpcUa;

/// <summary>What reads frames before there is a message: the cutter, the joiner, the handshake and the header of OPN.
/// </summary>
internal static class TransportTargets
{
    /// <summary>Small limits, so that small inputs pass them.</summary>
    private static readonly TransportLimits Limits = new(8192, 8192, 16_384, 16);

    public static IEnumerable<Target> All() =>
    [
        new("chunk reader", 5, [.. Streams()], ReadChunks) { FixedAllocation = 128 * 1024 },
        new("assembler", 5, [.. Streams()], Assemble) { FixedAllocation = 256 * 1024 },
        new("asymmetric header", 3, [Open()], static input =>
        {
            AsymmetricHeader.Read(input, out var length);
            return length <= input.Length
                ? default
                : throw new InvalidDataException("the header ends behind the frame");
        }),
        new("hello", 1, [Hello()[ChunkHeader.Length..]], static input =>
        {
            HandshakeFrames.ReadHello(input);
            return default;
        }),
        new("acknowledge", 1, [Hello()[ChunkHeader.Length..]], static input =>
        {
            HandshakeFrames.ReadAcknowledge(input);
            return default;
        }),
        new("error", 1, [HandshakeFrames.Error(StatusCodes.BadTimeout, "why")[ChunkHeader.Length..]], static input =>
            new Outcome(HandshakeFrames.ReadError(input, "peer").Status is { IsBad: true } bad
                ? bad
                : throw new InvalidDataException("ERR without a bad status was taken as it is"))),
    ];

    public static byte[] Hello() => HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://127.0.0.1:4840");

    private static byte[] Open()
    {
        var frame = new byte[2048];
        var header = new AsymmetricHeader(
            7, "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256", new byte[900], new byte[20]);
        var length = header.Write(frame);
        return frame[..ChunkSeal.Close(
            frame, new ChunkHeader(MessageType.OpenChannel, ChunkType.Final, 0), length, 132,
            NoSecurityPolicy.Instance)];
    }

    private static IEnumerable<byte[]> Streams()
    {
        yield return [.. Hello(), .. Open(), .. Message(1, 1, ChunkType.Final, 100)];
        yield return
        [
            .. Message(1, 1, ChunkType.Intermediate, 2000), .. Message(2, 2, ChunkType.Intermediate, 10),
            .. Message(3, 1, ChunkType.Intermediate, 50), .. Message(4, 2, ChunkType.Abort, 30),
            .. Message(5, 1, ChunkType.Final, 7), .. HandshakeFrames.Error(StatusCodes.BadTimeout, "late"),
        ];
    }

    private static byte[] Message(uint number, uint request, ChunkType chunk, int body)
    {
        var frame = new byte[body + 64];
        BitConverter.TryWriteBytes(frame.AsSpan(16), number);
        BitConverter.TryWriteBytes(frame.AsSpan(20), request);
        return frame[..ChunkSeal.Close(
            frame, new ChunkHeader(MessageType.Message, chunk, 0), ChunkSeal.SymmetricHeaderLength, body,
            NoSecurityPolicy.Instance)];
    }

    private static Outcome ReadChunks(byte[] input)
    {
        ForEachChunk(input, static _ => { });
        return default;
    }

    private static Outcome Assemble(byte[] input)
    {
        var assembler = new MessageAssembler(Limits);
        StatusCode aborted = default;
        ForEachChunk(input, chunk =>
        {
            if (chunk.Length < ChunkSeal.SymmetricHeaderLength)
            {
                return;
            }

            var opened = ChunkSeal.Open(chunk, ChunkSeal.SymmetricHeaderLength, NoSecurityPolicy.Instance);
            if (assembler.Add(ChunkHeader.Read(chunk.Span).Chunk, opened) is not { } message)
            {
                return;
            }

            if (message.Abort is { } abort)
            {
                aborted = abort.Status.IsBad
                    ? abort.Status
                    : throw new InvalidDataException("a message was given up with a status that is not bad");
            }
            else if (message.Body.Length > Limits.MaxMessageSize)
            {
                throw new InvalidDataException("a message over the limit came through");
            }
        });
        return new Outcome(aborted);
    }

    private static void ForEachChunk(byte[] input, Action<Memory<byte>> take)
    {
        using var stream = new MemoryStream(input, writable: false);
        using var reader = new ChunkReader(stream, Limits.ReceiveBufferSize);
        for (var chunks = 0; chunks <= input.Length / ChunkHeader.Length; chunks++)
        {
            var reading = reader.ReadAsync(CancellationToken.None);
            var chunk = reading.IsCompleted
                ? reading.GetAwaiter().GetResult()
                : throw new InvalidDataException("the reader waits for a stream that is at its end");
            if (chunk.IsEmpty)
            {
                return;
            }

            take(chunk);
        }

        throw new InvalidDataException("there are more frames than the octets can hold");
    }
}
