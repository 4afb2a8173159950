namespace CoatLine.OpcUa.Pki;

/// <summary>
/// A certificate store cannot be used as it stands. The message names the file or the field, and the cure.
/// </summary>
public sealed class PkiException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PkiException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
