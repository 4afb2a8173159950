namespace CoatLine.Equipment.Handshake;

/// <summary>Wakes everybody who waits for the next change. Thread-safe.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource change = NewChange();

    /// <summary>Completes at the next <see cref="Wake"/>; take it before a read, so that none is missed.</summary>
    public Task Next => Volatile.Read(ref change).Task;

    /// <summary>Wakes everybody who waits.</summary>
    public void Wake() => Interlocked.Exchange(ref change, NewChange()).TrySetResult();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
