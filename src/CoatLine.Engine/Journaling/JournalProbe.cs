namespace CoatLine.Engine.Journaling;

/// <summary>A moment of a journal transaction at which a power failure is of interest.</summary>
internal enum JournalMoment
{
    /// <summary>Nothing of the transaction is written.</summary>
    BeforeWrite,

    /// <summary>Rows are written, the transaction is not committed.</summary>
    BeforeCommit,

    /// <summary>Committed and synchronized; the caller does not know it yet.</summary>
    AfterCommit,
}

/// <summary>
/// The seam for fault tests: called at each moment with the name of the transaction. Whatever it throws leaves the
/// journal as a crash, or a failing disk, at that moment would: faulted.
/// </summary>
internal delegate void JournalProbe(JournalMoment moment, string transaction);
