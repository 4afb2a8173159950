using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using Microsoft.Extensions.Logging;
using Ua = Opc.Ua;
using UaClient = Opc.Ua.Client;

namespace CoatLine.OpcUa.Foundation;

/// <summary>
/// Keeps a session: opens it, has the stack's reconnect handler bring it back when it is lost, and has its
/// subscriptions made whole before anybody gets it. Thread-safe.
/// </summary>
internal sealed partial class FoundationLink : IAsyncDisposable
{
    private readonly UaLineConnectionOptions options;
    private readonly Func<FoundationSession, CancellationToken, Task> restore;
    private readonly TimeProvider networkTime;
    private readonly FoundationApplication application;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private Task? loop;
    private TaskCompletionSource<FoundationSession> session = NewSession();
    private TaskCompletionSource<string> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LinkState state = new(false, 0, "not connected yet");

    public FoundationLink(
        UaLineConnectionOptions options,
        Func<FoundationSession, CancellationToken, Task> restore,
        TimeProvider networkTime,
        ILoggerFactory loggers)
    {
        this.options = options;
        this.restore = restore;
        this.networkTime = networkTime;
        application = new FoundationApplication(options, loggers);
        logger = loggers.CreateLogger<FoundationLineConnection>();
    }

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

    /// <summary>Begins to connect; ends with the first attempt.</summary>
    /// <exception cref="LineUnreachableException">The first attempt failed.</exception>
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
    public async Task<T> InSessionAsync<T>(
        Func<FoundationSession, Task<T>> call, CancellationToken cancellationToken)
    {
        Task<FoundationSession> next;
        lock (gate)
        {
            next = session.Task;
        }

        try
        {
            FoundationSession current = await next
                .WaitAsync(options.OperationTimeout, networkTime, cancellationToken).ConfigureAwait(false);
            return await call(current).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new LineUnreachableException($"{options.EndpointUrl} is not connected: {State.Why}", e);
        }
        catch (Ua.ServiceResultException e)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>What a failure of the stack is to the line.</summary>
    public LineUnreachableException Unreachable(Exception e) => new($"{options.EndpointUrl}: {e.Message}", e);

    /// <summary>Something in the session failed that a sound session does not fail at: it is brought back.</summary>
    public void Distrust(string why) => Volatile.Read(ref lost).TrySetResult(why);

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

    private static TaskCompletionSource<FoundationSession> NewSession() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        TimeSpan pause = options.FirstRetry;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using FoundationSessionHolder holder = await OpenAsync().ConfigureAwait(false);
                while (true)
                {
                    Volatile.Write(ref lost, new(TaskCreationOptions.RunContinuationsAsynchronously));
                    await restore(holder.Session, stopping.Token).ConfigureAwait(false);
                    pause = options.FirstRetry;
                    Up(holder.Session);
                    Down(await lost.Task.WaitAsync(stopping.Token).ConfigureAwait(false));
                    await holder.ReconnectAsync(options, KeepAlive, stopping.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                Enter(new LinkState(false, State.Session, "the connection was closed"), RenewSession);
                return;
            }
            catch (Exception e)
            {
                // Whatever the stack throws, the loop goes on: a plant must not stand still for it.
                Down(e.Message);
                firstAttempt.TrySetException(Unreachable(e));
                LogRetry(options.EndpointUrl, pause, e.Message);
            }

            pause = await PauseAsync(pause).ConfigureAwait(false);
        }
    }

    private async Task<FoundationSessionHolder> OpenAsync()
    {
        UaClient.ISession inner = await application.OpenAsync(stopping.Token).ConfigureAwait(false);
        inner.KeepAlive += KeepAlive;
        return new FoundationSessionHolder(inner, State.Session + 1, application.Telemetry);
    }

    private void KeepAlive(UaClient.ISession sender, UaClient.KeepAliveEventArgs e)
    {
        if (e.Status is { } status && Ua.ServiceResult.IsNotGood(status))
        {
            e.CancelKeepAlive = true;
            Distrust($"no answer: {status.StatusCode}");
        }
    }

    /// <summary>Waits, and gives the pause after this one.</summary>
    private async Task<TimeSpan> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, networkTime, stopping.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return pause * 2 < options.LongestRetry ? pause * 2 : options.LongestRetry;
    }

    private void Up(FoundationSession next)
    {
        LogUp(next.Number, options.EndpointUrl);
        Enter(new LinkState(true, next.Number, string.Empty), () => session.TrySetResult(next));
        firstAttempt.TrySetResult();
    }

    private void Down(string why)
    {
        if (State.IsUp)
        {
            LogLost(State.Session, options.EndpointUrl, why);
        }

        Enter(new LinkState(false, State.Session, why), RenewSession);
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
