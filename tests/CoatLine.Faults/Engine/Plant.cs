using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Engine.Journaling;
using CoatLine.Faults.Line;
using CoatLine.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Faults.Engine;

/// <summary>
/// A line that lives on by itself, and what the MES leaves on disk, over any number of lives of the MES's process.
/// </summary>
internal sealed class Plant : IDisposable
{
    public static readonly LineId LineName = new("line-1");

    /// <summary>Facts that are offered to the ledger again with those that it lacks, as after a lost confirmation.
    /// </summary>
    private const int OfferedAgain = 5;

    /// <summary>So that a life in a copy never makes the event ids of a life in the original.</summary>
    private const int StartsOfACopy = 1000;

    private static readonly DateTimeOffset Morning = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _journal = new();
    private readonly TemporaryFolder _ledger = new();
    private readonly List<LedgerMark> _told;
    private int _starts;

    public Plant()
        : this(new InMemoryLine(new FakeTimeProvider(Morning)), [], 0)
    {
    }

    private Plant(InMemoryLine line, List<LedgerMark> told, int starts)
    {
        Line = line;
        Time = new MesTime(line.Clock);
        _told = told;
        _starts = starts;
    }

    public InMemoryLine Line { get; }

    public MesTime Time { get; }

    /// <summary>The engine of the present life.</summary>
    public BatchEngine? Engine { get; private set; }

    /// <summary>Called at each moment of each journal transaction.</summary>
    public JournalProbe? Probe { get; set; }

    /// <summary>Every fact whose writer was told that it is durable.</summary>
    public IReadOnlyList<LedgerMark> Told => _told;

    public string LedgerPath => Path.Combine(_ledger.Path, "ledger.db");

    public Journal Open()
    {
        Journal journal = Journal.Open(_journal.Journal, LineName, Time, EventIdSource.Seeded(++_starts), Probe);
        journal.Appended += e => _told.Add(new LedgerMark(LineName, e.Seq, e.Hash));
        return journal;
    }

    public BatchEngine Start(Journal journal) =>
        Engine = new(journal, Line, Time, NullLogger<BatchEngine>.Instance, new SkippingTime());

    /// <summary>What a kill at this moment leaves on disk.</summary>
    public JournalImage Image() => JournalImage.Of(_journal.Path);

    /// <summary>Puts the journal's files back; it must be closed.</summary>
    public void Restore(JournalImage image) => image.PutInto(_journal.Path);

    /// <summary>A copy as a kill at this moment leaves it; both live on independently.</summary>
    public Plant Copy()
    {
        InMemoryLine line = Line.Fork();
        line.Distort = Line.Distort;
        var copy = new Plant(line, [.. _told], StartsOfACopy);
        Image().PutInto(copy._journal.Path);
        return copy;
    }

    /// <summary>Commits what the ledger lacks; gives why it was refused, or null.</summary>
    public string? Feed(Journal journal)
    {
        using LedgerStore ledger = LedgerStore.Open(LedgerPath);
        while (true)
        {
            long mark = ledger.Mark(LineName)?.Seq ?? 0;
            IReadOnlyList<ChainedEvent> segment =
                journal.Read(Math.Max(0, mark - OfferedAgain), LedgerStore.MaxSegmentEvents);
            if (segment.Count == 0 || segment[^1].Seq <= mark)
            {
                return mark <= journal.HeadSeq ? null : $"the ledger is at {mark}, the journal at {journal.HeadSeq}";
            }

            AppendOutcome outcome = ledger.Append(segment);
            if (!outcome.Accepted)
            {
                return $"the ledger refused a segment: {outcome.Verdict} {outcome.Reason}";
            }
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _ledger.Dispose();
    }
}
