using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>Takes the best of the endpoints that a server offers (OPC 10000-4 §5.5.4, §6.1.6).</summary>
internal static class EndpointSelection
{
    public const string BinaryProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    /// <summary>The endpoint with encryption before one with signatures only, and the stronger policy before the
    /// weaker; None last, and only where the options allow it. The server's own ranks are not asked: they are not
    /// signed yet.</summary>
    /// <exception cref="UaException">BadSecurityPolicyRejected: none of them will do; the message says what there
    /// was.</exception>
    public static EndpointDescription Choose(IReadOnlyList<EndpointDescription> offered, UaClientOptions options)
    {
        var fitting = offered
            .Where(e => IsPossible(e, options) && IsWanted(e, options))
            .OrderByDescending(e => e.SecurityMode)
            .ThenByDescending(e => PolicyOf(e)!.Strength)
            .ToArray();
        return fitting.FirstOrDefault(e => Tokens(e, options.User.Type).Any())
            ?? throw Nothing(offered, fitting, options);
    }

    /// <summary>The ways in which users of a kind identify themselves at an endpoint, of which this client is capable;
    /// the strongest first.</summary>
    public static IEnumerable<UserTokenPolicy> Tokens(EndpointDescription endpoint, UserTokenType type) =>
        endpoint.UserIdentityTokens
            .Where(t => t.TokenType == type && PolicyOf(t, endpoint.SecurityPolicyUri) is not null)
            .OrderByDescending(t => PolicyOf(t, endpoint.SecurityPolicyUri)!.Strength);

    /// <summary>The security policy of a user token: its own, else the endpoint's; null for one not known.</summary>
    public static UaSecurityPolicy? PolicyOf(UserTokenPolicy token, string? endpointPolicy) => UaSecurityPolicy.Find(
        string.IsNullOrEmpty(token.SecurityPolicyUri) ? endpointPolicy : token.SecurityPolicyUri);

    private static UaSecurityPolicy? PolicyOf(EndpointDescription endpoint) =>
        UaSecurityPolicy.Find(endpoint.SecurityPolicyUri);

    private static bool IsPossible(EndpointDescription endpoint, UaClientOptions options)
    {
        if (PolicyOf(endpoint) is not { } policy || endpoint.TransportProfileUri is not (null or "" or BinaryProfile))
        {
            return false;
        }

        return policy.IsNone
            ? options.AllowInsecure && endpoint.SecurityMode == MessageSecurityMode.None
            : options.Pki is not null && endpoint.ServerCertificate is { Length: > 0 }
                && endpoint.SecurityMode is MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt;
    }

    private static bool IsWanted(EndpointDescription endpoint, UaClientOptions options) =>
        (options.SecurityPolicy is null || options.SecurityPolicy.Uri == endpoint.SecurityPolicyUri)
        && (options.SecurityMode == MessageSecurityMode.Invalid || options.SecurityMode == endpoint.SecurityMode);

    private static UaException Nothing(
        IReadOnlyList<EndpointDescription> offered, EndpointDescription[] fitting, UaClientOptions options)
    {
        const int mostNamed = 20;
        var names = string.Join(", ", offered.Take(mostNamed).Select(
            e => $"{PolicyOf(e)?.Name ?? e.SecurityPolicyUri} {e.SecurityMode}"));
        if (fitting.Length > 0)
        {
            return new UaException(
                StatusCodes.BadIdentityTokenRejected,
                $"{options.EndpointUrl} takes no {options.User.Type} users at its endpoints");
        }

        var wanted = options.SecurityPolicy is null && options.SecurityMode == MessageSecurityMode.Invalid
            ? "none of them is one that this client takes"
            : $"{options.SecurityPolicy?.Name ?? "any policy"} {ModeName(options.SecurityMode)} is not among them";
        var hint = !options.AllowInsecure && offered.Any(e => PolicyOf(e) is { IsNone: true })
            ? "; AllowInsecure would let it connect without security"
            : "";
        return new UaException(
            StatusCodes.BadSecurityPolicyRejected,
            $"{options.EndpointUrl} offers {(names.Length == 0 ? "no endpoint" : names)}; {wanted}{hint}");
    }

    private static string ModeName(MessageSecurityMode mode) =>
        mode == MessageSecurityMode.Invalid ? "with any mode" : mode.ToString();
}
