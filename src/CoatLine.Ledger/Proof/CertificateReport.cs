using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>What a certificate is worth.</summary>
/// <param name="Holds">Every check passed, and the key is trusted where one was named.</param>
/// <param name="KeyTrust">Whether the key that signed is the plant's.</param>
/// <param name="SignedBy">Fingerprint of the key that signed.</param>
/// <param name="Events">Events in it.</param>
/// <param name="FirstSeq">Number of the first; 0 when there is none.</param>
/// <param name="LastSeq">Number of the last; 0 when there is none.</param>
/// <param name="Others">Numbers between them that are not in it: events of other batches, or of the line. A certificate
/// cannot prove that none of them is of this batch.</param>
/// <param name="Findings">What is wrong, at most <see cref="MaxFindings"/>; empty when it holds.</param>
public sealed record CertificateReport(
    bool Holds,
    KeyTrust KeyTrust,
    ChainHash SignedBy,
    int Events,
    long FirstSeq,
    long LastSeq,
    long Others,
    ImmutableArray<CertificateFinding> Findings)
{
    /// <summary>Most findings that are told.</summary>
    public const int MaxFindings = 100;
}

/// <summary>Something in a certificate that does not hold.</summary>
/// <param name="Seq">The event; null for the certificate as a whole.</param>
/// <param name="What">What is wrong, as a sentence.</param>
public sealed record CertificateFinding(long? Seq, string What);

/// <summary>Whether the key of a certificate is the plant's.</summary>
public enum KeyTrust
{
    /// <summary>No fingerprint was named: compare the one that signed with the one that the plant publishes.</summary>
    NotAsked,

    /// <summary>It is the one named, or follows it by valid signatures.</summary>
    Trusted,

    /// <summary>It is another one.</summary>
    Unknown,
}
