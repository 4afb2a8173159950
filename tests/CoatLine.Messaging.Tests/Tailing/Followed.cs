using CoatLine.Messaging.Tailing;

namespace CoatLine.Messaging.Tests.Tailing;

/// <summary>A tail that runs beside a test, and what it has shown.</summary>
internal sealed class Followed : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _turn = new();
    private readonly List<TailedEvent> _events = [];
    private readonly List<string> _remarks = [];
    private readonly Task _running;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Followed(Rig rig, string? line, long? from)
    {
        var tail = new EventTail(rig.Options(), line, from, TimeProvider.System);
        _running = Task.Run(() => tail.RunAsync(Take, Take, _end.Token));
    }

    public IReadOnlyList<TailedEvent> Events => Read(_events);

    public IReadOnlyList<string> Remarks => Read(_remarks);

    public IEnumerable<long> Numbers(string line) => Events.Where(e => e.Line == line).Select(static e => e.Seq);

    public Task UntilAsync(int count) => UntilAsync(() => _events.Count >= count);

    public Task UntilRemarkAsync(string part) =>
        UntilAsync(() => _remarks.Exists(r => r.Contains(part, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(Rig.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task UntilAsync(Func<bool> reached)
    {
        using var bound = new CancellationTokenSource(Rig.Patience);
        while (true)
        {
            Task changed;
            lock (_turn)
            {
                if (reached())
                {
                    return;
                }

                changed = _changed.Task;
            }

            if (await Task.WhenAny(changed.WaitAsync(bound.Token), _running) == _running)
            {
                await _running;
            }

            bound.Token.ThrowIfCancellationRequested();
        }
    }

    private bool Take(TailedEvent e)
    {
        Change(() => _events.Add(e));
        return true;
    }

    private void Take(string remark) => Change(() => _remarks.Add(remark));

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_turn)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private List<T> Read<T>(List<T> list)
    {
        lock (_turn)
        {
            return [.. list];
        }
    }
}
