namespace CoatLine.OpcUa.Client;

// What is done about a subscription that the server has lost while the link stands.
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
}
