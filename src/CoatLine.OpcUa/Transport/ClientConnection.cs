using System.Net.Sockets;

namespace CoatLine.OpcUa.Transport;

/// <summary>A TCP connection that has shaken hands with HEL and ACK (OPC 10000-6 §7.1).</summary>
internal sealed record ClientConnection(NetworkStream Stream, ChunkReader Reader, TransportLimits Agreed) : IDisposable
{
    /// <summary>Port of opc.tcp when the URL names none.</summary>
    private const int DefaultPort = 4840;

    private const int LongestHandshakeFrame = (int)TransportLimits.LeastBufferSize;

    /// <summary>Connects and shakes hands. Throws <see cref="UaException"/> whose message says in plain words what is
    /// at the other end: nobody, somebody else's protocol, silence, or a refusal.</summary>
    public static async Task<ClientConnection> OpenAsync(
        ClientChannelOptions options, CancellationToken cancellationToken)
    {
        var (host, port) = HostAndPort(options.EndpointUrl);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            if (failure is not SocketException { SocketErrorCode: var error })
            {
                throw;
            }

            throw new UaException(
                StatusCodes.BadConnectionRejected,
                $"Nothing answers at {host}:{port}: {Words(error)}; is the server running there?",
                failure);
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        var reader = new ChunkReader(stream, LongestHandshakeFrame);
        try
        {
            return await ShakeHandsAsync(stream, reader, options, cancellationToken);
        }
        catch
        {
            reader.Dispose();
            await stream.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
    }

    private static async Task<ClientConnection> ShakeHandsAsync(
        NetworkStream stream, ChunkReader reader, ClientChannelOptions options, CancellationToken cancellationToken)
    {
        var peer = options.EndpointUrl;
        Memory<byte> answer;
        try
        {
            await stream.WriteAsync(HandshakeFrames.Hello(options.Limits, peer), cancellationToken);
            answer = await reader.ReadAsync(cancellationToken);
        }
        catch (IOException failure)
        {
            throw new UaException(
                StatusCodes.BadConnectionClosed, $"{peer} broke the connection off instead of answering HEL", failure);
        }

        if (answer.IsEmpty)
        {
            throw new UaException(
                StatusCodes.BadConnectionClosed,
                $"{peer} closed the connection instead of answering HEL; it is probably no OPC UA server");
        }

        var body = answer.Span[ChunkHeader.Length..];
        switch (ChunkHeader.Read(answer.Span).Type)
        {
            case MessageType.Error:
                throw HandshakeFrames.ReadError(body, peer);
            case MessageType.Acknowledge:
                var ack = HandshakeFrames.ReadAcknowledge(body);
                var agreed = options.Limits with
                {
                    SendBufferSize = Math.Min(options.Limits.SendBufferSize, ack.ReceiveBufferSize),
                    MaxMessageSize = ack.MaxMessageSize,
                    MaxChunkCount = ack.MaxChunkCount,
                };
                reader.Resize(options.Limits.ReceiveBufferSize);
                return new ClientConnection(stream, reader, agreed);
            default:
                throw new UaException(
                    StatusCodes.BadTcpMessageTypeInvalid,
                    $"{peer} answered HEL with \"{ChunkHeader.Printable(answer.Span[..3])}\"");
        }
    }

    private static (string Host, int Port) HostAndPort(string endpointUrl)
    {
        if (!Uri.TryCreate(endpointUrl, UriKind.Absolute, out var url)
            || url.Scheme != "opc.tcp" || url.Host.Length == 0)
        {
            throw new UaException(
                StatusCodes.BadTcpEndpointUrlInvalid,
                $"'{endpointUrl}' is no endpoint URL such as opc.tcp://127.0.0.1:4840");
        }

        return (url.DnsSafeHost, url.Port > 0 ? url.Port : DefaultPort);
    }

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is not known",
        SocketError.TimedOut => "no answer in time",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the host cannot be reached",
        _ => error.ToString(),
    };
}
