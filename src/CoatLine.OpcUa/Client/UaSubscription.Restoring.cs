using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// How the server is told of the subscription: at first, and again when it has lost it.
public sealed partial class UaSubscription
{
    /// <summary>Makes the subscription in a session, without items. Called once.</summary>
    internal async Task CreateAsync(UaSession session, CancellationToken cancellationToken)
    {
        var revised = await session.SendAsync<CreateSubscriptionResponse>(
            _options.ToRequest(_isPublishingEnabled), cancellationToken).ConfigureAwait(false);
        _barrier.Began(revised.ResponseHeader.Timestamp ?? _client.UtcNow);
        _standing = new Standing(session, revised);
    }

    /// <summary>The server has moved it to another session; its number and its items are the same.</summary>
    internal void MoveTo(UaSession session) => _standing = Present with { Session = session };

    /// <summary>What was reported since the last message cannot be had any more.</summary>
    internal void Lose(string why)
    {
        if (!_items.IsEmpty)
        {
            _barrier.Open(why);
        }
    }

    /// <summary>
    /// Makes the subscription anew with all its items. Those that the server refuses are reported with a bad status and
    /// tried again later. Called by the loop that delivers.
    /// </summary>
    /// <exception cref="UaException">The server refuses the subscription, or the connection was lost.</exception>
    internal async Task RecreateAsync(UaSession session, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _disposed) != 0)
            {
                return;
            }

            if (Present.Session == session)
            {
                // It may be there after all and would then eat the answers of the new one.
                await DeleteAsync(Present).ConfigureAwait(false);
            }

            var revised = await session.SendAsync<CreateSubscriptionResponse>(
                _options.ToRequest(_isPublishingEnabled), cancellationToken).ConfigureAwait(false);
            var standing = new Standing(session, revised);
            (_standing, _expected) = (standing, 1);
            UaMonitoredItem[] items = [.. _items.Values.OrderBy(item => item.ClientHandle)];
            await LocateAsync(session, items, cancellationToken).ConfigureAwait(false);
            await CreateItemsAsync(standing, items, cancellationToken).ConfigureAwait(false);
            Report(items.Where(item => item.Status.IsBad));

            // What alarms did meanwhile is not known; those that stand are told again (OPC 10000-9 §5.5.7).
            if (Array.Exists(items, item => item.IsOfEvents && item.Status.IsGood))
            {
                await RefreshAsync(standing, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Whether some item is not watched.</summary>
    internal bool HasRefusedItems => _items.Values.Any(item => item.Status.IsBad);

    /// <summary>Tries the items that were refused once more. Called by the loop that delivers.</summary>
    /// <exception cref="UaException">The call failed.</exception>
    internal async Task RetryItemsAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var standing = Present;
            UaMonitoredItem[] items =
                [.. _items.Values.Where(item => item.Status.IsBad).OrderBy(item => item.ClientHandle)];
            var before = Array.ConvertAll(items, item => item.Status);
            await LocateAsync(standing.Session, items, cancellationToken).ConfigureAwait(false);
            await CreateItemsAsync(standing, items, cancellationToken).ConfigureAwait(false);
            Report(items.Where((item, i) => item.Status.IsBad && item.Status != before[i]));
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task LocateAsync(
        UaSession session, UaMonitoredItem[] items, CancellationToken cancellationToken)
    {
        if (_options.Locate is null)
        {
            Array.ForEach(items, item => item.MoveTo(session));
            return;
        }

        var nodes = OperationLimits.Checked(
            await _options.Locate(session, items, cancellationToken).ConfigureAwait(false), items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            items[i].Found(nodes[i]);
        }
    }

    /// <summary>Tells the server of those items whose nodes are known.</summary>
    private static async Task CreateItemsAsync(
        Standing standing, UaMonitoredItem[] items, CancellationToken cancellationToken)
    {
        var session = standing.Session;
        UaMonitoredItem[] known = [.. items.Where(item => item.IsToBeCreated)];
        var results = await OperationLimits.SplitAsync(known, session.Limits.MonitoredItems, async part =>
            (await session.SendAsync<CreateMonitoredItemsResponse>(
                new CreateMonitoredItemsRequest
                {
                    SubscriptionId = standing.Revised.SubscriptionId,
                    TimestampsToReturn = TimestampsToReturn.Both,
                    ItemsToCreate = Array.ConvertAll(
                        part, item => item.ToRequest(standing.Lifetime, standing.PublishingInterval)),
                },
                cancellationToken).ConfigureAwait(false)).Results).ConfigureAwait(false);
        for (var i = 0; i < known.Length; i++)
        {
            known[i].Created(results[i]);
        }
    }

    /// <summary>Hands the items on as values that are bad for the reason for which they are not watched.</summary>
    private void Report(IEnumerable<UaMonitoredItem> refused)
    {
        DataChange[] changes = [.. refused.Select(i => new DataChange(i, new DataValue(Variant.Null, i.Status)))];
        if (changes.Length > 0)
        {
            Hand(changes);
        }
    }
}
