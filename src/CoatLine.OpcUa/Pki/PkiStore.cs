using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>
/// A directory of certificates, laid out as OPC 10000-12 Annex F has it: <c>own/certs</c>, <c>own/private</c>,
/// <c>trusted/certs</c>, <c>trusted/crl</c>, <c>issuer/certs</c>, <c>issuer/crl</c>, <c>rejected/certs</c>. The files
/// are read anew at each use, so that a change by hand or by another process holds at once. Thread-safe; processes may
/// share a directory.
/// </summary>
public sealed class PkiStore
{
    /// <summary>Most files in <c>rejected/certs</c>; the oldest go, for strangers can fill it.</summary>
    public const int MaxRejected = 50;

    /// <summary>Most files that are read from any other folder; the rest are left out, by name.</summary>
    public const int MaxEntries = 1000;

    private static readonly string[] Endings = [".der", ".cer", ".crt", ".pem"];
    private static readonly string[] RevocationEndings = [".crl", ".der", ".pem"];

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>A store at a directory, which need not exist yet; nothing is read or written here.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="time">Real time; dates of certificates are judged by it.</param>
    public PkiStore(string root, TimeProvider time)
    {
        Root = Path.GetFullPath(root);
        _time = time;
    }

    /// <summary>Full path of the directory.</summary>
    public string Root { get; }

    /// <summary>Length in bits of a key that this store creates: 2048 (default), 3072 or 4096.</summary>
    public int KeyBits { get; init; } = 2048;

    /// <summary>How long a certificate that this store creates is valid; default five years of 365 days.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(5 * 365);

    /// <summary>
    /// The application's own certificate: the one in the store, else a new self-signed one (RSA, SHA-256,
    /// OPC 10000-6 §6.2.2), whose private key only the file's owner can read.
    /// </summary>
    /// <exception cref="PkiException">The store cannot be written, a key is missing, does not belong to its
    /// certificate or may be read by everybody, or the certificate is another application's or has ended. Nothing is
    /// put in its place: peers trust what is there.</exception>
    public OwnCertificate OwnCertificate(ApplicationIdentity identity)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            return new OwnCertificateFiles(this, now).LoadOrCreate(identity);
        }
    }

    /// <summary>The ApplicationUri in the store's own certificate, or null when there is no certificate yet or it has
    /// none.</summary>
    /// <exception cref="PkiException">The folder cannot be read.</exception>
    public string? OwnApplicationUri() => OwnCertificateFiles.Newest(this) is { Certificate: { } certificate }
        ? CertificateFields.Of(certificate).Uris is [var uri, ..] ? uri : null
        : null;

    /// <summary>The certificates of a list in the order of their file names; unreadable files are among them, with
    /// their problem. A folder that is not there is empty.</summary>
    /// <exception cref="PkiException">The folder cannot be read.</exception>
    public IReadOnlyList<PkiEntry> Entries(PkiFolder folder) =>
        [.. Files(CertificateFolder(folder), Endings).Select(path => ReadFile(folder, path))];

    /// <summary>Reads a certificate file, DER or PEM, that stands anywhere.</summary>
    /// <param name="folder">The list that the entry shall name.</param>
    /// <param name="path">Full path.</param>
    /// <returns>The certificate, or the problem of the file.</returns>
    public static PkiEntry ReadFile(PkiFolder folder, string path)
    {
        try
        {
            return new PkiEntry(folder, path, PkiFile.ReadCertificate(path), Problem: null);
        }
        catch (PkiException e)
        {
            return new PkiEntry(folder, path, Certificate: null, e.Message);
        }
    }

    /// <summary>Adds a certificate to a list; one that is there already is left as it is.</summary>
    /// <returns>The entry.</returns>
    /// <exception cref="PkiException">The file cannot be written.</exception>
    public PkiEntry Add(PkiFolder folder, X509Certificate2 certificate)
    {
        if (Entries(folder).FirstOrDefault(e => e.Thumbprint == certificate.Thumbprint) is { } there)
        {
            return there;
        }

        string path = Path.Combine(CertificateFolder(folder), FileName(certificate, ".der"));
        Guard(() => PkiFile.Write(path, certificate.RawData, secret: false), path);
        return new PkiEntry(folder, path, certificate, Problem: null);
    }

    /// <summary>Moves a certificate from the rejected ones to the trusted ones.</summary>
    /// <param name="thumbprint">40 hexadecimal digits, upper or lower case.</param>
    /// <returns>The trusted entry, or null when no list holds the certificate. One that is trusted already is
    /// returned as it is.</returns>
    /// <exception cref="PkiException">The files cannot be written.</exception>
    public PkiEntry? Trust(string thumbprint) => Move(thumbprint, PkiFolder.Rejected, PkiFolder.Trusted);

    /// <summary>Moves a certificate from the trusted ones to the rejected ones; connections that stand are not cut.
    /// </summary>
    /// <param name="thumbprint">40 hexadecimal digits, upper or lower case.</param>
    /// <returns>The rejected entry, or null when no list holds the certificate.</returns>
    /// <exception cref="PkiException">The files cannot be written.</exception>
    public PkiEntry? Reject(string thumbprint) => Move(thumbprint, PkiFolder.Trusted, PkiFolder.Rejected);

    /// <summary>Keeps a certificate that was shown and is not trusted, so that a person may look at it; beyond
    /// <see cref="MaxRejected"/> the oldest go.</summary>
    /// <exception cref="PkiException">The files cannot be written.</exception>
    public void KeepRejected(X509Certificate2 certificate)
    {
        lock (_gate)
        {
            Add(PkiFolder.Rejected, certificate);
            DropOldest(CertificateFolder(PkiFolder.Rejected));
        }
    }

    internal string CertificateFolder(PkiFolder folder) =>
        Path.Combine(Root, folder.ToString().ToLowerInvariant(), "certs");

    internal string PrivateFolder => Path.Combine(Root, "own", "private");

    /// <summary>Files of revocation lists beside the trusted certificates and the issuers.</summary>
    internal IEnumerable<string> RevocationFiles() =>
        Files(Path.Combine(Root, "trusted", "crl"), RevocationEndings)
            .Concat(Files(Path.Combine(Root, "issuer", "crl"), RevocationEndings));

    /// <summary>"Name [THUMBPRINT].der", with what a file name may not hold replaced.</summary>
    internal static string FileName(X509Certificate2 certificate, string ending)
    {
        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        char[] plain = [.. name.Take(ApplicationIdentity.MaxNameLength)
            .Select(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' ? c : '_')];
        return $"{new string(plain).Trim(' ', '.')} [{certificate.Thumbprint}]{ending}";
    }

    /// <summary>Creates the folder of a file and does something there; failures name the file.</summary>
    internal static void Guard(Action act, string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PkiException(
                $"{path} can't be written ({e.Message.TrimEnd('.')}). Give write permission or name another folder.",
                e);
        }
    }

    private PkiEntry? Move(string thumbprint, PkiFolder from, PkiFolder to)
    {
        bool Is(PkiEntry entry) => string.Equals(entry.Thumbprint, thumbprint, StringComparison.OrdinalIgnoreCase);
        PkiEntry[] sources = [.. Entries(from).Where(Is)];
        PkiEntry? there = Entries(to).FirstOrDefault(Is)
            ?? (sources is [{ Certificate: { } certificate }, ..] ? Add(to, certificate) : null);
        // First the new place, then the old one: a crash between leaves the certificate in both, never in none.
        foreach (PkiEntry source in sources)
        {
            Guard(() => File.Delete(source.Path), source.Path);
        }

        return there;
    }

    private static void DropOldest(string folder)
    {
        FileInfo[] files = [.. new DirectoryInfo(folder).GetFiles().OrderByDescending(static f => f.LastWriteTimeUtc)];
        foreach (FileInfo file in files.Skip(MaxRejected))
        {
            Guard(file.Delete, file.FullName);
        }
    }

    private static IEnumerable<string> Files(string folder, string[] endings)
    {
        try
        {
            return !Directory.Exists(folder)
                ? []
                : Directory.EnumerateFiles(folder)
                    .Where(f => endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal).Take(MaxEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"{folder} can't be read ({e.Message.TrimEnd('.')}). Give read permission.", e);
        }
    }
}
