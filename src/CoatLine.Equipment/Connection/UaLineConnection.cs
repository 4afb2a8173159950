using CoatLine.Domain.Execution;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// The line connection over the client of CoatLine.OpcUa. One session at a time; when it is lost, the next one is tried
/// for ever, with pauses that double up to a bound. Thread-safe.
/// </summary>
public sealed partial class UaLineConnection : ILineConnection
{
    private readonly UaLineConnectionOptions options;
    private readonly TimeProvider networkTime;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim subscribing = new(1, 1);
    private readonly List<UaLineSubscription> subscriptions = [];
    private TaskCompletionSource<UaSession> session = NewSession();
    private LinkState state = new(false, 0, "not connected yet");
    private Task? loop;

    /// <summary>Sets the connection up; nothing is sent before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="networkTime">Clock of pauses and time-outs: real time, not line time.</param>
    /// <param name="logger">Log.</param>
    public UaLineConnection(
        UaLineConnectionOptions options, TimeProvider networkTime, ILogger<UaLineConnection> logger)
    {
        this.options = options;
        this.networkTime = networkTime;
        this.logger = logger;
    }

    /// <inheritdoc/>
    public event Action<LinkState>? StateChanged;

    /// <inheritdoc/>
    public string EndpointUrl => options.EndpointUrl;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public Task<StatusCode[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken) => InSessionAsync(
            async s => Array.ConvertAll(
                await s.ResolveAsync(addresses, cancellationToken).ConfigureAwait(false), static r => r.Status),
            cancellationToken);

    /// <inheritdoc/>
    public Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken) =>
        InSessionAsync(s => s.ReadAsync(reads, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken) =>
        InSessionAsync(s => s.WriteAsync(writes, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken) =>
        InSessionAsync(s => s.CallAsync(target, method, inputs, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<TagAddress> addresses,
        TimeSpan interval,
        Action<IReadOnlyList<TagChange>> handler,
        CancellationToken cancellationToken)
    {
        var subscription = new UaLineSubscription(addresses, interval, handler, RemoveAsync);
        await subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Without a session it is made with the next one.
            subscriptions.Add(subscription);
            if (Standing() is { } standing)
            {
                await subscription.CreateAsync(standing, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (UaException e)
        {
            subscriptions.Remove(subscription);
            throw Unreachable(e);
        }
        finally
        {
            subscribing.Release();
        }

        return subscription;
    }

    /// <summary>Closes the session and stops connecting.</summary>
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
        subscribing.Dispose();
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
                await ResubscribeAsync(next).ConfigureAwait(false);
                pause = options.FirstRetry;
                Up(next);
                await next.Completion.WaitAsync(stopping.Token).ConfigureAwait(false);
                Down(number++, next.Fault);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                Down(number, "the connection was closed");
                return;
            }
            catch (UaException e)
            {
                Down(number - 1, e.Message);
                firstAttempt.TrySetException(Unreachable(e));
                LogRetry(EndpointUrl, pause, e.Message);
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

    private async Task ResubscribeAsync(UaSession next)
    {
        await subscribing.WaitAsync(stopping.Token).ConfigureAwait(false);
        try
        {
            foreach (UaLineSubscription subscription in subscriptions)
            {
                await subscription.CreateAsync(next, stopping.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            subscribing.Release();
        }
    }

    private void Up(UaSession next)
    {
        LogUp(next.Number, EndpointUrl);
        Enter(new LinkState(true, next.Number, string.Empty), () => session.TrySetResult(next));
        firstAttempt.TrySetResult();
    }

    private void Down(long number, string why)
    {
        if (State.IsUp)
        {
            LogLost(number, EndpointUrl, why);
        }

        Enter(new LinkState(false, number, why), () => session = session.Task.IsCompleted ? NewSession() : session);
    }

    private void Enter(LinkState next, Action change)
    {
        lock (gate)
        {
            state = next;
            change();
        }

        StateChanged?.Invoke(next);
    }

    private UaSession? Standing()
    {
        lock (gate)
        {
            return session.Task.IsCompletedSuccessfully ? session.Task.Result : null;
        }
    }

    private async Task<T> InSessionAsync<T>(Func<UaSession, Task<T>> call, CancellationToken cancellationToken)
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
            throw new LineUnreachableException($"{EndpointUrl} is not connected: {State.Why}", e);
        }
        catch (UaException e)
        {
            throw Unreachable(e);
        }
    }

    private async ValueTask RemoveAsync(UaLineSubscription subscription)
    {
        await subscribing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            subscriptions.Remove(subscription);
        }
        finally
        {
            subscribing.Release();
        }
    }

    private LineUnreachableException Unreachable(UaException e) => new($"{EndpointUrl}: {e.Message}", e);
}
