namespace CoatLine.Ledger.Proof;

/// <summary>A key, checkpoint or certificate cannot be read, made or written. The message is one sentence that names
/// the file or field and what is wrong with it.</summary>
public sealed class ProofException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ProofException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
