using System.Security.Cryptography;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

public sealed partial class UaClient
{
    /// <summary>Length of the nonces of a session, at least 32 octets (OPC 10000-4 §5.7.2).</summary>
    private const int NonceOctets = 32;

    /// <summary>A session outlives this many keep-alive reads, so that one lost answer does not end it.</summary>
    private const int KeepAlivesPerSessionTimeout = 3;

    private const string NoSecurity = "http://opcfoundation.org/UA/SecurityPolicy#None";

    private async Task OpenSessionAsync(CancellationToken cancellationToken)
    {
        var created = await SendAsync<CreateSessionResponse>(
            new CreateSessionRequest
            {
                ClientDescription = new ApplicationDescription
                {
                    ApplicationUri = _options.ApplicationUri,
                    ApplicationName = LocalizedText.Of(_options.ApplicationName),
                    ApplicationType = ApplicationType.Client,
                },
                EndpointUrl = _options.EndpointUrl,
                SessionName = _options.SessionName,
                ClientNonce = RandomNumberGenerator.GetBytes(NonceOctets),
                RequestedSessionTimeoutMs = _options.SessionTimeout.TotalMilliseconds,
                MaxResponseMessageOctets = (uint)_options.Limits.MaxMessageOctets,
            },
            cancellationToken).ConfigureAwait(false);
        _authenticationToken = created.AuthenticationToken;
        SessionTimeout = TimeSpan.FromMilliseconds(created.RevisedSessionTimeoutMs);

        await SendAsync<ActivateSessionResponse>(
            new ActivateSessionRequest
            {
                UserIdentityToken = new ExtensionObject(
                    new AnonymousIdentityToken { PolicyId = AnonymousPolicy(created.ServerEndpoints) }),
            },
            cancellationToken).ConfigureAwait(false);
        await ReadServerFactsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Id of the anonymous policy of the endpoint without security. It is the server's own choice of text, so it has
    /// to be looked up.
    /// </summary>
    private string? AnonymousPolicy(EndpointDescription[] endpoints)
    {
        var plain = endpoints
            .Where(e => e.SecurityMode == MessageSecurityMode.None && e.SecurityPolicyUri is NoSecurity or null)
            .ToArray();
        var policy = plain.SelectMany(e => e.UserIdentityTokens)
            .FirstOrDefault(t => t.TokenType == UserTokenType.Anonymous);
        return policy is not null || plain.Length == 0
            ? policy?.PolicyId
            : throw new UaException(
                StatusCodes.BadIdentityTokenRejected, $"{EndpointUrl} does not let anonymous users in");
    }

    private async Task ReadServerFactsAsync(CancellationToken cancellationToken)
    {
        // One value per call first, since the limits are not known yet and a small server may take few at once.
        var namespaces = await ReadAsync([VariableIds.Server_NamespaceArray], cancellationToken).ConfigureAwait(false);
        if (namespaces[0].Status.IsBad || !namespaces[0].Value.TryGet<string?[]>(out var uris))
        {
            throw new UaException(
                StatusCodes.BadUnexpectedError, $"{EndpointUrl} does not tell its namespaces: {namespaces[0].Status}");
        }

        NamespaceArray = Array.ConvertAll(uris, uri => uri ?? "");
        try
        {
            var limits = await ReadAsync(OperationLimits.Nodes, cancellationToken).ConfigureAwait(false);
            _limits = OperationLimits.From(limits, _options.MaxOperationsPerCall);
        }
        catch (UaException refused) when (refused.Status == StatusCodes.BadTooManyOperations)
        {
            _limits = OperationLimits.All(1);
        }
    }

    /// <summary>Begins to look after the connection, once the session stands.</summary>
    private void StartKeepAlive()
    {
        var most = SessionTimeout / KeepAlivesPerSessionTimeout;
        var interval = most > TimeSpan.Zero && most < _options.KeepAliveInterval ? most : _options.KeepAliveInterval;
        _keepAlive = _time.CreateTimer(
            static state => _ = ((UaClient)state!).KeepAliveAsync(), this, interval, interval);
    }

    private async Task EndWithChannelAsync()
    {
        try
        {
            await _requests.Completion.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var words = $"The connection to {EndpointUrl} was lost: {failure.Message}";
            End(new UaException(StatusCodes.BadConnectionClosed, words, failure));
        }
    }

    private async Task KeepAliveAsync()
    {
        if (_publishing.FindSilent() is { } silent)
        {
            End(silent);
            return;
        }

        if (_requests.SinceLastAnswer < _options.KeepAliveInterval / 2 || Interlocked.Exchange(ref _asking, 1) != 0)
        {
            return;
        }

        try
        {
            await ReadAsync([VariableIds.Server_ServerStatus_State], CancellationToken.None).ConfigureAwait(false);
        }
        catch (UaException failure)
        {
            // Any other refusal is an answer all the same: the link stands.
            if (failure.Status == StatusCodes.BadTimeout)
            {
                End(new UaException(StatusCodes.BadTimeout, $"{EndpointUrl} does not answer any more", failure));
            }
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }
}
