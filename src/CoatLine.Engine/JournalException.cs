namespace CoatLine.Engine;

/// <summary>
/// The journal cannot be opened, read or written. The message names the file and what cures it. After a failed write
/// it is not known whether the fact is on disk: the journal is faulted, and only a newly opened
/// <see cref="Journal"/>, which reads what is really there, tells.
/// </summary>
public sealed class JournalException : Exception
{
    /// <summary>Creates the exception with a sentence that names the file and the cure.</summary>
    public JournalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
