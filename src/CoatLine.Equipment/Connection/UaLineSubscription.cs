using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>What somebody wants to be told of, whatever session stands; made anew in every one.</summary>
internal sealed class UaLineSubscription(
    IReadOnlyList<TagAddress> addresses,
    TimeSpan interval,
    Action<IReadOnlyList<TagChange>> handler,
    Func<UaLineSubscription, ValueTask> remove) : IAsyncDisposable
{
    private UaSubscription? inSession;

    /// <summary>Makes it in a session. One caller at a time.</summary>
    /// <exception cref="OpcUa.UaException">The server refuses it.</exception>
    public async Task CreateAsync(UaSession session, CancellationToken cancellationToken) => inSession =
        await session.SubscribeAsync(addresses, interval, handler, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends it in the session that stands and in all that follow.</summary>
    public async ValueTask DisposeAsync()
    {
        await remove(this).ConfigureAwait(false);
        if (inSession is { } subscription)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }
}
