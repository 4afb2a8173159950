using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>A certificate revocation list (RFC 5280 §5.1).</summary>
/// <param name="Signed">The signed bytes.</param>
/// <param name="Issuer">DER of the issuer's name.</param>
/// <param name="From">When it was made.</param>
/// <param name="Until">When the next one is due, or null.</param>
/// <param name="Serials">Serial numbers that are revoked, as hexadecimal digits.</param>
internal sealed record RevocationList(
    SignedDer Signed, byte[] Issuer, DateTimeOffset From, DateTimeOffset? Until, IReadOnlySet<string> Serials)
{
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0);

    /// <summary>Reads a list, or null when the bytes hold none, or one that covers only a part (a delta, or one with a
    /// critical extension).</summary>
    public static RevocationList? Read(byte[] der)
    {
        try
        {
            SignedDer signed = SignedDer.Read(der);
            AsnReader content = new AsnReader(signed.Content, AsnEncodingRules.DER).ReadSequence();
            if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            {
                content.ReadInteger();
            }

            content.ReadSequence();
            byte[] issuer = content.ReadEncodedValue().ToArray();
            DateTimeOffset from = ReadTime(content);
            DateTimeOffset? until = content.HasData && IsTime(content.PeekTag()) ? ReadTime(content) : null;
            HashSet<string> serials = [];
            if (content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                ReadSerials(content.ReadSequence(), serials);
            }

            return content.HasData && HasCritical(content.ReadSequence(ExtensionsTag).ReadSequence())
                ? null
                : new RevocationList(signed, issuer, from, until, serials);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Whether the authority made this list.</summary>
    public bool IsOf(X509Certificate2 authority)
    {
        X509KeyUsageFlags usage = CertificateFields.Of(authority).KeyUsage ?? X509KeyUsageFlags.CrlSign;
        return authority.SubjectName.RawData.AsSpan().SequenceEqual(Issuer)
            && usage.HasFlag(X509KeyUsageFlags.CrlSign)
            && Signed.IsSignedBy(authority);
    }

    /// <summary>Whether the list names the certificate.</summary>
    public bool Names(X509Certificate2 certificate) => Serials.Contains(certificate.SerialNumber);

    private static void ReadSerials(AsnReader entries, HashSet<string> serials)
    {
        while (entries.HasData)
        {
            serials.Add(Convert.ToHexString(entries.ReadSequence().ReadIntegerBytes().Span));
        }
    }

    private static bool HasCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean())
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTime(Asn1Tag tag) =>
        tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader content) =>
        content.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? content.ReadUtcTime()
            : content.ReadGeneralizedTime();
}
