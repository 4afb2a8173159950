using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// Verifies a ledger on several processors: each checks pieces of the chain, and the joints between pieces are compared
/// afterwards. A link needs nothing but the hash before it, so this finds whatever a walk from the first event on
/// finds. It says that all is well or nothing: then a walk names what is wrong.
/// </summary>
internal static class ParallelWalk
{
    /// <summary>Rows of a piece: enough to be worth a query, few enough to keep every processor at work.</summary>
    private const long PieceRows = 20_000;

    /// <summary>The report of a sound ledger; null when something is not as it should be.</summary>
    /// <param name="source">The ledger.</param>
    /// <param name="expected">Marks known from elsewhere, by line.</param>
    /// <param name="from">Marks up to which a line is taken as verified, by line; empty for the whole of it.</param>
    /// <param name="jobs">How many processors.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static VerifyReport? Run(
        IChainSource source,
        IReadOnlyDictionary<LineId, LedgerMark> expected,
        IReadOnlyDictionary<LineId, LedgerMark> from,
        int jobs,
        CancellationToken cancellationToken)
    {
        if (source.Lines() is not { } lines
            || expected.Values.Any(e => e.Seq > 0 && lines.All(l => l.Line != e.Line))
            || from.Values.Any(f => f.Seq > 0 && lines.All(l => l.Line != f.Line)))
        {
            return null;
        }

        List<Piece> pieces = [];
        foreach (ChainExtent extent in lines)
        {
            long first = from.GetValueOrDefault(extent.Line)?.Seq ?? 1;
            if (extent.First != 1 || extent.Head?.Seq != extent.Last || extent.Last < first
                || expected.GetValueOrDefault(extent.Line)?.Seq > extent.Last)
            {
                return null;
            }

            pieces.AddRange(Cut(extent, Math.Max(1, first), expected.GetValueOrDefault(extent.Line)));
        }

        bool isSound = true;
        bool isConsistent = true;
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        Action[] work =
        [
            () => isConsistent = source.IsConsistent(),
            .. pieces.Select<Piece, Action>(piece => () =>
            {
                if (Volatile.Read(ref isSound) && !piece.Check(source, cancellationToken))
                {
                    Volatile.Write(ref isSound, false);
                }
            }),
        ];
        try
        {
            Parallel.ForEach(work, options, one => one());
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.InnerExceptions[0]);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return isSound && isConsistent && lines.All(line => IsJoined(
                [.. pieces.Where(p => p.Line == line.Line)], line, from.GetValueOrDefault(line.Line), source))
            ? Report(lines, pieces)
            : null;
    }

    private static IEnumerable<Piece> Cut(ChainExtent extent, long first, LedgerMark? expected)
    {
        for (long at = first; at <= extent.Last; at += PieceRows)
        {
            yield return new Piece(extent.Line, at, Math.Min(extent.Last, at + PieceRows - 1), expected);
        }
    }

    /// <summary>Whether each piece follows the one before it, the first the chain's begin or what was verified, and the
    /// head the last.</summary>
    private static bool IsJoined(Piece[] pieces, ChainExtent extent, LedgerMark? from, IChainSource source)
    {
        for (int i = 1; i < pieces.Length; i++)
        {
            if (!pieces[i].Scan.FirstPrevious.SequenceEqual(pieces[i - 1].Scan.LastHash))
            {
                return false;
            }
        }

        return pieces[^1].Scan.LastHash.SequenceEqual(Stored(extent.Head!.Hash, source))
            && (from is { Seq: > 0 }
                ? pieces[0].FirstHash.AsSpan().SequenceEqual(Stored(from.Hash, source))
                : pieces[0].Scan.FirstPrevious.SequenceEqual(Stored(ChainHash.Zero, source)));
    }

    private static byte[] Stored(ChainHash hash, IChainSource source) => source.HasHexHashes
        ? Encoding.ASCII.GetBytes(hash.ToString())
        : hash.Span.ToArray();

    private static VerifyReport Report(IReadOnlyList<ChainExtent> lines, List<Piece> pieces)
    {
        ImmutableArray<LineReport> reports =
        [
            .. lines.Select(line => (Line: line, Of: pieces.Where(p => p.Line == line.Line).ToArray())).Select(one =>
                new LineReport(
                    one.Line.Line.Value,
                    one.Of.Sum(p => p.Scan.Count),
                    one.Line.Last,
                    one.Line.Head!.Hash.ToString(),
                    one.Of[0].Scan.FirstTime,
                    one.Of[^1].Scan.LastTime)),
        ];
        return new VerifyReport(reports.Sum(r => r.Events), reports, [], 0);
    }

    private sealed class Piece(LineId line, long first, long last, LedgerMark? expected)
    {
        public LineId Line => line;

        public ChainScan Scan { get; private set; } = null!;

        public byte[] FirstHash { get; private set; } = [];

        public bool Check(IChainSource source, CancellationToken cancellationToken)
        {
            Scan = new ChainScan(line, first, source.HasHexHashes) { Last = last };
            byte[]? due = expected is { } mark && mark.Seq >= first && mark.Seq <= last
                ? Stored(mark.Hash, source)
                : null;
            bool isSound = source.Scan(line, first, last, (in RawRow row) =>
            {
                if (row.Seq == first)
                {
                    FirstHash = row.Hash.ToArray();
                }

                return Scan.Take(row)
                    && (due is null || row.Seq != expected!.Seq || row.Hash.SequenceEqual(due))
                    && !cancellationToken.IsCancellationRequested;
            });
            return isSound && Scan.Count == last - first + 1;
        }
    }
}
