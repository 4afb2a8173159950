using System.Collections.Immutable;

namespace CoatLine.Ledger;

/// <summary>What a verification found; every line's chain was recomputed from its first event.</summary>
/// <param name="Events">Rows read, ≥ 0.</param>
/// <param name="Lines">One entry per line, in the order of their names.</param>
/// <param name="Damages">The findings in the order of line and place, at most
/// <see cref="LedgerVerifier.MaxDamages"/> of them.</param>
/// <param name="DamageCount">How many findings there were in all, ≥ 0.</param>
public sealed record VerifyReport(
    long Events, ImmutableArray<LineReport> Lines, ImmutableArray<Damage> Damages, long DamageCount)
{
    /// <summary>True when nothing was found wrong.</summary>
    public bool Sound => DamageCount == 0;

    /// <summary>The head of the ledger when it holds exactly one line; else null, see <see cref="Lines"/>.</summary>
    public LineReport? Head => Lines.Length == 1 ? Lines[0] : null;
}

/// <summary>One line's part of the ledger, as its rows say it (not as its head does).</summary>
/// <param name="Line">Line name.</param>
/// <param name="Events">Rows of the line, ≥ 0.</param>
/// <param name="Seq">Sequence number of the last row; 0 when there is none.</param>
/// <param name="Hash">Hash of the last row as it stands in the ledger: 64 hexadecimal digits.</param>
/// <param name="FirstTime">Time column of the first row (RFC 3339, line time); empty when there is none.</param>
/// <param name="LastTime">Time column of the last row; empty when there is none.</param>
public sealed record LineReport(
    string Line, long Events, long Seq, string Hash, string FirstTime, string LastTime);
