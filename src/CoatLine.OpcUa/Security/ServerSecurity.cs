using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Security;

/// <summary>What a server does with the first OPN frame of a channel (OPC 10000-6 §6.7.6): selects the policy, finds
/// its own certificate by the thumbprint, and has the client's judged. Thread safe.</summary>
internal sealed class ServerSecurity(
    ApplicationPki? pki, IReadOnlyList<UaSecurityPolicy> policies, IReadOnlyList<MessageSecurityMode> modes)
{
    /// <summary>Policy None alone.</summary>
    public static ServerSecurity Insecure { get; } = new(null, [], []);

    /// <summary>The policy that the header names, between the own certificate and the client's, which nobody has judged
    /// yet. None is always there: discovery needs no security (OPC 10000-4 §5.5.2); sessions are another matter.
    /// Throws <see cref="UaException"/> with BadSecurityPolicyRejected or BadSecurityChecksFailed.</summary>
    public ISecurityPolicy Select(AsymmetricHeader header)
    {
        if (header.PolicyUri == NoSecurityPolicy.PolicyUri)
        {
            return NoSecurityPolicy.Instance;
        }

        var policy = policies.FirstOrDefault(offered => offered.Uri == header.PolicyUri);
        if (policy is null || pki is null)
        {
            throw new UaException(
                StatusCodes.BadSecurityPolicyRejected, $"The policy '{header.PolicyUri}' is not on offer");
        }

        try
        {
            using var client = X509CertificateLoader.LoadCertificate(
                SecuredPolicy.LeafOf(header.SenderCertificate).Span);
            return new SecuredPolicy(policy, pki.Own.Certificate, pki.Own.Chain, client);
        }
        catch (Exception failure) when (failure is CryptographicException or UaException)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, failure.Message, failure);
        }
    }

    /// <summary>Has the client's certificate judged. Throws <see cref="UaException"/> with BadSecurityChecksFailed,
    /// the reason in its message.</summary>
    public void CheckPeer(ISecurityPolicy policy, AsymmetricHeader header)
    {
        if (policy is not SecuredPolicy || pki is null)
        {
            return;
        }

        // The ApplicationUri is only known with CreateSession and is checked there.
        var verdict = pki.Validator.Validate(
            header.SenderCertificate, new CertificateExpectation { Role = CertificateRole.Client });
        if (!verdict.IsGood)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, $"{verdict.Why} ({verdict.Status})");
        }
    }

    /// <summary>Throws <see cref="UaException"/> with BadSecurityModeRejected for a mode that is not on offer with the
    /// policy.</summary>
    public void CheckMode(ISecurityPolicy policy, MessageSecurityMode mode)
    {
        var isOffered = policy is SecuredPolicy ? modes.Contains(mode) : mode == MessageSecurityMode.None;
        if (!isOffered)
        {
            throw new UaException(
                StatusCodes.BadSecurityModeRejected,
                $"Security mode {mode} is not on offer with the policy '{policy.Uri}'");
        }
    }
}
