using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>Certificates as a list, one by one, and as JSON. Only what is abnormal has a colour.</summary>
internal static class CertificateText
{
    /// <summary>Digits of a fingerprint between two blanks, so that two people can compare them aloud.</summary>
    private const int DigitsPerGroup = 4;

    /// <summary>From when on an end of validity is abnormal.</summary>
    private static readonly TimeSpan NearEnd = TimeSpan.FromDays(30);

    public static string NameOf(PkiFolder folder) => folder.ToString().ToLowerInvariant();

    public static string CommonName(PkiEntry entry) => Printable(entry.Certificate is { } certificate
        ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)
        : Path.GetFileName(entry.Path));

    public static void DrawList(
        IAnsiConsole console, string root, IReadOnlyCollection<PkiEntry> entries, DateTimeOffset now)
    {
        console.WriteLine($"Certificates in {root}");
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("List").NoWrap());
        table.AddColumn("Name");
        table.AddColumn(new TableColumn("Ends").NoWrap());
        table.AddColumn(new TableColumn("Thumbprint (SHA-1)").NoWrap());
        foreach (PkiEntry entry in entries)
        {
            table.AddRow(
                new Text(NameOf(entry.Folder)),
                new Text(CommonName(entry)),
                entry.Certificate is { } c ? End(c, now) : new Markup("[yellow]unreadable[/]"),
                new Text(entry.Thumbprint));
        }

        console.Write(table);
        foreach (PkiEntry broken in entries.Where(static e => e.Problem is not null))
        {
            console.MarkupLineInterpolated($"[yellow]unreadable[/]  {broken.Problem}");
        }

        console.WriteLine(string.Join(", ", Enum.GetValues<PkiFolder>()
            .Select(f => $"{entries.Count(e => e.Folder == f)} {NameOf(f)}")));
    }

    public static void Draw(IAnsiConsole console, PkiEntry entry, string? list, DateTimeOffset now)
    {
        if (entry.Certificate is not { } certificate)
        {
            console.WriteLine(entry.Problem ?? "");
            return;
        }

        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn();
        void Row(string name, string value) =>
            grid.AddRow(new Text(name), new Text(value.Length == 0 ? "–" : Printable(value)));
        CertificateFields? fields = Fields(certificate);
        Row("Subject", certificate.Subject);
        Row("Issuer", certificate.Subject == certificate.Issuer ? "itself" : certificate.Issuer);
        Row("Application", fields is null ? "unreadable" : string.Join(' ', fields.Uris));
        Row("Hosts", fields is null ? "unreadable" : string.Join(' ', Hosts(fields)));
        Row("Valid", $"{Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}{Remark(certificate, now)}");
        Row("Key", fields is { RsaBits: > 0 } ? $"RSA {fields.RsaBits} bit" : "no RSA key");
        Row("Signature", certificate.SignatureAlgorithm.FriendlyName ?? "");
        Row("Usage", fields?.KeyUsage?.ToString() ?? "");
        Row("Purposes", fields?.Purposes is { } p ? string.Join(", ", p.Select(Purpose)) : "any");
        Row("SHA-1", Grouped(certificate.Thumbprint));
        Row("SHA-256", Grouped(certificate.GetCertHashString(HashAlgorithmName.SHA256)));
        Row("List", list ?? "in no list of the store");
        Row("File", entry.Path);
        console.Write(grid);
    }

    public static object ToJson(PkiEntry entry) => ToJson(entry, NameOf(entry.Folder));

    public static object ToJson(PkiEntry entry, string? list)
    {
        CertificateFields? fields = entry.Certificate is { } readable ? Fields(readable) : null;
        return new
        {
            List = list,
            File = entry.Path,
            entry.Problem,
            Name = CommonName(entry),
            Thumbprint = entry.Certificate?.Thumbprint,
            Sha256 = entry.Certificate?.GetCertHashString(HashAlgorithmName.SHA256),
            Subject = entry.Certificate?.Subject,
            Issuer = entry.Certificate?.Issuer,
            ApplicationUri = fields?.Uris is [var uri, ..] ? uri : null,
            Hosts = fields is null ? [] : Hosts(fields),
            ValidFrom = entry.Certificate?.NotBefore.ToUniversalTime(),
            ValidTo = entry.Certificate?.NotAfter.ToUniversalTime(),
            KeyBits = fields?.RsaBits,
            Signature = entry.Certificate?.SignatureAlgorithm.FriendlyName,
        };
    }

    /// <summary>A stranger chose the names in his certificate: none of them moves the cursor.</summary>
    private static string Printable(string text) => string.Concat(text.Select(
        static c => char.IsControl(c) ? '\uFFFD' : c));

    private static CertificateFields? Fields(X509Certificate2 certificate)
    {
        try
        {
            return CertificateFields.Of(certificate);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            // A stranger may have shown anything; the rest of the certificate can still be looked at.
            return null;
        }
    }

    private static string[] Hosts(CertificateFields fields) =>
        [.. fields.DnsNames, .. fields.Addresses.Select(static a => a.ToString())];

    private static Markup End(X509Certificate2 certificate, DateTimeOffset now)
    {
        string day = Day(certificate.NotAfter);
        return new Markup(Remark(certificate, now).Length == 0 ? day : $"[yellow]{day}[/]");
    }

    private static string Remark(X509Certificate2 certificate, DateTimeOffset now)
    {
        DateTime end = certificate.NotAfter.ToUniversalTime();
        int days = (int)Math.Floor((end - now.UtcDateTime).TotalDays);
        return end < now.UtcDateTime ? ", ended"
            : certificate.NotBefore.ToUniversalTime() > now.UtcDateTime ? ", not begun"
            : end - now.UtcDateTime < NearEnd ? $", {days} days left"
            : "";
    }

    private static string Day(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Purpose(string oid) => oid switch
    {
        "1.3.6.1.5.5.7.3.1" => "server",
        "1.3.6.1.5.5.7.3.2" => "client",
        _ => oid,
    };

    private static string Grouped(string digits) =>
        string.Join(' ', digits.Chunk(DigitsPerGroup).Select(static g => new string(g)));
}
