using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>Makes the user identity token of ActivateSession (OPC 10000-4 §7.41).</summary>
internal static class UserTokenMaker
{
    /// <summary>The token, and the user's signature where he has a key.</summary>
    /// <param name="options">Who the user is, and whom to trust.</param>
    /// <param name="endpoint">The endpoint whose token policies hold; null when the server named none.</param>
    /// <param name="channel">Policy of the channel, which a token policy may override.</param>
    /// <param name="serverCertificate">DER of the server's certificate; empty when it has none.</param>
    /// <param name="serverNonce">The server's last nonce.</param>
    public static (ExtensionObject Token, SignatureData Signature) Make(
        UaClientOptions options, EndpointDescription? endpoint, UaSecurityPolicy channel,
        ReadOnlyMemory<byte> serverCertificate, byte[] serverNonce)
    {
        var user = options.User;
        var choice = endpoint is null ? null : EndpointSelection.Tokens(endpoint, user.Type).FirstOrDefault();
        if (choice is null && (endpoint is not null || user.Type != UserTokenType.Anonymous))
        {
            throw new UaException(
                StatusCodes.BadIdentityTokenRejected, $"{options.EndpointUrl} does not let {user.Type} users in");
        }

        if (choice is null || user.Type == UserTokenType.Anonymous)
        {
            var anonymous = new AnonymousIdentityToken { PolicyId = choice?.PolicyId };
            return (new ExtensionObject(anonymous), new SignatureData());
        }

        var policy = EndpointSelection.PolicyOf(choice, channel.Uri)!;
        if (user.Type == UserTokenType.UserName)
        {
            return (UserName(options, choice, policy, serverCertificate, endpoint!, serverNonce), new SignatureData());
        }

        var token = new X509IdentityToken { PolicyId = choice.PolicyId, CertificateData = user.Key!.RawData };
        using var key = user.Key.GetRSAPrivateKey() ?? throw new UaException(
            StatusCodes.BadIdentityTokenInvalid, "The user's certificate has no RSA key");
        var signature = policy.IsNone
            ? new SignatureData()
            : new SignatureData
            {
                Algorithm = policy.SignatureUri,
                Signature = key.SignData(
                    (byte[])[.. serverCertificate.Span, .. serverNonce], HashAlgorithmName.SHA256,
                    policy.SignaturePadding),
            };
        return (new ExtensionObject(token), signature);
    }

    private static ExtensionObject UserName(
        UaClientOptions options, UserTokenPolicy choice, UaSecurityPolicy policy,
        ReadOnlyMemory<byte> serverCertificate, EndpointDescription endpoint, byte[] serverNonce)
    {
        var password = Encoding.UTF8.GetBytes(options.User.Password);
        var secret = policy.IsNone
            ? Clear(options, endpoint, password)
            : Encrypted(options, policy, serverCertificate, endpoint, password, serverNonce);
        return new ExtensionObject(new UserNameIdentityToken
        {
            PolicyId = choice.PolicyId,
            UserName = options.User.Name,
            Password = secret,
            EncryptionAlgorithm = policy.EncryptionUri,
        });
    }

    /// <summary>A password as it is: on an encrypted channel, or where insecurity is allowed.</summary>
    private static byte[] Clear(UaClientOptions options, EndpointDescription endpoint, byte[] password) =>
        endpoint.SecurityMode == MessageSecurityMode.SignAndEncrypt || options.AllowInsecure
            ? password
            : throw new UaException(
                StatusCodes.BadSecurityModeInsufficient,
                $"{options.EndpointUrl} wants the password in the clear; AllowInsecure would let it go");

    private static byte[] Encrypted(
        UaClientOptions options, UaSecurityPolicy policy, ReadOnlyMemory<byte> serverCertificate,
        EndpointDescription endpoint, byte[] password, byte[] serverNonce)
    {
        // On a channel without security nobody has looked at the certificate yet.
        if (endpoint.SecurityMode == MessageSecurityMode.None && options.Pki is { } pki
            && ServerTrust.Judge(pki, serverCertificate, endpoint.Server.ApplicationUri, options)
                is { IsGood: false } no)
        {
            throw new UaException(no.Status, $"The password is not sent to {options.EndpointUrl}: {no.Why}");
        }

        try
        {
            using var server = X509CertificateLoader.LoadCertificate(serverCertificate.Span);
            using var key = server.GetRSAPublicKey() ?? throw new CryptographicException("The key is no RSA key.");
            return TokenSecret.Encrypt(policy, key, password, serverNonce);
        }
        catch (CryptographicException failure)
        {
            throw new UaException(
                StatusCodes.BadCertificateInvalid,
                $"{options.EndpointUrl} has no certificate with which a password could be encrypted",
                failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}
