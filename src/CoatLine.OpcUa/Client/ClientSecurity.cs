using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Client;

/// <summary>The security of one channel of a client and of the sessions on it (OPC 10000-4 §5.7.2, §5.7.3): what is
/// signed, and what of the server is held against what. A session that comes to a new channel is activated with the
/// security of that one.</summary>
internal sealed class ClientSecurity
{
    /// <summary>Length of the nonces of a session, at least 32 octets (OPC 10000-4 §5.7.2).</summary>
    private const int NonceOctets = 32;

    private readonly UaClientOptions options;
    private readonly EndpointDescription? endpoint;
    private readonly EndpointDescription[] discovered;
    private readonly SecuredPolicy? keys;

    private ClientSecurity(
        UaClientOptions options, EndpointDescription? endpoint, EndpointDescription[] discovered, SecuredPolicy? keys)
    {
        this.options = options;
        this.endpoint = endpoint;
        this.discovered = discovered;
        this.keys = keys;
    }

    /// <summary>Policy of the channel.</summary>
    public ISecurityPolicy Policy => keys is null ? NoSecurityPolicy.Instance : keys;

    /// <summary>Mode of the channel.</summary>
    public MessageSecurityMode Mode => keys is null ? MessageSecurityMode.None : endpoint!.SecurityMode;

    private UaSecurityPolicy Catalogued => keys?.Policy ?? UaSecurityPolicy.None;

    /// <summary>No security, for a channel on which no session is ever created.</summary>
    public static ClientSecurity ForDiscovery(UaClientOptions options) => new(options, null, [], null);

    /// <summary>Asks the server for its endpoints, takes the best that the options allow, and has its certificate
    /// judged. Without security there is nothing to ask.</summary>
    /// <exception cref="UaException">There is no such endpoint, the server's certificate is not accepted, or nobody
    /// answers; the message says which.</exception>
    public static async Task<ClientSecurity> PrepareAsync(
        UaClientOptions options, TimeSpan reachTimeout, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var isPlain = options.Pki is null || options.SecurityPolicy is { IsNone: true };
        if (isPlain && options.AllowInsecure)
        {
            return ForDiscovery(options);
        }

        if (isPlain)
        {
            throw new UaException(
                StatusCodes.BadSecurityModeInsufficient,
                $"{options.EndpointUrl} may not be connected without security: give the client a certificate (Pki), "
                + "or set AllowInsecure");
        }

        CheckOwn(options);
        var offered = await UaDiscovery.GetEndpointsAsync(options, reachTimeout, networkTime, cancellationToken)
            .ConfigureAwait(false);
        var chosen = EndpointSelection.Choose(offered, options);
        return chosen.SecurityMode == MessageSecurityMode.None
            ? new ClientSecurity(options, chosen, offered, null)
            : new ClientSecurity(options, chosen, offered, Bind(chosen, options));
    }

    /// <summary>What a refusal of the channel means for whoever has to mend it: a server does not say it.</summary>
    public UaException Explain(UaException refusal) => keys is null
        || refusal.Status.WithoutInfoBits != StatusCodes.BadSecurityChecksFailed
        ? refusal
        : new UaException(
            refusal.Status,
            $"{refusal.Message}. The server may not trust this client's certificate "
            + $"[{options.Pki!.Own.Certificate.Thumbprint}]: look among those that it has rejected",
            refusal);

    /// <summary>The request with certificate and nonce.</summary>
    public CreateSessionRequest Complete(CreateSessionRequest request) => request with
    {
        ClientNonce = RandomNumberGenerator.GetBytes(NonceOctets),
        ClientCertificate = keys?.OwnCertificate.ToArray(),
    };

    /// <summary>Holds the server's answer against its certificate, its signature and the endpoints it named before.
    /// </summary>
    /// <exception cref="UaException">BadSecurityChecksFailed, BadNonceInvalid or BadApplicationSignatureInvalid: the
    /// session is not to be used.</exception>
    public void Check(CreateSessionRequest request, CreateSessionResponse created)
    {
        if (keys is null)
        {
            return;
        }

        if (!SecuredPolicy.LeafOf(created.ServerCertificate).Span.SequenceEqual(keys.PeerCertificate.Span))
        {
            throw Failed("shows another certificate for the session than for the channel");
        }

        if (created.ServerNonce is not { Length: >= NonceOctets })
        {
            throw new UaException(
                StatusCodes.BadNonceInvalid,
                $"{options.EndpointUrl} gave a nonce of {created.ServerNonce?.Length ?? 0} octets");
        }

        var signature = created.ServerSignature;
        if (signature.Signature is null || signature.Algorithm != keys.Policy.SignatureUri
            || !keys.VerifyPeer(
                [.. request.ClientCertificate ?? [], .. request.ClientNonce ?? []], signature.Signature))
        {
            throw new UaException(
                StatusCodes.BadApplicationSignatureInvalid, $"{options.EndpointUrl} did not sign the session rightly");
        }

        if (!EndpointComparison.AreSame(discovered, created.ServerEndpoints))
        {
            throw Failed("names other endpoints on the secured channel than before it: somebody may have changed them");
        }
    }

    /// <summary>The request that activates a session on this channel, the first time or again.</summary>
    /// <param name="created">The server's answer to CreateSession.</param>
    /// <param name="serverNonce">The server's last nonce, of CreateSession or of the last activation.</param>
    /// <exception cref="UaException">BadIdentityTokenRejected: the server has no way for this kind of user.</exception>
    public ActivateSessionRequest ActivateRequest(CreateSessionResponse created, byte[]? serverNonce)
    {
        var nonce = serverNonce ?? [];
        var place = endpoint ?? created.ServerEndpoints.FirstOrDefault(
            e => e.SecurityMode == MessageSecurityMode.None
                && e.SecurityPolicyUri is null or NoSecurityPolicy.PolicyUri);
        var (token, userSignature) = UserTokenMaker.Make(options, place, Catalogued, ServerCertificate(created), nonce);
        return new ActivateSessionRequest
        {
            ClientSignature = keys is null
                ? new SignatureData()
                : new SignatureData
                {
                    Algorithm = keys.Policy.SignatureUri,
                    Signature = keys.Sign([.. keys.PeerCertificate.Span, .. nonce]),
                },
            UserIdentityToken = token,
            UserTokenSignature = userSignature,
        };
    }

    private ReadOnlyMemory<byte> ServerCertificate(CreateSessionResponse created) => keys?.PeerCertificate
        ?? SecuredPolicy.LeafOf(created.ServerCertificate ?? endpoint?.ServerCertificate);

    private static SecuredPolicy Bind(EndpointDescription chosen, UaClientOptions options)
    {
        var pki = options.Pki!;
        var verdict = ServerTrust.Judge(pki, chosen.ServerCertificate, chosen.Server.ApplicationUri, options);
        if (!verdict.IsGood)
        {
            throw new UaException(verdict.Status, $"{options.EndpointUrl} is not trusted: {verdict.Why}");
        }

        using var server = X509CertificateLoader.LoadCertificate(
            SecuredPolicy.LeafOf(chosen.ServerCertificate).Span);
        return new SecuredPolicy(
            UaSecurityPolicy.Find(chosen.SecurityPolicyUri)!, pki.Own.Certificate, pki.Own.Chain, server);
    }

    /// <summary>A server refuses a client whose name is not the one in its certificate: better said here.</summary>
    private static void CheckOwn(UaClientOptions options)
    {
        var uris = CertificateFields.Of(options.Pki!.Own.Certificate).Uris;
        if (!uris.Contains(options.ApplicationUri))
        {
            throw new UaException(
                StatusCodes.BadCertificateUriInvalid,
                $"The client's ApplicationUri is '{options.ApplicationUri}', but its certificate is for "
                + $"'{string.Join("', '", uris)}'");
        }
    }

    private UaException Failed(string what) =>
        new(StatusCodes.BadSecurityChecksFailed, $"{options.EndpointUrl} {what}");
}

/// <summary>Has a server's certificate judged.</summary>
internal static class ServerTrust
{
    public static CertificateVerdict Judge(
        ApplicationPki pki, ReadOnlyMemory<byte> certificate, string? applicationUri, UaClientOptions options) =>
        pki.Validator.Validate(certificate, new CertificateExpectation
        {
            Role = CertificateRole.Server,

            // Some servers leave it out of their description.
            ApplicationUri = string.IsNullOrEmpty(applicationUri) ? null : applicationUri,
            HostName = Uri.TryCreate(options.EndpointUrl, UriKind.Absolute, out var url) ? url.DnsSafeHost : null,
        });
}
