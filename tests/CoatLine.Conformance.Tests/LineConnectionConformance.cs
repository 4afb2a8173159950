using System.Threading.Channels;
using CoatLine.Conformance.Tests.Servers;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Conformance.Tests;

/// <summary>What every stack under the port owes the equipment, whatever server stands at the other end.</summary>
[TestFixtureSource(typeof(Row), nameof(Row.All))]
[CancelAfter(LongestMs)]
public sealed partial class LineConnectionConformance(Row row)
{
    private const int LongestMs = 60_000;
    private static readonly TimeSpan Publishing = TimeSpan.FromMilliseconds(50);

    private ILineConnection connection = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        using var limit = new CancellationTokenSource(ServerPark.LongestStart);
        LineServer server = await ServerPark.SharedAsync(row.Server, limit.Token);
        connection = Clients.Create(row, server.EndpointUrl);
        await connection.ConnectAsync(limit.Token);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static TagAddress[] Tags(params string[] names) => [.. names.Select(static n => new TagAddress(n))];

    private static async Task<Watch> WatchAsync(ILineConnection connection, params string[] tags)
    {
        var seen = Channel.CreateUnbounded<TagChange>();
        IAsyncDisposable subscription = await connection.SubscribeAsync(
            Tags(tags),
            Publishing,
            changes =>
            {
                foreach (TagChange change in changes)
                {
                    seen.Writer.TryWrite(change);
                }
            },
            Token);
        return new Watch(seen.Reader, subscription);
    }

    private Task<StatusCode[]> WriteAsync(string tag, Variant value) =>
        connection.WriteAsync([new TagWrite(new TagAddress(tag), value)], Token);

    private async Task<DataValue> ReadAsync(string tag) =>
        (await connection.ReadAsync([new TagRead(new TagAddress(tag))], Token))[0];

    /// <summary>What a subscription has reported so far.</summary>
    private sealed record Watch(ChannelReader<TagChange> Seen, IAsyncDisposable Subscription) : IAsyncDisposable
    {
        public ValueTask<TagChange> NextAsync() => Seen.ReadAsync(Token);

        public ValueTask DisposeAsync() => Subscription.DisposeAsync();
    }
}
