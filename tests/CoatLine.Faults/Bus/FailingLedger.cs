using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Faults.Bus;

/// <summary>A ledger that fails at each second segment, before it commits or when it has.</summary>
internal sealed class FailingLedger(bool isAfterCommit)
{
    private int _calls;
    private int _failures;

    /// <summary>Set when it fails no more.</summary>
    public bool IsWell { get; set; }

    public int Failures => Volatile.Read(ref _failures);

    public ILedgerWriter Around(ILedgerWriter inner) => new Writer(this, inner);

    private bool IsAfterCommit => isAfterCommit;

    private bool MayFail() => !IsWell && Interlocked.Increment(ref _calls) % 2 == 0;

    private LedgerException Fail()
    {
        Interlocked.Increment(ref _failures);
        return new LedgerException(LedgerFault.Unavailable, "the connection broke, made by the campaign");
    }

    private sealed class Writer(FailingLedger owner, ILedgerWriter inner) : ILedgerWriter
    {
        public ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken) =>
            inner.MarkAsync(line, cancellationToken);

        public async ValueTask<AppendOutcome> AppendAsync(
            IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken)
        {
            bool fails = owner.MayFail();
            if (fails && !owner.IsAfterCommit)
            {
                throw owner.Fail();
            }

            AppendOutcome outcome = await inner.AppendAsync(segment, cancellationToken);
            return fails ? throw owner.Fail() : outcome;
        }
    }
}
