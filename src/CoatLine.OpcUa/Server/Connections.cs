using System.Collections.Concurrent;
using System.Net;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>The connections of a server, and who may have one more. When there is no room, the oldest connection
/// without an activated session goes first (OPC 10000-4 §5.5.2.1), so that strangers cannot lock clients out; a single
/// remote address gets only its share. Admitting is for one thread, the rest is thread safe.</summary>
internal sealed class Connections(UaServerLimits limits)
{
    /// <summary>Most connections that are told at the same time why they end; more of them just end.</summary>
    private const int MostGoodbyes = 32;

    private readonly ConcurrentDictionary<uint, Connection> open = new();
    private int goodbyes;

    public IEnumerable<ServerChannel> Channels => open.Values.Select(connection => connection.Channel);

    public IEnumerable<Task> Runs => open.Values.Select(connection => connection.Run);

    /// <summary>Makes room for a connection; false when there is none.</summary>
    public bool MakeRoom(IPAddress remote)
    {
        var staying = open.Values.Where(connection => !connection.IsLeaving).ToArray();
        var ofRemote = staying.Where(connection => connection.Remote.Equals(remote)).ToArray();
        var crowd = ofRemote.Length >= limits.MaxConnectionsPerRemote ? ofRemote
            : staying.Length >= limits.MaxConnections ? staying
            : null;
        if (crowd is null)
        {
            return true;
        }

        var stranger = crowd
            .Where(connection => !connection.Channel.HasSession)
            .MinBy(connection => connection.Channel.ChannelId);
        if (stranger is null)
        {
            return false;
        }

        // It stays listed until it has ended, so that it is looked after like the others.
        stranger.IsLeaving = true;
        _ = SayGoodbyeAsync(
            stranger.Channel,
            channel =>
            {
                channel.Abort(StatusCodes.BadTcpNotEnoughResources, "A newer connection needs the room");
                return stranger.Run;
            });
        return true;
    }

    public void Add(ServerChannel channel, IPAddress remote, Task run) =>
        open[channel.ChannelId] = new Connection(channel, remote, run);

    public void Remove(ServerChannel channel) => open.TryRemove(channel.ChannelId, out _);

    /// <summary>Turns a connection away.</summary>
    public Task RefuseAsync(ServerChannel channel) => SayGoodbyeAsync(
        channel,
        static channel => channel.RefuseAsync(
            StatusCodes.BadTcpNotEnoughResources, "There are as many connections as the server takes"));

    private async Task SayGoodbyeAsync(ServerChannel channel, Func<ServerChannel, Task> say)
    {
        if (Interlocked.Increment(ref goodbyes) <= MostGoodbyes)
        {
            await say(channel);
        }
        else
        {
            channel.Dispose();
        }

        Interlocked.Decrement(ref goodbyes);
    }

    private sealed record Connection(ServerChannel Channel, IPAddress Remote, Task Run)
    {
        public bool IsLeaving { get; set; }
    }
}
