using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CoatLine.Bench.OpcUa;

/// <summary>
/// The other end of the floor: answers so many bytes with so many bytes and does nothing else. A connection begins with
/// the two sizes, Int32 each; the answers to requests that came together leave together.
/// </summary>
internal static class FloorServer
{
    /// <summary>Most requests that are answered in one go.</summary>
    public const int MostTogether = 64;

    public const int LargestMessage = 1 << 20;

    public static async Task<int> RunAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Console.WriteLine($"PORT {((IPEndPoint)listener.LocalEndPoint!).Port}");
        using var stopping = new CancellationTokenSource();
        var accepting = AcceptAsync(listener, stopping.Token);
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await stopping.CancelAsync();
        await accepting;
        return 0;
    }

    private static async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptAsync(cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
        }
    }

    private static async Task AnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                var sizes = new byte[8];
                for (var have = 0; have < sizes.Length;)
                {
                    have += await ReadAsync(socket, sizes.AsMemory(have), cancellationToken);
                }

                await AnswerAsync(
                    socket, BinaryPrimitives.ReadInt32LittleEndian(sizes),
                    BinaryPrimitives.ReadInt32LittleEndian(sizes.AsSpan(4)), cancellationToken);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or EndOfStreamException)
            {
                // The client has what it wanted.
            }
        }
    }

    private static async Task AnswerAsync(
        Socket socket, int requestSize, int responseSize, CancellationToken cancellationToken)
    {
        var requests = new byte[requestSize * MostTogether];
        var responses = new byte[responseSize * MostTogether];
        var have = 0;
        while (true)
        {
            have += await ReadAsync(socket, requests.AsMemory(have), cancellationToken);
            var whole = have / requestSize;
            have -= whole * requestSize;
            if (whole > 0)
            {
                await socket.SendAsync(responses.AsMemory(0, whole * responseSize), cancellationToken);
            }
        }
    }

    private static async ValueTask<int> ReadAsync(Socket socket, Memory<byte> into, CancellationToken cancellationToken)
    {
        var read = await socket.ReceiveAsync(into, cancellationToken);
        return read > 0 ? read : throw new EndOfStreamException();
    }
}
