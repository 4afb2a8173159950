using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// How a client gets back what it had, step by step: a new channel; the old session on it; where that is gone, a new
/// session; in it the old subscriptions with what they kept; where they are gone, new ones, with the gap told. It has
/// no last attempt. Used by one loop.
/// </summary>
internal sealed class ReconnectLadder(UaClientOptions options, PublishPipeline publishing, TimeProvider time)
{
    /// <summary>How long a session that is given up may take for its farewell.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    /// <summary>The newest session that the server has made; it may not be finished.</summary>
    private UaSession? _session;
    private bool _isReady;

    /// <summary>Opens the first session, in one attempt.</summary>
    /// <exception cref="UaException">It failed; the message says how.</exception>
    public Task<ClientLink> OpenAsync(CancellationToken cancellationToken) =>
        AttemptAsync(options.ConnectTimeout, cancellationToken);

    /// <summary>Tries until a link stands.</summary>
    /// <param name="failed">Called with each failure.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ClientLink> ClimbAsync(Action<Exception> failed, CancellationToken cancellationToken)
    {
        var pause = options.FirstRetry;
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                return await AttemptAsync(options.ReachTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failed(failure);
            }

            // An attempt that has used up its time-out was a pause already.
            var rest = pause - time.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
            }

            pause = pause * 2 < options.LongestRetry ? pause * 2 : options.LongestRetry;
        }
    }

    private async Task<ClientLink> AttemptAsync(TimeSpan reachTimeout, CancellationToken cancellationToken)
    {
        var channel = await RequestChannel.ConnectAsync(options, reachTimeout, time, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var session = await SessionOnAsync(channel, cancellationToken).ConfigureAwait(false);
            await publishing.RestoreAsync(session, cancellationToken).ConfigureAwait(false);
            return new ClientLink(session, channel);
        }
        catch (Exception failure)
        {
            if (_session is { } session)
            {
                session.IsGone |= failure is UaException { Status: var status } && SessionLoss.IsOfTheSession(status);
                if (cancellationToken.IsCancellationRequested)
                {
                    await CloseAsync(session).ConfigureAwait(false);
                }

                session.Leave(channel);
            }

            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The session, active on the channel: the one there was, or where the server will not have that any more
    /// a new one.</summary>
    private async Task<UaSession> SessionOnAsync(RequestChannel channel, CancellationToken cancellationToken)
    {
        if (_session is not { IsGone: false } session
            || !await IsReactivatedAsync(session, channel, cancellationToken).ConfigureAwait(false))
        {
            var number = (_session?.Number ?? 0) + 1;
            session = await SessionOpening.CreateAsync(channel, options, number, cancellationToken)
                .ConfigureAwait(false);
            (_session, _isReady) = (session, false);
            await SessionOpening.ActivateAsync(session, channel, options, cancellationToken).ConfigureAwait(false);
        }

        if (!_isReady)
        {
            session.Facts = await SessionOpening.ReadFactsAsync(session, options, cancellationToken)
                .ConfigureAwait(false);
            _isReady = true;
        }

        return session;
    }

    private async Task<bool> IsReactivatedAsync(
        UaSession session, RequestChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await SessionOpening.ActivateAsync(session, channel, options, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (UaException refused) when (refused.Status.WithoutInfoBits != StatusCodes.BadConnectionClosed
            && refused.Status.WithoutInfoBits != StatusCodes.BadTimeout)
        {
            // Whatever the reason is, the server will not have it on this channel, and there is no other.
            session.IsGone = true;
            return false;
        }
    }

    /// <summary>Leaves no session behind that nobody will use.</summary>
    private static async Task CloseAsync(UaSession session)
    {
        try
        {
            await session.SendAsync<CloseSessionResponse>(
                new CloseSessionRequest { DeleteSubscriptions = true }, LongestFarewell, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (UaException)
        {
            // Its time-out ends it.
        }
    }
}
