using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>A line as its rows and its head say it.</summary>
/// <param name="Line">The line.</param>
/// <param name="First">Lowest number of its rows.</param>
/// <param name="Last">Highest number of its rows.</param>
/// <param name="Head">Its head as stored.</param>
internal sealed record ChainExtent(LineId Line, long First, long Last, LedgerMark? Head);

/// <summary>The rows of a ledger for whoever only wants to know whether all is as it should be. Two databases, two
/// implementations; safe for use from several threads.</summary>
internal interface IChainSource
{
    /// <summary>Whether hashes are stored as hexadecimal digits.</summary>
    bool HasHexHashes { get; }

    /// <summary>Every line, in one snapshot; null when something there is not as it should be, for a walk to name.
    /// </summary>
    IReadOnlyList<ChainExtent>? Lines();

    /// <summary>Hands over the rows of a line from a number through another, in order. False when a row has something
    /// else than it should in a column, or the taker ended it.</summary>
    bool Scan(LineId line, long first, long last, RowTaker take);

    /// <summary>What the database itself finds of its own consistency; true when nothing, or when it cannot tell.
    /// </summary>
    bool IsConsistent();
}
