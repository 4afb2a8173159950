using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// What becomes of the subscriptions when the link, the session or one of them was lost.
internal sealed partial class PublishPipeline
{
    /// <summary>
    /// Looks after the subscriptions in a session that was just activated, behind everything that has arrived before,
    /// and then goes on publishing.
    /// </summary>
    /// <exception cref="UaException">The link or the session was lost once more.</exception>
    public async Task RestoreAsync(UaSession session, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _steps.Writer.WriteAsync(new Step(null, Restore), cancellationToken).ConfigureAwait(false);
        await done.Task.ConfigureAwait(false);

        async Task Restore()
        {
            try
            {
                await CatchUpAsync(session, cancellationToken).ConfigureAwait(false);
                await MoveAsync(session, cancellationToken).ConfigureAwait(false);
                await RecreateAsync(session, cancellationToken).ConfigureAwait(false);
                GoOnIn(session);
                done.TrySetResult();
            }
            catch (Exception failure)
            {
                done.TrySetException(failure);
            }
        }
    }

    /// <summary>Those that wait in this session with what they sent in vain.</summary>
    private async Task CatchUpAsync(UaSession session, CancellationToken cancellationToken)
    {
        foreach (var subscription in Alive().Where(subscription => subscription.Session == session))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CatchUpAsync(subscription, session, []).ConfigureAwait(false);
        }
    }

    private async Task CatchUpAsync(UaSubscription subscription, UaSession session, uint[] available)
    {
        try
        {
            await subscription.CatchUpAsync(session, available).ConfigureAwait(false);
        }
        catch (UaException gone) when (!SessionLoss.IsOfTheLink(gone.Status)
            && !SessionLoss.IsOfTheSession(gone.Status))
        {
            Lose(subscription, $"The server does not have subscription {subscription.Id} any more: {gone.Status}");
        }
    }

    /// <summary>Takes over what an older session has left, as far as the server does that (OPC 10000-4 §5.14.7).
    /// </summary>
    private async Task MoveAsync(UaSession session, CancellationToken cancellationToken)
    {
        var left = Alive().Where(subscription => subscription.Session != session).ToArray();
        var kept = Array.FindAll(left, subscription => IsSameServer(subscription.Session!, session));

        // A server that was restarted may by now have given the same number to somebody else's subscription.
        foreach (var subscription in left.Except(kept))
        {
            Lose(subscription, "The server was restarted");
        }

        if (kept.Length == 0)
        {
            return;
        }

        var results = await TransferAsync(session, kept, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < kept.Length; i++)
        {
            var status = results[i].StatusCode;
            if (status.IsBad)
            {
                Lose(kept[i], $"The session was lost, and subscription {kept[i].Id} cannot be had back: {status}");
            }
            else
            {
                kept[i].MoveTo(session);
                await CatchUpAsync(kept[i], session, results[i].AvailableSequenceNumbers).ConfigureAwait(false);
            }
        }
    }

    private static bool IsSameServer(UaSession before, UaSession now) =>
        before.Facts.StartTime is null || now.Facts.StartTime is null || before.Facts.StartTime == now.Facts.StartTime;

    private static async Task<TransferResult[]> TransferAsync(
        UaSession session, UaSubscription[] subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            return await OperationLimits.SplitAsync(
                Array.ConvertAll(subscriptions, subscription => subscription.Id),
                session.Limits.Subscriptions,
                async part => (await session.SendAsync<TransferSubscriptionsResponse>(
                    new TransferSubscriptionsRequest { SubscriptionIds = part }, cancellationToken)
                    .ConfigureAwait(false)).Results).ConfigureAwait(false);
        }
        catch (UaException refused) when (!SessionLoss.IsOfTheLink(refused.Status)
            && !SessionLoss.IsOfTheSession(refused.Status))
        {
            // Many controllers do not have the service at all.
            return Array.ConvertAll(subscriptions, _ => new TransferResult { StatusCode = refused.Status });
        }
    }

    /// <summary>Makes the lost ones anew. One that the server refuses stays lost and does not keep the others.
    /// </summary>
    private async Task RecreateAsync(UaSession session, CancellationToken cancellationToken)
    {
        UaSubscription[] lost;
        lock (_gate)
        {
            lost = [.. _held.Except(_alive.Values)];
        }

        foreach (var subscription in lost)
        {
            try
            {
                await subscription.RecreateAsync(session, cancellationToken).ConfigureAwait(false);
                Revive(subscription);
            }
            catch (UaException refused) when (!SessionLoss.IsOfTheLink(refused.Status)
                && !SessionLoss.IsOfTheSession(refused.Status))
            {
                _client.Report(refused);
            }
        }
    }

    private void GoOnIn(UaSession session)
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            (_session, _most, _isPaused) = (session, MostOutstanding, false);
            foreach (var subscription in _alive.Values)
            {
                // The time without a link was no silence of theirs.
                subscription.LastMessage = now;
            }
        }
    }

    private void Revive(UaSubscription subscription)
    {
        subscription.RevivedAt = subscription.LastMessage = _time.GetTimestamp();
        lock (_gate)
        {
            // It may have been disposed of meanwhile.
            if (_held.Contains(subscription))
            {
                _alive[subscription.Id] = subscription;
                _additions++;
            }
        }
    }

    private UaSubscription[] Alive()
    {
        lock (_gate)
        {
            return [.. _alive.Values];
        }
    }
}
