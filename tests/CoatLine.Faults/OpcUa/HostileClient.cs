using System.Buffers.Binary;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.Faults.OpcUa;

/// <summary>The client's end of a connection, in memory: it shakes hands, opens a channel and a session and asks for
/// things like a decent client, but now and then one of its frames is not what it should be. Everything follows from
/// the chance that it is given, apart from the secrets that the server makes up.</summary>
internal sealed class HostileClient(Chance chance, Action passTime) : Stream
{
    private const int MostServices = 16;
    private const int MostChunk = 8000;

    private readonly Queue<byte> outbox = new();
    private readonly List<byte> inbox = [];
    private readonly Lock gate = new();
    private readonly int services = chance.Below(MostServices + 1);
    private readonly int hostility = chance.OnceIn(12) ? 1 : 6 + chance.Below(30);
    private int step;
    private uint sequence = (uint)chance.Below(3);
    private uint request;
    private uint channelId;
    private uint tokenId;
    private NodeId session;

    /// <summary>Octets that were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The status of the server's ERR; Good when there was none.</summary>
    public StatusCode Refusal { get; private set; }

    /// <summary>What the server should never answer, or null.</summary>
    public string? Complaint { get; private set; }

    public bool IsClosed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (outbox.Count == 0)
        {
            if (!TakeStep())
            {
                return new ValueTask<int>(0);
            }
        }

        var count = Math.Min(Math.Min(buffer.Length, outbox.Count), chance.OnceIn(4) ? 1 + chance.Below(40) : 70_000);
        for (var i = 0; i < count; i++)
        {
            buffer.Span[i] = outbox.Dequeue();
        }

        Sent += count;
        return new ValueTask<int>(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            inbox.AddRange(buffer.Span);
            while (inbox.Count >= ChunkHeader.Length)
            {
                var size = (int)ChunkHeader.Read(inbox.GetRange(0, ChunkHeader.Length).ToArray()).Size;
                if (inbox.Count < size)
                {
                    break;
                }

                Take(inbox.GetRange(0, size).ToArray());
                inbox.RemoveRange(0, size);
            }
        }

        return default;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }

    /// <summary>Puts the next frames into the outbox; false when the script is over.</summary>
    private bool TakeStep()
    {
        switch (step++)
        {
            case 0:
                Send(TransportTargets.Hello());
                return true;
            case 1:
                SendOpen(SecurityTokenRequestType.Issue);
                return true;
            case 2:
                SendMessage(new CreateSessionRequest { RequestedSessionTimeoutMs = 60_000 });
                return true;
            case 3:
                SendMessage(new ActivateSessionRequest());
                return true;
            case 4 when !chance.OnceIn(4):
                SendMessage(SessionRequests.Subscribe);
                return true;
            case 5 when !chance.OnceIn(4):
                SendMessage(SessionRequests.Monitor(chance));
                return true;
            case var number when number < services + 6:
                passTime();
                SendService();
                return true;
            case var number when number == services + 6:
                SendMessage(new CloseSessionRequest { DeleteSubscriptions = chance.OnceIn(2) });
                return true;
            default:
                return false;
        }
    }

    private void SendService()
    {
        if (chance.OnceIn(15))
        {
            SendOpen(SecurityTokenRequestType.Renew);
        }

        if (chance.OnceIn(4))
        {
            // Any message at all, and most often one that no server expects.
            SendBody(chance.Pick(chance.OnceIn(2) ? SampleMessages.Requests : SampleMessages.Responses));
        }
        else
        {
            SendMessage(SessionRequests.Any(chance));
        }
    }

    private void SendMessage(IUaRequest message)
    {
        message.RequestHeader = new RequestHeader { AuthenticationToken = session, RequestHandle = request };
        SendBody(SampleMessages.Written(encoder => UaMessages.Write(encoder, message)));
    }

    private void SendBody(byte[] body)
    {
        if (chance.OnceIn(hostility))
        {
            body = Mutation.Of(body, SampleMessages.Requests, chance);
        }

        request++;
        var most = chance.OnceIn(6) ? 1 + chance.Below(200) : MostChunk;
        var at = 0;
        do
        {
            var length = Math.Min(most, body.Length - at);
            var isLast = at + length == body.Length;
            var chunk = isLast ? ChunkType.Final : ChunkType.Intermediate;
            Send(Message(chance.OnceIn(60) ? ChunkType.Abort : chunk, body.AsSpan(at, length)));
            at += length;
        }
        while (at < body.Length);
    }

    private void SendOpen(SecurityTokenRequestType type)
    {
        var body = SampleMessages.Written(encoder => UaMessages.Write(encoder, new OpenSecureChannelRequest
        {
            RequestType = type,
            SecurityMode = MessageSecurityMode.None,
            RequestedLifetimeMs = 60_000,
        }));
        if (chance.OnceIn(hostility * 2))
        {
            body = Mutation.Of(body, SampleMessages.Requests, chance);
        }

        var frame = new byte[body.Length + 200];
        var header = new AsymmetricHeader(channelId, NoSecurityPolicy.PolicyUri, default, default).Write(frame);
        Send(Finish(frame, MessageType.OpenChannel, ChunkType.Final, header, body));
    }

    private byte[] Message(ChunkType chunk, ReadOnlySpan<byte> body)
    {
        var frame = new byte[body.Length + 64];
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), channelId);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12), tokenId);
        return Finish(frame, MessageType.Message, chunk, ChunkSeal.SymmetricHeaderLength, body);
    }

    private byte[] Finish(byte[] frame, MessageType type, ChunkType chunk, int header, ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(header), ++sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(header + 4), request);
        body.CopyTo(frame.AsSpan(header + ChunkSeal.SequenceHeaderLength));
        return frame[..ChunkSeal.Close(
            frame, new ChunkHeader(type, chunk, 0), header, body.Length, NoSecurityPolicy.Instance)];
    }

    private void Send(byte[] frame)
    {
        if (chance.OnceIn(hostility * 3))
        {
            frame = Mutation.Of(frame, SampleMessages.Requests, chance);
        }

        foreach (var octet in frame)
        {
            outbox.Enqueue(octet);
        }
    }

    private void Take(byte[] frame)
    {
        var header = ChunkHeader.Read(frame);
        switch (header.Type)
        {
            case MessageType.Error:
                Refusal = HandshakeFrames.ReadError(frame.AsSpan(ChunkHeader.Length), "server").Status;
                break;
            case MessageType.OpenChannel:
                AsymmetricHeader.Read(frame, out var length);
                Take((OpenSecureChannelResponse)Read(frame, length));
                break;
            case MessageType.Message when header.Chunk == ChunkType.Final && IsWhole(frame):
                Take(Read(frame, ChunkSeal.SymmetricHeaderLength));
                break;
        }
    }

    /// <summary>False for the end of a message that came in parts: it does not begin with a type id of namespace 0.
    /// </summary>
    private static bool IsWhole(byte[] frame) =>
        frame.AsSpan(ChunkSeal.SymmetricHeaderLength + ChunkSeal.SequenceHeaderLength) is [0x01, 0x00, ..];

    private static IUaResponse Read(byte[] frame, int header)
    {
        var decoder = new UaDecoder(frame.AsSpan(header + ChunkSeal.SequenceHeaderLength));
        return UaMessages.ReadResponse(ref decoder);
    }

    private void Take(IUaResponse response)
    {
        switch (response)
        {
            case OpenSecureChannelResponse opened:
                (channelId, tokenId) = (opened.SecurityToken.ChannelId, opened.SecurityToken.TokenId);
                break;
            case CreateSessionResponse created:
                session = created.AuthenticationToken;
                break;
            case ServiceFault { ResponseHeader.ServiceResult: var status } when status == StatusCodes.BadInternalError:
                Complaint = $"the server answered {status}: a service failed in a way that it did not foresee";
                break;
        }
    }
}
