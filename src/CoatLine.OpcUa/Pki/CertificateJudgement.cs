using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>
/// The steps of OPC 10000-4 §6.1.3 on one chain. Each step returns null when it passes, else the verdict.
/// </summary>
internal sealed class CertificateJudgement(
    CertificateChain chain,
    CertificateFields[] fields,
    CertificateExpectation expected,
    CertificateChecks checks,
    DateTimeOffset now)
{
    private const string AnyPurpose = "2.5.29.37.0";

    private const X509KeyUsageFlags ApplicationUsage = X509KeyUsageFlags.DigitalSignature
        | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    public CertificateVerdict Verdict(StatusCode status, string why) => Verdict(status, 0, why);

    /// <summary>"Certificate Structure", "Build Certificate Chain", "Signature".</summary>
    public CertificateVerdict? Structure()
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (chain.Links[i].Version != 3)
            {
                return Verdict(StatusCodes.BadCertificateInvalid, i, $"has version {chain.Links[i].Version}, not 3");
            }

            if (fields[i].UnknownCritical is { } oid)
            {
                return Verdict(
                    StatusCodes.BadCertificateInvalid, i, $"has the critical extension {oid}, which is not known here");
            }
        }

        if (chain.IsComplete)
        {
            return null;
        }

        int last = chain.Links.Count - 1;
        string issuer = chain.Links[last].Issuer;
        if (chain.HasForgery && SignedDer.Read(chain.Links[last].RawDataMemory) is { Hash: null } foreign)
        {
            return Verdict(
                StatusCodes.BadCertificatePolicyCheckFailed,
                last,
                $"is signed with the algorithm {foreign.AlgorithmOid}, which no policy here has");
        }

        return chain.HasForgery
            ? Verdict(StatusCodes.BadCertificateInvalid, last, $"bears a signature that '{issuer}' did not make")
            : Verdict(
                StatusCodes.BadCertificateChainIncomplete,
                last,
                $"was issued by '{issuer}', which is neither among the trusted nor among the issuers");
    }

    /// <summary>"Security Policy Check": keys and signature hashes.</summary>
    public CertificateVerdict? Policy()
    {
        for (int i = 0; i < fields.Length; i++)
        {
            int bits = fields[i].RsaBits;
            if (bits < expected.MinKeyBits || (i == 0 && bits > expected.MaxKeyBits))
            {
                string key = bits == 0 ? "no RSA key" : $"an RSA key of {bits} bit";
                return Verdict(
                    StatusCodes.BadCertificatePolicyCheckFailed,
                    i,
                    $"has {key}; {expected.MinKeyBits} to {expected.MaxKeyBits} bit are allowed");
            }

            // The signature of an authority on itself proves nothing, so its hash does not matter.
            SignedDer signed = SignedDer.Read(chain.Links[i].RawDataMemory);
            bool proves = i == 0 || i < fields.Length - 1;
            if (proves && !(signed.Hash is { } hash && expected.SignatureHashes.Contains(hash)))
            {
                return Verdict(
                    StatusCodes.BadCertificatePolicyCheckFailed,
                    i,
                    $"is signed with {signed.Hash?.Name ?? signed.AlgorithmOid}; "
                    + $"{string.Join(", ", expected.SignatureHashes)} are allowed");
            }
        }

        return null;
    }

    /// <summary>"Validity Period", "Host Name", "URI", "Certificate Usage".</summary>
    public CertificateVerdict? Fitness() => Validity() ?? HostName() ?? ApplicationUri() ?? Usage() ?? IssuerUsage();

    /// <summary>"Find Revocation List", "Revocation Check", for every certificate that another one issued.</summary>
    public CertificateVerdict? Revocation(IReadOnlyList<RevocationList> lists)
    {
        for (int i = 0; i < chain.Links.Count - 1; i++)
        {
            X509Certificate2 issuer = chain.Links[i + 1];
            RevocationList? list = lists.Where(l => l.IsOf(issuer)).MaxBy(static l => l.From);
            if (list is not null && list.Names(chain.Links[i]))
            {
                return Verdict(
                    i == 0 ? StatusCodes.BadCertificateRevoked : StatusCodes.BadCertificateIssuerRevoked,
                    i,
                    FormattableString.Invariant($"was revoked by '{issuer.Subject}' (list of {list.From:yyyy-MM-dd})"));
            }

            string? missing = list is null ? $"'{issuer.Subject}' has no revocation list in the crl folders"
                : list.Until is { } end && end + checks.ClockSkew < now
                    ? FormattableString.Invariant($"the list of '{issuer.Subject}' ended on {end:yyyy-MM-dd}")
                    : null;
            if (checks.RequireRevocationList && missing is not null)
            {
                return Verdict(
                    i == 0
                        ? StatusCodes.BadCertificateRevocationUnknown
                        : StatusCodes.BadCertificateIssuerRevocationUnknown,
                    i,
                    $"may be revoked: {missing}");
            }
        }

        return null;
    }

    private CertificateVerdict? Validity()
    {
        for (int i = 0; i < chain.Links.Count; i++)
        {
            DateTime from = chain.Links[i].NotBefore.ToUniversalTime();
            DateTime until = chain.Links[i].NotAfter.ToUniversalTime();
            if (now.UtcDateTime + checks.ClockSkew < from || now.UtcDateTime - checks.ClockSkew > until)
            {
                return Verdict(
                    i == 0 ? StatusCodes.BadCertificateTimeInvalid : StatusCodes.BadCertificateIssuerTimeInvalid,
                    i,
                    FormattableString.Invariant(
                        $"is valid from {from:yyyy-MM-dd HH:mm} to {until:yyyy-MM-dd HH:mm} UTC, and it is ")
                    + FormattableString.Invariant($"{now.UtcDateTime:yyyy-MM-dd HH:mm}"));
            }
        }

        return null;
    }

    private CertificateVerdict? HostName() =>
        !checks.CheckHostName || expected.HostName is not { } host || fields[0].Names(host)
            ? null
            : Verdict(
                StatusCodes.BadCertificateHostNameInvalid,
                $"names {Listed(fields[0].DnsNames.Concat(fields[0].Addresses.Select(static a => a.ToString())))}, "
                + $"not the host '{host}' that was connected to");

    private CertificateVerdict? ApplicationUri() =>
        expected.ApplicationUri is not { } uri || fields[0].Uris.Contains(uri, StringComparer.Ordinal)
            ? null
            : Verdict(
                StatusCodes.BadCertificateUriInvalid,
                $"is for the application {Listed(fields[0].Uris)}, not for '{uri}'");

    private CertificateVerdict? Usage()
    {
        X509KeyUsageFlags needed =
            expected.Role == CertificateRole.User ? X509KeyUsageFlags.DigitalSignature : ApplicationUsage;
        X509KeyUsageFlags present = fields[0].KeyUsage
            ?? (expected.Role == CertificateRole.User ? needed : X509KeyUsageFlags.None);
        if ((present & needed) != needed)
        {
            return Verdict(StatusCodes.BadCertificateUseNotAllowed, $"lacks the key usage {needed & ~present}");
        }

        string? purpose = expected.Role switch
        {
            CertificateRole.Client => CertificateMaker.ClientPurpose,
            CertificateRole.Server => CertificateMaker.ServerPurpose,
            _ => null,
        };
        return purpose is null || fields[0].Purposes is not { } purposes
            || purposes.Contains(purpose) || purposes.Contains(AnyPurpose)
            ? null
            : Verdict(
                StatusCodes.BadCertificateUseNotAllowed,
                $"is for {Listed(purposes)}, not for a {expected.Role} ({purpose})");
    }

    private CertificateVerdict? IssuerUsage()
    {
        for (int i = 1; i < fields.Length; i++)
        {
            if (!fields[i].IsAuthority
                || !(fields[i].KeyUsage ?? X509KeyUsageFlags.KeyCertSign).HasFlag(X509KeyUsageFlags.KeyCertSign))
            {
                return Verdict(StatusCodes.BadCertificateIssuerUseNotAllowed, i, "may not issue certificates");
            }

            if (fields[i].PathLength is { } most && i - 1 > most)
            {
                return Verdict(
                    StatusCodes.BadCertificateIssuerUseNotAllowed,
                    i,
                    $"allows {most} issuers below it, and there are {i - 1}");
            }
        }

        return null;
    }

    private static string Listed(IEnumerable<string> names) =>
        names.Any() ? string.Join(", ", names.Select(static n => $"'{n}'")) : "nothing";

    /// <summary>A stranger's names go to a log: none of them begins a line of its own or moves a cursor.</summary>
    private static string Printable(string text) => string.Concat(text.Select(
        static c => char.IsControl(c) ? '\uFFFD' : c));

    private CertificateVerdict Verdict(StatusCode status, int link, string why)
    {
        X509Certificate2 certificate = chain.Links[link];
        string what = link == 0 ? $"the {expected.Role} certificate" : "the issuer's certificate";
        return new CertificateVerdict(
            status, Printable($"{what} '{certificate.Subject}' [{certificate.Thumbprint}] {why}"));
    }
}
