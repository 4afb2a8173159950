using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// A public key with the word of the key before it, so that who trusts one key can trust those that follow it.
/// <code>
/// +--------------------+------------------+-------------------------------+
/// | "coatline.key.v1\0"| previous key id  | SubjectPublicKeyInfo, DER     |   signed by the previous key
/// |      16 bytes      |     32 bytes     | 91 bytes                      |
/// +--------------------+------------------+-------------------------------+
/// </code>
/// </summary>
/// <param name="Key">The key.</param>
/// <param name="Previous">The key before it; <see cref="ChainHash.Zero"/> for the first one.</param>
/// <param name="Signature">By the key before it; empty for the first one.</param>
public sealed record KeySuccession(PublicKey Key, ChainHash Previous, ReadOnlyMemory<byte> Signature)
{
    private static ReadOnlySpan<byte> DomainTag => "coatline.key.v1\0"u8;

    /// <summary>The first key of a plant: nobody vouches for it but the plant.</summary>
    public static KeySuccession First(SigningKey key) => new(key.Public, ChainHash.Zero, default);

    /// <summary>The next key, vouched for by the present one.</summary>
    public static KeySuccession Next(SigningKey present, SigningKey next) =>
        new(next.Public, present.Id, present.Sign(Statement(present.Id, next.Public)));

    /// <summary>
    /// The keys that may be trusted when some are: those, and whatever follows them by valid signatures, in any order
    /// of the list.
    /// </summary>
    /// <param name="keys">Keys at hand, at most a few hundred.</param>
    /// <param name="trusted">Fingerprints trusted beforehand.</param>
    public static ImmutableHashSet<ChainHash> Trusted(
        IReadOnlyCollection<KeySuccession> keys, IEnumerable<ChainHash> trusted)
    {
        ImmutableHashSet<ChainHash> known = [.. trusted];
        for (int round = 0; round < keys.Count; round++)
        {
            ImmutableHashSet<ChainHash> more = known.Union(
                keys.Where(k => !known.Contains(k.Key.Id) && known.Contains(k.Previous) && IsVouchedFor(k, keys))
                    .Select(k => k.Key.Id));
            if (more.Count == known.Count)
            {
                break;
            }

            known = more;
        }

        return known;
    }

    private static bool IsVouchedFor(KeySuccession key, IEnumerable<KeySuccession> keys) =>
        keys.FirstOrDefault(k => k.Key.Id == key.Previous) is { } previous
        && previous.Key.Verifies(Statement(key.Previous, key.Key), key.Signature.Span);

    private static byte[] Statement(ChainHash previous, PublicKey next) =>
        [.. DomainTag, .. previous.Span, .. next.Info];
}
