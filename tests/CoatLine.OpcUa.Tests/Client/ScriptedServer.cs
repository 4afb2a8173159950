using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Client;

/// <summary>
/// A server for one connection after the other that answers as the test says. Its frames are put together by hand
/// from OPC 10000-6 §6.7 and §7.1, so they share no code with the client's.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const uint ChannelId = 7;
    private static readonly byte[] PolicyNone = "http://opcfoundation.org/UA/SecurityPolicy#None"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<IUaRequest> _requests = Channel.CreateUnbounded<IUaRequest>();
    private readonly Channel<IUaRequest> _publishes = Channel.CreateUnbounded<IUaRequest>();
    private readonly Func<IUaRequest, IUaResponse?> _script;
    private readonly Task _running;
    private TcpClient? _connection;
    private uint _sequence;
    private uint _tokenId;
    private int _connections;

    private ScriptedServer(Func<IUaRequest, IUaResponse?> script)
    {
        _script = script;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Stands for: no answer yet.</summary>
    public static IUaResponse Held { get; } = new ServiceFault();

    public string Url => $"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections taken so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public uint TokensIssued => Volatile.Read(ref _tokenId);

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="script">Answers a request; null leaves it to <see cref="Usual"/>, <see cref="Held"/> leaves it
    /// unanswered for now.</param>
    public static ScriptedServer Start(Func<IUaRequest, IUaResponse?> script) => new(script);

    /// <summary>The next request of this type, once the client has sent it; others before it are dropped, but for
    /// Publish requests, which wait for an answer.</summary>
    public async Task<T> NextAsync<T>(CancellationToken cancellationToken)
        where T : IUaRequest
    {
        while (true)
        {
            var requests = typeof(T) == typeof(PublishRequest) ? _publishes : _requests;
            if (await requests.Reader.ReadAsync(cancellationToken) is T wanted)
            {
                return wanted;
            }
        }
    }

    public async Task AnswerAsync(IUaRequest request, IUaResponse response)
    {
        var handle = request.RequestHeader.RequestHandle;
        response.ResponseHeader = response.ResponseHeader with { RequestHandle = handle };
        await SendAsync("MSGF", [ChannelId, _tokenId], handle, response);
    }

    /// <summary>How many of the requests that nobody has asked for with <see cref="NextAsync"/> are such.</summary>
    public int Seen<T>(Func<T, bool> predicate)
    {
        var count = 0;
        while (_requests.Reader.TryRead(out var request))
        {
            count += request is T wanted && predicate(wanted) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Breaks the connection and takes no other.</summary>
    public void Refuse()
    {
        _listener.Stop();
        Cut();
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Cut() => _connection!.Client.Close(0);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _connection?.Dispose();
        await _running;
        _writing.Dispose();
    }

    /// <summary>Answers that most tests need; null for requests that stay unanswered.</summary>
    private static IUaResponse? Usual(IUaRequest request) => request switch
    {
        CreateSessionRequest create => new CreateSessionResponse
        {
            SessionId = new NodeId(1, 1u),
            AuthenticationToken = new NodeId(1, 2u),
            RevisedSessionTimeoutMs = create.RequestedSessionTimeoutMs,
            ServerEndpoints =
            [
                new EndpointDescription
                {
                    // Nobody is there; a client that followed this URL would be lost.
                    EndpointUrl = "opc.tcp://plc.invalid:1",
                    SecurityMode = MessageSecurityMode.None,
                    SecurityPolicyUri = Encoding.UTF8.GetString(PolicyNone),
                    UserIdentityTokens = [new UserTokenPolicy { PolicyId = "nobody" }],
                },
            ],
        },
        ActivateSessionRequest => new ActivateSessionResponse(),
        CloseSessionRequest => new CloseSessionResponse(),
        ReadRequest read => new ReadResponse { Results = Array.ConvertAll(read.NodesToRead, Value) },
        CreateSubscriptionRequest => new CreateSubscriptionResponse
        {
            SubscriptionId = 5, RevisedPublishingIntervalMs = 100, RevisedMaxKeepAliveCount = 10,
        },
        CreateMonitoredItemsRequest items => new CreateMonitoredItemsResponse
        {
            Results = Array.ConvertAll(
                items.ItemsToCreate, _ => new MonitoredItemCreateResult { MonitoredItemId = 1 }),
        },
        DeleteSubscriptionsRequest => new DeleteSubscriptionsResponse { Results = [StatusCodes.Good] },
        _ => null,
    };

    public static ServiceFault Fault(StatusCode status) =>
        new() { ResponseHeader = new ResponseHeader { ServiceResult = status } };

    private static DataValue Value(ReadValueId item) => item.NodeId == VariableIds.Server_NamespaceArray
        ? new DataValue(Variant.Of(["http://opcfoundation.org/UA/", "urn:scripted"]))
        : new DataValue(Variant.Null, StatusCodes.BadNodeIdUnknown);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync();
                _connection = connection;
                Interlocked.Increment(ref _connections);
                while (_publishes.Reader.TryRead(out _))
                {
                    // Nobody waits for the answers on the connection before.
                }

                await ServeAsync(connection);
            }
        }
        catch (Exception gone) when (gone is SocketException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            var stream = connection.GetStream();
            while (await ReadFrameAsync(stream) is { } frame)
            {
                await TakeAsync(frame, stream);
            }
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The client or the test broke the connection.
        }
    }

    private static async Task<byte[]?> ReadFrameAsync(NetworkStream stream)
    {
        var header = new byte[8];
        if (await stream.ReadAtLeastAsync(header, 8, throwOnEndOfStream: false) < 8)
        {
            return null;
        }

        var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4))];
        header.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(8));
        return frame;
    }

    private async Task TakeAsync(byte[] frame, NetworkStream stream)
    {
        switch (Encoding.ASCII.GetString(frame, 0, 4))
        {
            case "HELF":
                // ACK: version 0, buffers of 64 KiB, no limits on messages and chunks.
                await stream.WriteAsync(
                    Convert.FromHexString("41434B461C0000000000000000000100000001000000000000000000"));
                break;
            case "OPNF":
                await OpenAsync(frame);
                break;
            case "MSGF":
                await TakeRequestAsync(frame.AsMemory(24));
                break;
            default:
                // CLO: the client closes the connection itself.
                break;
        }
    }

    private async Task OpenAsync(byte[] frame)
    {
        // Behind the channel number: policy URI, no certificate, no thumbprint; then sequence and request number.
        var uri = BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(12));
        var sequenceAt = 16 + uri + 8;
        var requestId = BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(sequenceAt + 4));
        var open = (OpenSecureChannelRequest)ReadRequest(frame.AsSpan(sequenceAt + 8));
        _tokenId++;
        using var header = new UaEncoder();
        header.WriteUInt32(ChannelId);
        header.WriteByteString(PolicyNone);
        header.WriteInt32(-1);
        header.WriteInt32(-1);
        await SendAsync("OPNF", header.WrittenMemory, requestId, new OpenSecureChannelResponse
        {
            SecurityToken = new ChannelSecurityToken
            {
                ChannelId = ChannelId, TokenId = _tokenId, RevisedLifetimeMs = open.RequestedLifetimeMs,
            },
        });
    }

    private async Task TakeRequestAsync(ReadOnlyMemory<byte> body)
    {
        var request = ReadRequest(body.Span);
        var answer = _script(request) ?? Usual(request);
        (request is PublishRequest ? _publishes : _requests).Writer.TryWrite(request);
        if (answer is not null && !ReferenceEquals(answer, Held))
        {
            await AnswerAsync(request, answer);
        }
    }

    private static IUaRequest ReadRequest(ReadOnlySpan<byte> body)
    {
        var decoder = new UaDecoder(body);
        return UaMessages.ReadRequest(ref decoder);
    }

    private async Task SendAsync(string type, uint[] security, uint requestId, IUaResponse response)
    {
        using var header = new UaEncoder();
        foreach (var number in security)
        {
            header.WriteUInt32(number);
        }

        await SendAsync(type, header.WrittenMemory, requestId, response);
    }

    private async Task SendAsync(string type, ReadOnlyMemory<byte> security, uint requestId, IUaResponse response)
    {
        await _writing.WaitAsync();
        try
        {
            using var frame = new UaEncoder();
            frame.WriteRaw(Encoding.ASCII.GetBytes(type));
            var size = frame.Reserve(4);
            frame.WriteRaw(security.Span);
            frame.WriteUInt32(++_sequence);
            frame.WriteUInt32(requestId);
            UaMessages.Write(frame, response);
            frame.PatchUInt32(size, (uint)frame.Length);
            await _connection!.GetStream().WriteAsync(frame.WrittenMemory);
        }
        finally
        {
            _writing.Release();
        }
    }
}
