using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>
/// The way from a certificate up to one that signed itself (OPC 10000-4 §6.1.3, "Build Certificate Chain"), from the
/// certificates at hand alone: the machine's own store has no say, and nothing is fetched.
/// </summary>
/// <param name="Links">The certificate, then its issuers, the nearest first; at least one.</param>
/// <param name="IsComplete">Whether the last one has signed itself.</param>
/// <param name="HasForgery">Whether a certificate at hand bears the missing issuer's name, yet did not sign.</param>
internal sealed record CertificateChain(IReadOnlyList<X509Certificate2> Links, bool IsComplete, bool HasForgery)
{
    /// <summary>Most certificates in a chain; plants have two or three.</summary>
    public const int MaxLinks = 8;

    public X509Certificate2 Leaf => Links[0];

    public static CertificateChain Build(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> known)
    {
        List<X509Certificate2> links = [leaf];
        while (true)
        {
            X509Certificate2 last = links[^1];
            SignedDer signed = SignedDer.Read(last.RawDataMemory);
            if (SameName(last.SubjectName, last.IssuerName) && signed.IsSignedBy(last))
            {
                return new CertificateChain(links, IsComplete: true, HasForgery: false);
            }

            X509Certificate2[] named = [.. known.Where(c => SameName(c.SubjectName, last.IssuerName))];
            // An authority that renewed its certificate is there twice: the one that may sign comes first.
            X509Certificate2? issuer = named.Where(signed.IsSignedBy)
                .OrderByDescending(static c => c.NotAfter).FirstOrDefault();
            if (issuer is null || links.Count == MaxLinks || links.Any(l => Same(l, issuer)))
            {
                bool forged = issuer is null
                    && (named.Length > 0 || SameName(last.SubjectName, last.IssuerName));
                return new CertificateChain(links, IsComplete: false, forged);
            }

            links.Add(issuer);
        }
    }

    /// <summary>Whether two are the same certificate, byte by byte.</summary>
    public static bool Same(X509Certificate2 a, X509Certificate2 b) => a.RawDataMemory.Span.SequenceEqual(
        b.RawDataMemory.Span);

    private static bool SameName(X500DistinguishedName a, X500DistinguishedName b) =>
        a.RawData.AsSpan().SequenceEqual(b.RawData);
}
