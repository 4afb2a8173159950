using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Messaging;

namespace CoatLine.Faults.Bus.Simulation;

/// <summary>A journal in memory that obeys the rules of the real one, and the disk under it.</summary>
internal sealed class SimulatedJournal(LineId line, bool keepsConfirmed) : IEventSource
{
    private readonly List<ChainedEvent> _events = [];
    private long _retired;
    private ChainHash _confirmedHash = ChainHash.Zero;

    public LineId Line => line;

    public long HeadSeq => _retired + _events.Count;

    public long ConfirmedSeq { get; private set; }

    /// <summary>The next confirmation fails: before it is on the disk, or after.</summary>
    public (bool Fails, bool IsAfter) Disk { get; set; }

    public bool Holds(long seq) => seq > _retired && seq <= HeadSeq;

    /// <summary>Records a fact, with a clock that may step.</summary>
    public ChainedEvent Record(Chance chance)
    {
        long seq = HeadSeq + 1;
        ChainHash previous = _events.Count > 0 ? _events[^1].Hash : _confirmedHash;
        ChainedEvent e = CloudEvent.Chain(
            new LinkLost("", null, new string('x', chance.Skewed(200))),
            line,
            seq,
            previous,
            string.Create(CultureInfo.InvariantCulture, $"01942f00-0000-7000-8000-{chance.Next() >> 16:x12}"),
            DateTimeOffset.UnixEpoch.AddSeconds(chance.Below(1_000_000)));
        _events.Add(e);
        return e;
    }

    public IReadOnlyList<ChainedEvent> Read(long afterSeq, int max) =>
        [.. _events.Skip((int)Math.Max(0, afterSeq - _retired)).Take(max)];

    public Task WaitForMoreAsync(long afterSeq, CancellationToken cancellationToken) =>
        throw new NotSupportedException("the simulation waits by itself");

    public void Confirm(long throughSeq, ChainHash hash)
    {
        if (throughSeq < ConfirmedSeq || (throughSeq == ConfirmedSeq && hash == _confirmedHash))
        {
            return;
        }

        ChainHash? known = throughSeq == ConfirmedSeq ? _confirmedHash
            : Holds(throughSeq) ? _events[(int)(throughSeq - _retired - 1)].Hash
            : null;
        if (throughSeq > HeadSeq || known != hash)
        {
            throw new JournalException($"event {throughSeq} is not what the ledger has");
        }

        (bool fails, bool isAfter) = Disk;
        Disk = default;
        if (!fails || isAfter)
        {
            (ConfirmedSeq, _confirmedHash) = (throughSeq, hash);
            if (!keepsConfirmed)
            {
                _events.RemoveRange(0, (int)(throughSeq - _retired));
                _retired = throughSeq;
            }
        }

        if (fails)
        {
            throw new JournalException("the disk failed");
        }
    }

    /// <summary>What somebody copies to another disk.</summary>
    public SimulatedJournal Copy()
    {
        var copy = new SimulatedJournal(line, keepsConfirmed)
        {
            _retired = _retired, _confirmedHash = _confirmedHash, ConfirmedSeq = ConfirmedSeq,
        };
        copy._events.AddRange(_events);
        return copy;
    }
}
