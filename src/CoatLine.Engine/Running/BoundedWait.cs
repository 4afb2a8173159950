namespace CoatLine.Engine.Running;

/// <summary>A token that is cancelled by the caller or when a bound of line time is over, and tells which.</summary>
internal sealed class BoundedWait : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _bound;
    private readonly CancellationTokenSource _both;

    public BoundedWait(TimeSpan bound, TimeProvider lineTime, CancellationToken caller)
    {
        _caller = caller;
        _bound = new CancellationTokenSource(bound, lineTime);
        _both = CancellationTokenSource.CreateLinkedTokenSource(caller, _bound.Token);
    }

    public CancellationToken Token => _both.Token;

    public bool IsExceeded => _bound.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _both.Dispose();
        _bound.Dispose();
    }
}
