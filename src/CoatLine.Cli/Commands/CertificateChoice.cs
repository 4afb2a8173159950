using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;

namespace CoatLine.Cli.Commands;

/// <summary>
/// Which certificate a person means: a file, or a thumbprint as people write it, with colons or blanks between the
/// digits. SHA-1 (40 digits) and SHA-256 (64 digits) both name one.
/// </summary>
internal sealed class CertificateChoice(string text)
{
    /// <summary>Fewest digits that name a certificate which is looked at or turned away.</summary>
    public const int ShortestPrefix = 8;

    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    private readonly string _digits = text.Replace(":", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Whether the text names a file that is there.</summary>
    public bool IsFile => File.Exists(text);

    /// <summary>The certificate in the file that the text names, or null when it names none.</summary>
    /// <exception cref="PkiException">The file holds no certificate.</exception>
    public PkiEntry? FromFile(PkiFolder folder)
    {
        if (!IsFile)
        {
            return IsThumbprint()
                ? null
                : throw CommandFailedException.BadInput(
                    $"'{text}' is neither a file nor a thumbprint of {ShortestPrefix} to {Sha256Digits} hexadecimal "
                    + "digits");
        }

        PkiEntry entry = PkiStore.ReadFile(folder, Path.GetFullPath(text));
        return entry.Problem is { } problem ? throw new PkiException(problem) : entry;
    }

    /// <summary>The one certificate of the lists that is meant.</summary>
    public PkiEntry Of(PkiStore store, PkiFolder[] folders)
    {
        if (!IsThumbprint())
        {
            throw CommandFailedException.BadInput(
                $"'{text}' is no thumbprint; it must be {ShortestPrefix} to {Sha256Digits} hexadecimal digits");
        }

        PkiEntry[] found = [.. folders.SelectMany(store.Entries).Where(e => e.Certificate is { } c && IsMeant(c))];
        return found.Select(static e => e.Thumbprint).Distinct().Count() switch
        {
            1 => found[0],
            0 => throw CommandFailedException.BadInput(
                $"no certificate in {store.Root} has the thumbprint {_digits}; 'coatline pki list' shows all"),
            _ => throw CommandFailedException.BadInput(
                $"the digits {_digits} begin several thumbprints: "
                + string.Join(", ", found.Select(static e => e.Thumbprint).Distinct())),
        };
    }

    /// <summary>
    /// Moves a rejected certificate to the trusted ones or the issuers. The whole thumbprint has to be named: anybody
    /// can make a certificate whose thumbprint begins with the digits of another.
    /// </summary>
    public PkiEntry Trust(PkiStore store, PkiFolder folder)
    {
        if (_digits.Length is not (Sha1Digits or Sha256Digits))
        {
            throw CommandFailedException.BadInput(
                $"the thumbprint has {_digits.Length} digits; to trust a certificate name all {Sha1Digits} (SHA-1) or "
                + $"{Sha256Digits} (SHA-256), for others can make one that begins alike");
        }

        PkiEntry found = Of(store, [PkiFolder.Rejected, folder]);
        return folder == PkiFolder.Trusted
            ? store.Trust(found.Thumbprint)!
            : store.Add(folder, found.Certificate!);
    }

    private bool IsThumbprint() => _digits.Length is >= ShortestPrefix and <= Sha256Digits
        && _digits.All(char.IsAsciiHexDigit);

    private bool IsMeant(X509Certificate2 certificate) =>
        certificate.Thumbprint.StartsWith(_digits, StringComparison.Ordinal)
        || certificate.GetCertHashString(HashAlgorithmName.SHA256).StartsWith(_digits, StringComparison.Ordinal);
}
