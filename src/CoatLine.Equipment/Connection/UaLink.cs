using System.Threading.Channels;
using CoatLine.Domain.Execution;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// Gets a client connected, trying for ever with pauses that double up to a bound; from then on the client itself comes
/// back after every loss. Thread-safe.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="prepare">Called with the client whenever a session stands, before anybody gets it.</param>
/// <param name="networkTime">Clock of pauses and time-outs.</param>
/// <param name="logger">Log.</param>
internal sealed partial class UaLink(
    UaLineConnectionOptions options,
    Func<UaClient, CancellationToken, Task> prepare,
    TimeProvider networkTime,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>States that may wait to be told; of more only the newest count.</summary>
    private const int MostStates = 16;

    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private TaskCompletionSource<LineSession> session = NewSession();
    private LinkState state = new(false, 0, "not connected yet");
    private LineSession? newest;
    private Task? loop;

    /// <summary>The state changed; called by one thread at a time.</summary>
    public event Action<LinkState>? StateChanged;

    /// <summary>Reports are lost for good.</summary>
    public event Action<LinkGap>? GapFound;

    public LinkState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Begins, and waits for the outcome of the first attempt; later for a session, within a bound.</summary>
    /// <exception cref="LineUnreachableException">It failed; the attempts go on.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            loop ??= Task.Run(RunAsync, CancellationToken.None);
        }

        if (firstAttempt.Task.IsCompleted)
        {
            await InSessionAsync(static s => Task.FromResult(s), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await firstAttempt.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a call in the session, for which it waits within a bound.</summary>
    /// <exception cref="LineUnreachableException">There was no session in time, or the call failed.</exception>
    public async Task<T> InSessionAsync<T>(Func<LineSession, Task<T>> call, CancellationToken cancellationToken)
    {
        Task<LineSession> next;
        lock (gate)
        {
            next = session.Task;
        }

        try
        {
            LineSession current = next.IsCompletedSuccessfully
                ? next.Result
                : await next
                    .WaitAsync(options.OperationTimeout, networkTime, cancellationToken).ConfigureAwait(false);
            return await call(current).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new LineUnreachableException($"{options.EndpointUrl} is not connected: {State.Why}", e);
        }
        catch (UaException e)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>What a failure of the stack is to the line.</summary>
    public LineUnreachableException Unreachable(UaException e) => new($"{options.EndpointUrl}: {e.Message}", e);

    /// <summary>Closes the session and stops connecting; whoever waits is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        if (loop is not null)
        {
            await loop.ConfigureAwait(false);
        }

        firstAttempt.TrySetCanceled();
        session.TrySetCanceled();
        stopping.Dispose();
    }

    private static TaskCompletionSource<LineSession> NewSession() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        try
        {
            await using UaClient client = await FirstClientAsync().ConfigureAwait(false);
            await FollowAsync(client).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A session that was closed on purpose is not a lost one: there is nothing to warn of.
            Enter(new LinkState(false, State.Session, "the connection was closed"), RenewSession);
        }
    }

    private async Task<UaClient> FirstClientAsync()
    {
        TimeSpan pause = options.FirstRetry;
        while (true)
        {
            try
            {
                return await UaClient
                    .ConnectAsync(options.ToClientOptions(), networkTime, stopping.Token).ConfigureAwait(false);
            }
            catch (UaException e)
            {
                Enter(new LinkState(false, 0, e.Message), RenewSession);
                firstAttempt.TrySetException(Unreachable(e));
                LogRetry(options.EndpointUrl, pause, e.Message);
            }

            await Task.Delay(pause, networkTime, stopping.Token).ConfigureAwait(false);
            pause = pause * 2 < options.LongestRetry ? pause * 2 : options.LongestRetry;
        }
    }

    /// <summary>Tells what becomes of the client's link, until it is cancelled.</summary>
    private async Task FollowAsync(UaClient client)
    {
        var states = Channel.CreateBounded<UaClientState>(
            new BoundedChannelOptions(MostStates) { FullMode = BoundedChannelFullMode.DropOldest });
        states.Writer.TryWrite(client.State);
        client.StateChanged += state => states.Writer.TryWrite(state);
        client.GapFound += gap =>
        {
            LogGap(options.EndpointUrl, gap.From, gap.To, gap.LostMessages, gap.Why);
            GapFound?.Invoke(new LinkGap(gap.From, gap.To, gap.LostMessages, gap.Why));
        };
        client.Troubled += trouble => LogTrouble(options.EndpointUrl, trouble.Message);
        bool isPrepared = true;
        while (true)
        {
            // Without a new state the preparing is tried again: nobody must wait in vain for a report.
            TimeSpan pause = isPrepared ? Timeout.InfiniteTimeSpan : options.LongestRetry;
            UaClientState now = await NextAsync(states.Reader, pause).ConfigureAwait(false) ?? client.State;
            if (!now.IsUp)
            {
                Down(now);
                isPrepared = true;
            }
            else if (client.Session is { } standing && standing.Number == now.SessionNumber)
            {
                isPrepared = await IsPreparedAsync(client).ConfigureAwait(false);
                Up(standing);
            }
        }
    }

    private async Task<UaClientState?> NextAsync(ChannelReader<UaClientState> states, TimeSpan atMost)
    {
        try
        {
            await states.WaitToReadAsync(stopping.Token).AsTask()
                .WaitAsync(atMost, networkTime, stopping.Token).ConfigureAwait(false);
            return states.TryRead(out UaClientState state) ? state : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<bool> IsPreparedAsync(UaClient client)
    {
        try
        {
            await prepare(client, stopping.Token).ConfigureAwait(false);
            return true;
        }
        catch (UaException e)
        {
            LogTrouble(options.EndpointUrl, e.Message);
            return false;
        }
    }

    private void Up(UaSession standing)
    {
        if (State.IsUp && newest?.Session == standing)
        {
            return;
        }

        newest = newest?.Session == standing ? newest : new LineSession(standing);
        LogUp(standing.Number, options.EndpointUrl);
        Enter(new LinkState(true, standing.Number, string.Empty), () =>
        {
            RenewSession();
            session.TrySetResult(newest);
        });
        firstAttempt.TrySetResult();
    }

    private void Down(UaClientState now)
    {
        if (State.IsUp)
        {
            LogLost(now.SessionNumber, options.EndpointUrl, now.Why);
        }

        Enter(new LinkState(false, now.SessionNumber, now.Why), RenewSession);
    }

    private void RenewSession() => session = session.Task.IsCompleted ? NewSession() : session;

    private void Enter(LinkState next, Action change)
    {
        lock (gate)
        {
            state = next;
            change();
        }

        StateChanged?.Invoke(next);
    }
}
