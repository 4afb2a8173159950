using CoatLine.Domain.Execution;
using CoatLine.OpcUa;
using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// Keeps one session with a server: opens it, has it made ready, and when it is lost opens the next one, for ever, with
/// pauses that double up to a bound. Thread-safe.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="prepare">Makes a new session ready before anybody gets it; a UaException gives it up.</param>
/// <param name="networkTime">Clock of pauses and time-outs.</param>
/// <param name="logger">Log.</param>
internal sealed partial class UaLink(
    UaLineConnectionOptions options,
    Func<UaSession, CancellationToken, Task> prepare,
    TimeProvider networkTime,
    ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private TaskCompletionSource<UaSession> session = NewSession();
    private LinkState state = new(false, 0, "not connected yet");
    private Task? loop;

    /// <summary>The state changed; called by one thread at a time.</summary>
    public event Action<LinkState>? StateChanged;

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
    public async Task<T> InSessionAsync<T>(Func<UaSession, Task<T>> call, CancellationToken cancellationToken)
    {
        Task<UaSession> next;
        lock (gate)
        {
            next = session.Task;
        }

        try
        {
            UaSession current = next.IsCompletedSuccessfully
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

    private static TaskCompletionSource<UaSession> NewSession() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        TimeSpan pause = options.FirstRetry;
        long number = 1;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using UaSession next = await UaSession
                    .OpenAsync(options, number, networkTime, stopping.Token).ConfigureAwait(false);
                await prepare(next, stopping.Token).ConfigureAwait(false);
                pause = options.FirstRetry;
                Up(next);
                await next.Completion.WaitAsync(stopping.Token).ConfigureAwait(false);
                Down(number++, next.Fault);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // A session that was closed on purpose is not a lost one: there is nothing to warn of.
                Enter(new LinkState(false, State.Session, "the connection was closed"), RenewSession);
                return;
            }
            catch (UaException e)
            {
                Down(number - 1, e.Message);
                firstAttempt.TrySetException(Unreachable(e));
                LogRetry(options.EndpointUrl, pause, e.Message);
            }

            pause = await PauseAsync(pause).ConfigureAwait(false);
        }
    }

    /// <summary>Waits, and gives the pause after this one.</summary>
    private async Task<TimeSpan> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, networkTime, stopping.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return pause * 2 < options.LongestRetry ? pause * 2 : options.LongestRetry;
    }

    private void Up(UaSession next)
    {
        LogUp(next.Number, options.EndpointUrl);
        Enter(new LinkState(true, next.Number, string.Empty), () => session.TrySetResult(next));
        firstAttempt.TrySetResult();
    }

    private void Down(long number, string why)
    {
        if (State.IsUp)
        {
            LogLost(number, options.EndpointUrl, why);
        }

        Enter(new LinkState(false, number, why), RenewSession);
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
