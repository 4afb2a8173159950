using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Messaging;

/// <summary>The real ledger.</summary>
internal sealed class LedgerSink(LedgerStore store) : IEventSink
{
    public LedgerMark? Mark(LineId line) => store.Mark(line);

    public AppendOutcome Append(IReadOnlyList<ChainedEvent> segment) => store.Append(segment);
}
