using CoatLine.Ledger;

namespace CoatLine.Messaging;

/// <summary>Tells who watches the ledger's end that a line's mark is known or has moved. Thread-safe.</summary>
internal sealed class LedgerCommits
{
    /// <summary>Raised on the consumer's thread: return at once.</summary>
    public event Action<LedgerMark, int>? Moved;

    /// <param name="mark">The line's mark now.</param>
    /// <param name="committed">How many events are new with it.</param>
    public void Report(LedgerMark mark, int committed) => Moved?.Invoke(mark, committed);
}
