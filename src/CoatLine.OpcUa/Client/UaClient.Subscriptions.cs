namespace CoatLine.OpcUa.Client;

public sealed partial class UaClient
{
    private uint _lastClientHandle;

    /// <summary>Creates a subscription without items. It lives until it is disposed of, whatever becomes of the
    /// link.</summary>
    /// <param name="options">How it sends.</param>
    /// <param name="handler">Called for each change in order, on one thread at a time; short, does not throw.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">The call failed.</exception>
    public Task<UaSubscription> CreateSubscriptionAsync(
        SubscriptionOptions options, Action<DataChange> handler, CancellationToken cancellationToken) =>
        CreateBatchSubscriptionAsync(
            options,
            changes =>
            {
                foreach (var change in changes)
                {
                    handler(change);
                }
            },
            cancellationToken);

    /// <summary>Creates a subscription whose handler gets all changes of one message at once.</summary>
    /// <inheritdoc cref="CreateSubscriptionAsync"/>
    public async Task<UaSubscription> CreateBatchSubscriptionAsync(
        SubscriptionOptions options,
        Action<IReadOnlyList<DataChange>> handler,
        CancellationToken cancellationToken)
    {
        var subscription = new UaSubscription(this, _publishing, options, handler);
        await subscription.CreateAsync(Session, cancellationToken).ConfigureAwait(false);
        _publishing.Add(subscription);
        return subscription;
    }

    internal uint NextClientHandle() => Interlocked.Increment(ref _lastClientHandle);
}
