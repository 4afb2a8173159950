using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// The loop that keeps a link, and climbs the ladder when it is lost.
public sealed partial class UaClient
{
    /// <summary>A session outlives this many keep-alive reads, so that one lost answer does not end it.</summary>
    private const int KeepAlivesPerSessionTimeout = 3;

    private async Task KeepAsync(ClientLink link)
    {
        try
        {
            while (true)
            {
                await HoldAsync(link).ConfigureAwait(false);
                _publishing.Suspend();
                StateChanged?.Invoke(State);

                // Its farewell may take a while on a link that is dead, and nobody has to wait for it.
                _ = link.DisposeAsync().AsTask();
                link = await _ladder
                    .ClimbAsync(failure => _lastFailure = failure.Message, _closing.Token).ConfigureAwait(false);
                (_link, _lastFailure) = (link, null);
                StateChanged?.Invoke(State);
            }
        }
        catch (OperationCanceledException)
        {
            // The client is being closed.
        }
    }

    /// <summary>Looks after a link until it is lost.</summary>
    private async Task HoldAsync(ClientLink link)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var asking = AskAsync(link, held.Token);
        try
        {
            await link.Lost.WaitAsync(_closing.Token).ConfigureAwait(false);
        }
        finally
        {
            await held.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks for the server's state when nothing has come for a while.</summary>
    private async Task AskAsync(ClientLink link, CancellationToken cancellationToken)
    {
        var most = link.Session.Timeout / KeepAlivesPerSessionTimeout;
        var interval = most > TimeSpan.Zero && most < _options.KeepAliveInterval ? most : _options.KeepAliveInterval;
        var question = new ReadRequest
        {
            TimestampsToReturn = TimestampsToReturn.Neither,
            NodesToRead = [ReadValueId.Of(VariableIds.Server_ServerStatus_State)],
        };
        using var timer = new PeriodicTimer(interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            _publishing.LookAfter();
            if (link.Channel.SinceLastAnswer < interval / 2)
            {
                continue;
            }

            try
            {
                await link.Session.SendAsync<ReadResponse>(question, _options.KeepAliveTimeout, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (UaException silence) when (silence.Status == StatusCodes.BadTimeout
                && link.Channel.SinceLastAnswer >= _options.KeepAliveTimeout)
            {
                link.Lose(new UaException(
                    StatusCodes.BadTimeout, $"{EndpointUrl} does not answer any more", silence));
            }
            catch (UaException)
            {
                // Any refusal is an answer all the same: the link stands.
            }
        }
    }
}
