using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// Follows one line's chain row by row and says what is wrong where. A row is judged when its successor is known,
/// because the successor's previous hash is the witness that tells an altered payload from an altered hash, and a
/// row that was forged with a fitting hash from a true one. Holds two rows, whatever the length of the chain.
/// </summary>
internal sealed class LineWalk(LineId line, StoredHead? head, LedgerMark? expected, DamageList damages)
{
    private Link? _last;
    private string _firstTime = "";
    private long _events;

    /// <summary>Takes the next row of the line; rows come in the order of their numbers.</summary>
    public void Next(StoredRow row)
    {
        _events++;
        if (_events == 1)
        {
            _firstTime = row.TimeText;
        }

        // A row without a number sorts to the ends; the number it lost is reported as missing where it belongs.
        if (row.Seq is not { } seq)
        {
            Add(0, DamageKind.RowAltered, $"a row has seq {row.SeqText}, which is no sequence number");
            return;
        }

        if (_last is not null && seq == _last.Seq)
        {
            Add(seq, DamageKind.Duplicate, $"seq {seq} stands there a second time");
            return;
        }

        if (head is { Seq: { } end } && seq > end)
        {
            Add(seq, DamageKind.BeyondHead, $"the line's head is {end}, so seq {seq} was added past the ledger");
            return;
        }

        if (head is null && _last is null)
        {
            Add(seq, DamageKind.HeadMissing, $"the line has rows from seq {seq} on, but no head");
        }

        ReportMissing(seq);
        var link = new Link(line, seq, row, _last);
        _last?.Judge(link, Add);
        _last = link;
        if (expected is not null && expected.Seq == seq && row.OwnHash != expected.Hash)
        {
            Add(seq, DamageKind.NotAsExpected, $"seq {seq} has hash {row.HashText}, expected is {expected.Hash}");
        }
    }

    /// <summary>
    /// Judges the last row against the line's head and the caller's expectation; not so when the walk broke off.
    /// </summary>
    public LineReport End(bool complete)
    {
        if (complete)
        {
            JudgeEnd();
        }

        return new LineReport(line.Value, _events, _last?.Seq ?? 0, _last?.Row.HashText ?? ChainHash.Zero.ToString(),
            _firstTime, _last?.Row.TimeText ?? "");
    }

    private void JudgeEnd()
    {
        long last = _last?.Seq ?? 0;
        _last?.JudgeLast(head?.Seq == last ? head.Hash : null, Add);
        if (head is { Seq: null } or { Hash: null })
        {
            Add(last, DamageKind.HeadDisagrees,
                $"the line's head is damaged: seq {head.SeqText}, hash {head.HashText}");
        }

        long beyond = Math.Max(head?.Seq ?? 0, expected?.Seq ?? 0);
        if (beyond > last)
        {
            Add(last + 1, DamageKind.Truncated, $"{Range(last + 1, beyond)} gone from the end");
        }
    }

    private void ReportMissing(long seq)
    {
        long due = (_last?.Seq ?? 0) + 1;
        if (seq > due && (_last is not null || head is not null))
        {
            Add(due, DamageKind.Missing, $"{Range(due, seq - 1)} gone");
        }
    }

    private static string Range(long first, long last) =>
        first == last ? $"seq {first} is" : $"seq {first} to {last} are";

    private void Add(long seq, DamageKind kind, string what) => damages.Add(line.Value, seq, kind, what);
}
