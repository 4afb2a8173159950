using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// Checks a certificate by itself: no database, no network, nothing but the file and, to know whose it is, the
/// fingerprint of a key. Pure and thread-safe.
/// </summary>
public static class CertificateVerifier
{
    /// <summary>Checks signature, keys, every event's hash, attributes and way to the root, and their order.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="trusted">Fingerprints that the plant has published; empty to leave the question open.</param>
    public static CertificateReport Verify(BatchCertificate certificate, IReadOnlyCollection<ChainHash> trusted)
    {
        var findings = new List<CertificateFinding>();
        Checkpoint checkpoint = certificate.Checkpoint.Checkpoint;
        KeyTrust trust = CheckSignature(certificate, trusted, findings);
        if (checkpoint.Line != certificate.Line)
        {
            findings.Add(new(null, $"the checkpoint is of {checkpoint.Line}, the certificate of {certificate.Line}"));
        }

        if (certificate.Events.IsEmpty)
        {
            findings.Add(new(null, "there is no event in it"));
        }

        CertifiedEvent? before = null;
        foreach (CertifiedEvent e in certificate.Events)
        {
            findings.AddRange(Problems(certificate, e, before).Select(what => new CertificateFinding(e.Seq, what)));
            before = e;
        }

        long first = certificate.Events.IsEmpty ? 0 : certificate.Events[0].Seq;
        long last = certificate.Events.IsEmpty ? 0 : certificate.Events[^1].Seq;
        return new CertificateReport(
            findings.Count == 0,
            trust,
            checkpoint.Key,
            certificate.Events.Length,
            first,
            last,
            Math.Max(0, last - first + 1 - certificate.Events.Length),
            [.. findings.Take(CertificateReport.MaxFindings)]);
    }

    private static KeyTrust CheckSignature(
        BatchCertificate certificate, IReadOnlyCollection<ChainHash> trusted, List<CertificateFinding> findings)
    {
        ChainHash signer = certificate.Checkpoint.Checkpoint.Key;
        if (certificate.Keys.FirstOrDefault(k => k.Key.Id == signer) is not { } key)
        {
            findings.Add(new(null, $"the key {signer} that signed the checkpoint is not in it"));
        }
        else if (!certificate.Checkpoint.IsSignedBy(key.Key))
        {
            findings.Add(new(null, "the checkpoint's signature does not fit: changed, or signed by another key"));
        }

        if (trusted.Count == 0)
        {
            return KeyTrust.NotAsked;
        }

        if (KeySuccession.Trusted(certificate.Keys, trusted).Contains(signer))
        {
            return KeyTrust.Trusted;
        }

        findings.Add(new(null, $"the key {signer} that signed it is none of those named, nor follows one of them"));
        return KeyTrust.Unknown;
    }

    private static IEnumerable<string> Problems(
        BatchCertificate certificate, CertifiedEvent e, CertifiedEvent? before)
    {
        Checkpoint checkpoint = certificate.Checkpoint.Checkpoint;
        if (e.Seq < 1 || e.Seq > checkpoint.Seq)
        {
            yield return $"its number is outside the checkpoint, which covers 1 to {checkpoint.Seq}";
            yield break;
        }

        if (before is not null && e.Seq <= before.Seq)
        {
            yield return $"it stands after event {before.Seq}: out of order, or twice";
        }

        if (EventChain.Hash(certificate.Line, e.Seq, e.Previous, e.Payload.Span) != e.Hash)
        {
            yield return "its hash is not that of its payload, number, line and predecessor";
        }

        if (before is not null && e.Seq == before.Seq + 1 && e.Previous != before.Hash)
        {
            yield return $"it does not follow event {before.Seq}";
        }

        if (e.Seq == checkpoint.Seq && e.Hash != checkpoint.Head)
        {
            yield return "it is not the head that the checkpoint names";
        }

        if (!MerkleTree.IsIncluded(
            MerkleTree.Leaf(e.Hash), e.Seq - 1, checkpoint.Seq, e.Path.AsSpan(), checkpoint.Root))
        {
            yield return "its proof does not lead to the checkpoint's root: it is not in the record";
        }

        if (EventAttributes.TryRead(e.Payload.Span, out string reason) is not { } attributes)
        {
            yield return reason;
        }
        else if (attributes.PlaceDifference(certificate.Line.Value, e.Seq, e.Previous.ToString()) is { } name)
        {
            yield return $"its payload names another {name}";
        }
        else if (attributes.Subject != certificate.Batch)
        {
            yield return $"it is of batch '{attributes.Subject}'";
        }
    }
}
