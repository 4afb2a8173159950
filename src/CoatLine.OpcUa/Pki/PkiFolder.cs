using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>The lists of a directory store (OPC 10000-12 Annex F).</summary>
public enum PkiFolder
{
    /// <summary>This application's own certificates.</summary>
    Own,

    /// <summary>Applications and certificate authorities that are trusted.</summary>
    Trusted,

    /// <summary>Authorities that only complete a chain; they make nobody trusted.</summary>
    Issuer,

    /// <summary>Certificates that were shown and not trusted; a person may move them to the trusted ones.</summary>
    Rejected,
}

/// <summary>One certificate file of a store.</summary>
/// <param name="Folder">The list that it stands in.</param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Certificate">The certificate, or null when the file holds none.</param>
/// <param name="Problem">Why the file holds no certificate, or null.</param>
public sealed record PkiEntry(PkiFolder Folder, string Path, X509Certificate2? Certificate, string? Problem)
{
    /// <summary>SHA-1 thumbprint, 40 upper-case hexadecimal digits, or empty when the file holds no certificate.
    /// </summary>
    public string Thumbprint => Certificate?.Thumbprint ?? "";
}
