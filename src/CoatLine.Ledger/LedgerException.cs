namespace CoatLine.Ledger;

/// <summary>Why a ledger could not be opened, read or written.</summary>
public enum LedgerFault
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The file is there but is not a CoatLine ledger.</summary>
    NotALedger,

    /// <summary>The file is a CoatLine ledger of a layout that this program does not know.</summary>
    UnknownVersion,

    /// <summary>The ledger's own bookkeeping is damaged; run a verification.</summary>
    Damaged,

    /// <summary>
    /// The database could not be opened, locked, read or written in time; trying again later may help.
    /// </summary>
    Unavailable,
}

/// <summary>
/// The ledger's database failed or is not one. The message is one sentence that names the file and the cure.
/// </summary>
public sealed class LedgerException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LedgerException(LedgerFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>What kind of failure it is.</summary>
    public LedgerFault Fault { get; }
}
