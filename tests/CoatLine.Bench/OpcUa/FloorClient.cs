using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CoatLine.Bench.OpcUa;

/// <summary>
/// What this machine needs for the same bytes without any protocol: asynchronous sockets, a request out, a response in.
/// With a depth, as many new requests leave together as responses came together.
/// </summary>
internal sealed class FloorClient(int port, SecurityLevel security) : IContender
{
    public string Name => "socket floor";

    public SecurityLevel Security => security;

    public async Task<Sample?> RunAsync(Workload workload, TimeSpan time)
    {
        if (workload.Kind == WorkloadKind.Monitored)
        {
            return null;
        }

        var (request, response) = WireSizes.Of(workload, security);
        if (workload.Kind == WorkloadKind.Connect)
        {
            return await Meter.RepeatAsync(1, 1, time, async () =>
            {
                using var one = await ConnectAsync(request, response);
                await ExchangeAsync(one, request, response, depth: 1, TimeSpan.Zero, new Histogram());
            });
        }

        using var socket = await ConnectAsync(request, response);
        var durations = new Histogram();
        var meter = new Meter();
        var calls = await ExchangeAsync(socket, request, response, workload.Depth, time, durations);
        return meter.Stop(calls * workload.Items, durations);
    }

    private async Task<Socket> ConnectAsync(int requestSize, int responseSize)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        var sizes = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, requestSize);
        BinaryPrimitives.WriteInt32LittleEndian(sizes.AsSpan(4), responseSize);
        await socket.SendAsync(sizes);
        return socket;
    }

    private static async Task<long> ExchangeAsync(
        Socket socket, int requestSize, int responseSize, int depth, TimeSpan time, Histogram durations)
    {
        var requests = new byte[requestSize * depth];
        var responses = new byte[responseSize * depth];
        var started = Stopwatch.GetTimestamp();
        long calls = 0;
        var (toSend, waiting, have) = (depth, 0, 0);
        while (toSend + waiting > 0)
        {
            var at = Stopwatch.GetTimestamp();
            if (toSend > 0)
            {
                await socket.SendAsync(requests.AsMemory(0, requestSize * toSend));
                (waiting, toSend) = (waiting + toSend, 0);
            }

            var read = await socket.ReceiveAsync(responses.AsMemory(have));
            have += read > 0 ? read : throw new EndOfStreamException("The floor server went away");
            while (depth == 1 && have < responseSize)
            {
                have += await socket.ReceiveAsync(responses.AsMemory(have));
            }

            var whole = have / responseSize;
            have -= whole * responseSize;
            (waiting, calls) = (waiting - whole, calls + whole);
            if (whole > 0)
            {
                durations.Add(Stopwatch.GetElapsedTime(at));
            }

            toSend = Stopwatch.GetElapsedTime(started) < time ? whole : 0;
        }

        return calls;
    }
}
