using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>Finds out who the user of ActivateSession is (OPC 10000-4 §5.7.3.2 and §7.41). Thread safe.</summary>
internal sealed class UserTokens(UaServerOptions options, ServerEndpoints endpoints, TimeProvider time)
{
    /// <summary>Longest user name, characters.</summary>
    private const int LongestName = 256;

    private readonly UserLockout lockout = new(options.Limits, time);

    /// <summary>The user by kind and name, null for an anonymous one. Throws <see cref="UaException"/> with
    /// BadIdentityTokenRejected, BadIdentityTokenInvalid, BadUserAccessDenied or BadUserSignatureInvalid.</summary>
    public string? Identify(ActivateSessionRequest request, ServerChannel channel, byte[] serverNonce)
    {
        var policy = channel.Keys?.Policy ?? UaSecurityPolicy.None;
        var token = request.UserIdentityToken;
        switch (token.Structure)
        {
            case null when token.IsNull:
                Policy(policy, UserTokenType.Anonymous, null);
                return null;
            case AnonymousIdentityToken anonymous:
                Policy(policy, UserTokenType.Anonymous, anonymous.PolicyId);
                return null;
            case UserNameIdentityToken name:
                return UserName(name, Policy(policy, UserTokenType.UserName, name.PolicyId), channel, serverNonce);
            case X509IdentityToken certificate:
                return Certificate(
                    certificate,
                    request.UserTokenSignature,
                    Policy(policy, UserTokenType.Certificate, certificate.PolicyId),
                    serverNonce);
            default:
                throw new UaException(
                    StatusCodes.BadIdentityTokenInvalid, "The user identity token is of a kind that is not known");
        }
    }

    /// <summary>The security policy of a user token: its own, else the channel's.</summary>
    private UaSecurityPolicy Policy(UaSecurityPolicy channel, UserTokenType type, string? id)
    {
        var ofType = endpoints.Tokens(channel).Where(t => t.TokenType == type).ToArray();
        if (ofType.Length == 0)
        {
            throw new UaException(StatusCodes.BadIdentityTokenRejected, $"The endpoint takes no {type} users");
        }

        // Many clients leave the id out where there is no choice.
        var found = ofType.FirstOrDefault(t => t.PolicyId == id)
            ?? (string.IsNullOrEmpty(id) && type == UserTokenType.Anonymous ? ofType[0] : null)
            ?? throw new UaException(
                StatusCodes.BadIdentityTokenInvalid, "The token names a policy that the endpoint does not have");
        return found.SecurityPolicyUri is null ? channel : UaSecurityPolicy.Find(found.SecurityPolicyUri)!;
    }

    private string UserName(
        UserNameIdentityToken token, UaSecurityPolicy policy, ServerChannel channel, byte[] serverNonce)
    {
        if (token.UserName is not { Length: > 0 and <= LongestName } name || token.Password is null
            || token.EncryptionAlgorithm != policy.EncryptionUri)
        {
            throw new UaException(
                StatusCodes.BadIdentityTokenInvalid, "The token has no name, no password or another encryption");
        }

        using var key = options.Pki!.Own.Certificate.GetRSAPrivateKey()!;
        var secret = TokenSecret.Decrypt(policy, key, token.Password, serverNonce);
        if (secret is null)
        {
            throw Refused(channel, name, StatusCodes.BadIdentityTokenInvalid, "came with a password that is no secret");
        }

        if (lockout.IsLocked(name))
        {
            throw Refused(channel, name, StatusCodes.BadUserAccessDenied, "is locked out after wrong passwords");
        }

        if (!IsRight(name, secret))
        {
            lockout.Wrong(name);
            throw Refused(channel, name, StatusCodes.BadUserAccessDenied, "gave a wrong password");
        }

        lockout.Right(name);
        return $"user:{name}";
    }

    private bool IsRight(string name, byte[] secret)
    {
        try
        {
            return options.CheckUser!(name, Encoding.UTF8.GetString(secret));
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private string Certificate(
        X509IdentityToken token, SignatureData signature, UaSecurityPolicy policy, byte[] serverNonce)
    {
        var der = token.CertificateData ?? [];
        var verdict = options.UserCertificates!.Validate(
            der, new CertificateExpectation { Role = CertificateRole.User });
        if (!verdict.IsGood)
        {
            options.SecurityReport?.Invoke(new SecurityIncident("", verdict.Status, verdict.Why));
            throw new UaException(StatusCodes.BadIdentityTokenRejected, "The user's certificate is not accepted");
        }

        using var certificate = X509CertificateLoader.LoadCertificate(SecuredPolicy.LeafOf(der).Span);
        using var key = certificate.GetRSAPublicKey();
        var own = options.Pki!.Own;
        bool Signs(ReadOnlySpan<byte> server) => key!.VerifyData(
            (byte[])[.. server, .. serverNonce], signature.Signature!, HashAlgorithmName.SHA256,
            policy.SignaturePadding);
        var isGood = key is not null && signature.Signature is not null
            && signature.Algorithm == policy.SignatureUri
            && (Signs(own.Certificate.RawDataMemory.Span) || Signs(own.Chain.Span));
        return isGood
            ? $"certificate:{certificate.Thumbprint}"
            : throw new UaException(StatusCodes.BadUserSignatureInvalid, "The user's signature is wrong");
    }

    private UaException Refused(ServerChannel channel, string user, StatusCode status, string why)
    {
        options.SecurityReport?.Invoke(new SecurityIncident(channel.Peer, status, $"The user '{user}' {why}"));
        return new UaException(status, "The user is not let in");
    }
}
