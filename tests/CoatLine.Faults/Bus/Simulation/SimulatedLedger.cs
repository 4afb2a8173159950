using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Messaging;

namespace CoatLine.Faults.Bus.Simulation;

/// <summary>A ledger in memory under the rules of the real ones, with what a database does to it.</summary>
internal sealed class SimulatedLedger(LineId line) : IEventSink
{
    private readonly List<ChainedEvent> _rows = [];

    public IReadOnlyList<ChainedEvent> Rows => _rows;

    /// <summary>The next segments fail: how many, and whether after their commit.</summary>
    public (int Times, bool IsAfter) Failing { get; set; }

    private LedgerMark Mark => _rows.Count == 0
        ? LedgerMark.Empty(line)
        : new LedgerMark(line, _rows.Count, _rows[^1].Hash);

    public ValueTask<LedgerMark?> MarkAsync(LineId of, CancellationToken cancellationToken) =>
        Failing.Times > 0 ? throw Fail() : ValueTask.FromResult<LedgerMark?>(of == line ? Mark : null);

    public ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken)
    {
        if (Failing is { Times: > 0, IsAfter: false })
        {
            throw Fail();
        }

        AppendOutcome outcome = Append(segment);
        return Failing.Times > 0 ? throw Fail() : ValueTask.FromResult(outcome);
    }

    /// <summary>A backup is played back: the newest rows are gone.</summary>
    public List<ChainedEvent> Lose(int rows)
    {
        List<ChainedEvent> lost = _rows.GetRange(_rows.Count - rows, rows);
        _rows.RemoveRange(_rows.Count - rows, rows);
        return lost;
    }

    /// <summary>The newest backup is found after all.</summary>
    public void Restore(IReadOnlyList<ChainedEvent> lost) => _rows.AddRange(lost.Where(e => e.Seq > _rows.Count));

    private AppendOutcome Append(IReadOnlyList<ChainedEvent> segment)
    {
        if (SegmentCheck.Refusal(segment, out _) is { } malformed)
        {
            return malformed;
        }

        // A line that this ledger does not have yet begins at 1.
        LedgerMark mark = segment[0].Line == line ? Mark : LedgerMark.Empty(segment[0].Line);
        (AppendOutcome? refusal, int known) = AppendRules.Judge(
            segment, mark, mark.Hash.ToString(), _rows
                .Where(e => e.Seq >= segment[0].Seq && e.Seq <= segment[^1].Seq)
                .ToDictionary(e => e.Seq, e => (string?)e.Hash.ToString()));
        if (refusal is not null)
        {
            return refusal;
        }

        if (known == segment.Count)
        {
            return AppendRules.AllDuplicates(mark, known);
        }

        if (segment[0].Line == line)
        {
            _rows.AddRange(segment.Skip(known));
        }

        return AppendRules.Committed(segment, known);
    }

    private LedgerException Fail()
    {
        Failing = Failing with { Times = Failing.Times - 1 };
        return new LedgerException(LedgerFault.Unavailable, "the database is away");
    }
}
