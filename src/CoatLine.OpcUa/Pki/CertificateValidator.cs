using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>
/// Judges the certificate of a peer or a user by the steps of OPC 10000-4 §6.1.3, in their order, against one store:
/// neither the machine's own trust nor the network has a say. Thread-safe.
/// </summary>
/// <param name="store">The store; it is read anew for each certificate.</param>
/// <param name="time">Real time.</param>
public sealed class CertificateValidator(PkiStore store, TimeProvider time)
{
    /// <summary>Largest certificate with its chain, in bytes.</summary>
    public const int MaxChainBytes = 65_536;

    /// <summary>How strictly it judges.</summary>
    public CertificateChecks Checks { get; init; } = new();

    /// <summary>
    /// Judges a certificate. It never throws: a store that cannot be read makes the certificate untrusted. One that is
    /// untrusted and otherwise sound is put among the rejected ones, for a person to look at.
    /// </summary>
    /// <param name="derWithChain">DER of the certificate, with its issuers behind it where the peer sent them; up to
    /// <see cref="MaxChainBytes"/> bytes and eight certificates.</param>
    /// <param name="expected">What it has to be.</param>
    public CertificateVerdict Validate(ReadOnlyMemory<byte> derWithChain, CertificateExpectation expected)
    {
        List<X509Certificate2> sent;
        CertificateChain chain;
        CertificateFields[] fields;
        try
        {
            sent = Split(derWithChain);
            chain = CertificateChain.Build(sent[0], [.. Known(), .. sent.Skip(1)]);
            fields = [.. chain.Links.Select(CertificateFields.Of)];
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return new CertificateVerdict(
                StatusCodes.BadCertificateInvalid, $"the {expected.Role} sent no valid certificate ({e.Message})");
        }
        catch (PkiException e)
        {
            return new CertificateVerdict(StatusCodes.BadCertificateUntrusted, e.Message);
        }

        CertificateJudgement judgement = new(chain, fields, expected, Checks, time.GetUtcNow());
        return judgement.Structure() ?? judgement.Policy() ?? Trust(chain, judgement) ?? CertificateVerdict.Good;
    }

    private CertificateVerdict? Trust(CertificateChain chain, CertificateJudgement judgement)
    {
        try
        {
            X509Certificate2[] trusted = [.. Certificates(PkiFolder.Trusted)];
            if (chain.Links.Any(link => trusted.Any(t => CertificateChain.Same(t, link))))
            {
                return judgement.Fitness() ?? judgement.Revocation(Lists());
            }

            string kept = "";
            if (judgement.Fitness() is null)
            {
                store.KeepRejected(chain.Leaf);
                kept = $"; it is kept in {store.CertificateFolder(PkiFolder.Rejected)}";
            }

            return judgement.Verdict(
                StatusCodes.BadCertificateUntrusted, $"is not in {store.Root}, nor is its issuer{kept}");
        }
        catch (PkiException e)
        {
            return judgement.Verdict(StatusCodes.BadCertificateUntrusted, $"cannot be compared or kept: {e.Message}");
        }
    }

    private IEnumerable<X509Certificate2> Known() =>
        Certificates(PkiFolder.Trusted).Concat(Certificates(PkiFolder.Issuer));

    private IEnumerable<X509Certificate2> Certificates(PkiFolder folder) =>
        store.Entries(folder).Select(static e => e.Certificate).OfType<X509Certificate2>();

    private List<RevocationList> Lists() =>
    [
        .. store.RevocationFiles()
            .Select(static f => PkiFile.Decoded(PkiFile.Read(f, PkiFile.MaxRevocationListBytes), "X509 CRL"))
            .Select(RevocationList.Read).OfType<RevocationList>(),
    ];

    private static List<X509Certificate2> Split(ReadOnlyMemory<byte> der)
    {
        if (der.Length is 0 or > MaxChainBytes)
        {
            throw new CryptographicException($"{der.Length} bytes; 1 to {MaxChainBytes} are allowed");
        }

        List<X509Certificate2> certificates = [];
        AsnReader reader = new(der, AsnEncodingRules.DER);
        while (reader.HasData)
        {
            if (certificates.Count == CertificateChain.MaxLinks)
            {
                throw new CryptographicException($"more than {CertificateChain.MaxLinks} certificates");
            }

            ReadOnlyMemory<byte> one = reader.ReadEncodedValue();
            certificates.Add(X509CertificateLoader.LoadCertificate(one.Span));
        }

        return certificates;
    }
}
