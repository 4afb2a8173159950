namespace CoatLine.OpcUa.Client;

/// <summary>A session on a channel, until either is lost. Thread safe.</summary>
internal sealed class ClientLink : IAsyncDisposable
{
    private readonly TaskCompletionSource<UaException> _lost =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClientLink(UaSession session, RequestChannel channel)
    {
        Session = session;
        Channel = channel;
        channel.SessionLost += LoseSession;
        _ = EndWithChannelAsync();
    }

    public UaSession Session { get; }

    public RequestChannel Channel { get; }

    /// <summary>Ends when the link is lost, with the reason.</summary>
    public Task<UaException> Lost => _lost.Task;

    /// <summary>The link is of no use any more: what is under way fails, and nothing new is sent. Only the first time
    /// counts.</summary>
    public void Lose(UaException reason)
    {
        if (_lost.TrySetResult(reason))
        {
            Session.Leave(Channel);
            Channel.End(reason);
        }
    }

    public ValueTask DisposeAsync()
    {
        Lose(new UaException(StatusCodes.BadConnectionClosed, "The client was closed"));
        return Channel.DisposeAsync();
    }

    private void LoseSession(UaException reason)
    {
        Session.IsGone |= SessionLoss.IsOfTheSession(reason.Status);
        Lose(reason);
    }

    private async Task EndWithChannelAsync()
    {
        try
        {
            await Channel.Completion.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var words = $"The connection to {Session.EndpointUrl} was lost: {failure.Message}";
            Lose(new UaException(StatusCodes.BadConnectionClosed, words, failure));
        }
    }
}
