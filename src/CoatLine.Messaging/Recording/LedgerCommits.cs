using CoatLine.Ledger;

namespace CoatLine.Messaging;

/// <summary>Tells who watches the ledger's end that a line's mark is known or has moved: a service that
/// <see cref="MessagingServices.AddCoatLineMessaging"/> adds. Thread-safe.</summary>
public sealed class LedgerCommits
{
    internal LedgerCommits()
    {
    }

    /// <summary>Raised with the line's mark and how many events, from 0, are new with it; on the consumer's thread:
    /// return at once.</summary>
    public event Action<LedgerMark, int>? Moved;

    /// <param name="mark">The line's mark now.</param>
    /// <param name="committed">How many events are new with it.</param>
    internal void Report(LedgerMark mark, int committed) => Moved?.Invoke(mark, committed);
}
