using System.Threading.Channels;
using CoatLine.Equipment.Connection;

namespace CoatLine.Conformance.Tests;

/// <summary>What a subscription has reported so far.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private static readonly TimeSpan Publishing = TimeSpan.FromMilliseconds(50);

    private readonly Channel<TagChange> seen = Channel.CreateUnbounded<TagChange>();
    private IAsyncDisposable subscription = null!;

    private Watch()
    {
    }

    public static async Task<Watch> StartAsync(
        ILineConnection connection, CancellationToken cancellationToken, params string[] tags)
    {
        var watch = new Watch();
        watch.subscription = await connection.SubscribeAsync(
            [.. tags.Select(static t => new TagAddress(t))], Publishing, watch.Take, cancellationToken);
        return watch;
    }

    public ValueTask<TagChange> NextAsync(CancellationToken cancellationToken) =>
        seen.Reader.ReadAsync(cancellationToken);

    public bool TryNext(out TagChange change) => seen.Reader.TryRead(out change);

    public ValueTask DisposeAsync() => subscription.DisposeAsync();

    private void Take(IReadOnlyList<TagChange> changes)
    {
        foreach (TagChange change in changes)
        {
            seen.Writer.TryWrite(change);
        }
    }
}
