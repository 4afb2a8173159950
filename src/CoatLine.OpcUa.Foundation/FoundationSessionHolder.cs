using CoatLine.Equipment.Connection;
using Ua = Opc.Ua;
using UaClient = Opc.Ua.Client;

namespace CoatLine.OpcUa.Foundation;

/// <summary>The session that stands, which changes when the reconnect handler had to open another one.</summary>
internal sealed class FoundationSessionHolder(
    UaClient.ISession inner, long number, Ua.ITelemetryContext telemetry) : IAsyncDisposable
{
    public FoundationSession Session { get; private set; } = new(inner, number);

    /// <summary>Has the stack bring the session back, or open another one; tries for ever.</summary>
    public async Task ReconnectAsync(
        UaLineConnectionOptions options,
        UaClient.KeepAliveEventHandler keepAlive,
        CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new UaClient.SessionReconnectHandler(
            telemetry, reconnectAbort: false, (int)options.LongestRetry.TotalMilliseconds);
        handler.BeginReconnect(
            Session.Inner, (int)options.FirstRetry.TotalMilliseconds, (_, _) => done.TrySetResult());
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (handler.Session is { } next && !ReferenceEquals(next, Session.Inner))
        {
            UaClient.ISession last = Session.Inner;
            last.KeepAlive -= keepAlive;
            next.KeepAlive -= keepAlive;
            next.KeepAlive += keepAlive;
            Session = new FoundationSession(next, Session.Number + 1);
            last.Dispose();
        }
    }

    /// <summary>Closes the session, as far as the server can be reached.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Session.Inner.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Ua.ServiceResultException)
        {
            // The server closes it by itself when its time is over.
        }

        Session.Inner.Dispose();
    }
}
