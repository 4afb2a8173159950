using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// What becomes of the subscriptions when the link, the session or one of them was lost.
internal sealed partial class PublishPipeline
{
    /// <summary>A subscription may be silent for this many keep-alives before the server is asked whether it still has
    /// it.</summary>
    private const int KeepAlivesUntilAsked = 2;

    /// <summary>After this many it counts as lost, whatever the server says.</summary>
    private const int KeepAlivesUntilLost = 3;

    /// <summary>On top of a keep-alive, for the way and for a busy server.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(1);

    /// <summary>How often items that the server refused are tried again.</summary>
    private static readonly TimeSpan ItemRetryInterval = TimeSpan.FromSeconds(10);

    /// <summary>A subscription that was lost sooner after it had been made has to wait for the next one.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    private long _itemsTried;
    private int _isRepairing;

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

    /// <summary>The server has lost a subscription: it is made anew as soon as can be.</summary>
    public void Lose(UaSubscription subscription, string why)
    {
        lock (_gate)
        {
            if (!Forget(subscription))
            {
                return;
            }
        }

        subscription.Lose(why);

        // One that is lost over and over is made anew at the pace at which subscriptions are looked after.
        if (_time.GetElapsedTime(subscription.RevivedAt) > ShortestLife)
        {
            Repair();
        }
    }

    /// <summary>Called now and then while a link stands: asks after those that are silent for too long, and tries again
    /// what the server has refused.</summary>
    public void LookAfter()
    {
        var now = _time.GetTimestamp();
        UaSubscription[] alive;
        bool isToRepair;
        lock (_gate)
        {
            alive = [.. _alive.Values];
            isToRepair = _held.Count > alive.Length;
        }

        isToRepair |= alive.Any(subscription => Silence(subscription, now) > AskedAfter(subscription));
        if (_time.GetElapsedTime(_itemsTried, now) > ItemRetryInterval)
        {
            isToRepair |= alive.Any(subscription => subscription.HasRefusedItems);
        }

        if (isToRepair)
        {
            Repair();
        }
    }

    private static TimeSpan AskedAfter(UaSubscription subscription) =>
        (subscription.KeepAliveInterval * KeepAlivesUntilAsked) + Allowance;

    private TimeSpan LostAfter(UaSubscription subscription) =>
        (subscription.KeepAliveInterval * KeepAlivesUntilLost) + _client.Options.OperationTimeout;

    private TimeSpan Silence(UaSubscription subscription, long now) =>
        _time.GetElapsedTime(subscription.LastMessage, now);

    private void Repair()
    {
        if (Interlocked.Exchange(ref _isRepairing, 1) == 0 && !_steps.Writer.TryWrite(new Step(null, RepairAsync)))
        {
            Volatile.Write(ref _isRepairing, 0);
        }
    }

    private async Task RepairAsync()
    {
        Volatile.Write(ref _isRepairing, 0);
        UaSession? session;
        UaSubscription[] alive;
        lock (_gate)
        {
            session = _session;
            alive = [.. _alive.Values];
        }

        if (session is null)
        {
            // The next link looks after everything.
            return;
        }

        try
        {
            await AskAfterSilentAsync(session, alive).ConfigureAwait(false);
            await RecreateAsync(session, CancellationToken.None).ConfigureAwait(false);
            await RetryItemsAsync(alive).ConfigureAwait(false);
        }
        catch (UaException failure)
        {
            // Tried again when the subscriptions are looked after next.
            _client.Report(failure);
        }
    }

    private async Task AskAfterSilentAsync(UaSession session, UaSubscription[] alive)
    {
        foreach (var subscription in alive)
        {
            var silence = Silence(subscription, _time.GetTimestamp());
            if (silence > LostAfter(subscription))
            {
                Lose(subscription, $"Subscription {subscription.Id} has been silent for {silence.TotalSeconds:0.#} s");
            }
            else if (silence > AskedAfter(subscription))
            {
                await CatchUpAsync(subscription, session, []).ConfigureAwait(false);
            }
        }
    }

    private async Task RetryItemsAsync(UaSubscription[] alive)
    {
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_itemsTried, now) > ItemRetryInterval)
        {
            _itemsTried = now;
            foreach (var subscription in alive.Where(subscription => subscription.HasRefusedItems))
            {
                await subscription.RetryItemsAsync(CancellationToken.None).ConfigureAwait(false);
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
