using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CoatLine.OpcUa.Pki;

/// <summary>
/// The files of the own certificate. The key is written before the certificate: a crash between leaves a key that
/// nobody uses, and the next start creates another pair. A certificate without its key therefore was not left by a
/// crash, and is named instead of replaced.
/// </summary>
internal sealed class OwnCertificateFiles(PkiStore store, DateTimeOffset now)
{
    /// <summary>From when on an end of validity is told.</summary>
    private static readonly TimeSpan NearEnd = TimeSpan.FromDays(30);

    private const UnixFileMode OthersMayRead = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode GroupMayRead = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly List<string> _warnings = [];

    public OwnCertificate LoadOrCreate(ApplicationIdentity identity)
    {
        if (identity.Errors().ToArray() is [_, ..] errors)
        {
            throw new PkiException(string.Join('\n', errors));
        }

        if (Newest(store) is not { } entry)
        {
            if (store.Entries(PkiFolder.Own).FirstOrDefault(static e => e.Problem is not null) is { } broken)
            {
                throw new PkiException($"{broken.Problem}. Put the right file there, or move it away for a new one.");
            }

            entry = Create(identity);
        }

        X509Certificate2 certificate = WithKey(entry);
        RequireIdentity(entry, identity);
        return new OwnCertificate(certificate, Chain(entry.Certificate!), entry.Path, _warnings);
    }

    /// <summary>The certificate in use: of several the one that began last.</summary>
    public static PkiEntry? Newest(PkiStore store) => store.Entries(PkiFolder.Own)
        .Where(static e => e.Certificate is not null)
        .MaxBy(static e => e.Certificate!.NotBefore);

    private PkiEntry Create(ApplicationIdentity identity)
    {
        using RSA key = RSA.Create(store.KeyBits);
        using X509Certificate2 made = CertificateMaker.SelfSigned(key, identity, now, store.Lifetime);
        X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(made.RawData);
        string keyPath = Path.Combine(store.PrivateFolder, PkiStore.FileName(certificate, ".pem"));
        byte[] pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            PkiStore.Guard(() => PkiFile.Write(keyPath, pem, secret: true), keyPath);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }

        return store.Add(PkiFolder.Own, certificate);
    }

    private X509Certificate2 WithKey(PkiEntry entry)
    {
        string keyPath = Path.Combine(
            store.PrivateFolder, Path.GetFileNameWithoutExtension(entry.Path) + ".pem");
        if (!File.Exists(keyPath))
        {
            throw new PkiException(
                $"the certificate {entry.Path} has no private key at {keyPath}. Put its key there (PKCS #8, PEM), or "
                + "move the certificate away for a new one, which every peer then has to trust anew.");
        }

        RequireSecret(keyPath);
        byte[] pem = PkiFile.Read(keyPath, PkiFile.MaxCertificateBytes);
        using RSA key = RSA.Create();
        try
        {
            key.ImportFromPem(Encoding.ASCII.GetString(pem));
            using RSA? own = entry.Certificate!.GetRSAPublicKey();
            if (own is null || !own.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(
                key.ExportSubjectPublicKeyInfo()))
            {
                throw new PkiException(
                    $"the private key {keyPath} does not belong to the certificate {entry.Path}. Put the right key "
                    + "there, or move both away for a new pair, which every peer then has to trust anew.");
            }

            return entry.Certificate!.CopyWithPrivateKey(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new PkiException($"{keyPath} holds no RSA private key in unencrypted PEM ({e.Message})", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    private void RequireSecret(string keyPath)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        UnixFileMode mode = File.GetUnixFileMode(keyPath);
        if ((mode & OthersMayRead) != 0)
        {
            throw new PkiException(
                $"every user of this machine may read or write the private key {keyPath}. "
                + $"Take it from them: chmod 600 '{keyPath}'. Consider the key known, and renew it.");
        }

        if ((mode & GroupMayRead) != 0)
        {
            _warnings.Add($"the group of the file may read the private key {keyPath}: chmod 600 '{keyPath}'");
        }
    }

    private void RequireIdentity(PkiEntry entry, ApplicationIdentity identity)
    {
        X509Certificate2 certificate = entry.Certificate!;
        CertificateFields fields = CertificateFields.Of(certificate);
        if (!fields.Uris.Contains(identity.ApplicationUri, StringComparer.Ordinal))
        {
            throw new PkiException(
                $"the certificate {entry.Path} is for '{string.Join(' ', fields.Uris)}', not for "
                + $"'{identity.ApplicationUri}'. Name its ApplicationUri in the settings, or another folder.");
        }

        DateTimeOffset end = certificate.NotAfter;
        if (end < now)
        {
            throw new PkiException(FormattableString.Invariant(
                $"the certificate {entry.Path} ended on {end.UtcDateTime:yyyy-MM-dd}. Put a new one there, or move it ")
                + "away for a new one, which every peer then has to trust anew.");
        }

        if (end - now < NearEnd)
        {
            _warnings.Add(FormattableString.Invariant(
                $"the certificate {entry.Path} ends on {end.UtcDateTime:yyyy-MM-dd}"));
        }

        _warnings.AddRange(identity.HostNames.Where(h => !fields.Names(h))
            .Select(h => $"the certificate {entry.Path} does not name the host '{h}'"));
    }

    private ReadOnlyMemory<byte> Chain(X509Certificate2 certificate)
    {
        IEnumerable<X509Certificate2> known = store.Entries(PkiFolder.Issuer).Concat(store.Entries(PkiFolder.Trusted))
            .Select(static e => e.Certificate).OfType<X509Certificate2>();
        return CertificateChain.Build(certificate, [.. known]).Links.SelectMany(static c => c.RawData).ToArray();
    }
}
