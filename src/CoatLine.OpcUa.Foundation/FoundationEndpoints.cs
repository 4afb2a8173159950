using CoatLine.Equipment.Connection;
using CoatLine.OpcUa.Security;
using Ua = Opc.Ua;

namespace CoatLine.OpcUa.Foundation;

/// <summary>Takes the endpoint by the same rule as our own stack: the one with encryption before one with signatures
/// only, the stronger policy before the weaker, None last and only where it is allowed.</summary>
internal static class FoundationEndpoints
{
    /// <exception cref="Ua.ServiceResultException">BadSecurityPolicyRejected: none of them will do.</exception>
    public static Ua.EndpointDescription Choose(
        IEnumerable<Ua.EndpointDescription> offered, UaLineConnectionOptions options)
    {
        Ua.EndpointDescription[] all = [.. offered];
        Ua.EndpointDescription? best = all
            .Where(e => IsPossible(e, options) && IsWanted(e, options))
            .OrderByDescending(static e => e.SecurityMode)
            .ThenByDescending(static e => UaSecurityPolicy.Find(e.SecurityPolicyUri)!.Strength)
            .FirstOrDefault();
        return best ?? throw new Ua.ServiceResultException(
            StatusCodes.BadSecurityPolicyRejected.Code,
            $"offers {string.Join(", ", all.Select(Name))}; none of them is one that this client takes"
            + (options.AllowInsecure ? "" : " without AllowInsecure"));
    }

    private static string Name(Ua.EndpointDescription endpoint) =>
        $"{UaSecurityPolicy.Find(endpoint.SecurityPolicyUri)?.Name ?? endpoint.SecurityPolicyUri} "
        + endpoint.SecurityMode;

    private static bool IsPossible(Ua.EndpointDescription endpoint, UaLineConnectionOptions options)
    {
        if (UaSecurityPolicy.Find(endpoint.SecurityPolicyUri) is not { } policy)
        {
            return false;
        }

        return policy.IsNone
            ? options.AllowInsecure && endpoint.SecurityMode == Ua.MessageSecurityMode.None
            : options.Pki is not null
                && endpoint.SecurityMode is Ua.MessageSecurityMode.Sign or Ua.MessageSecurityMode.SignAndEncrypt;
    }

    private static bool IsWanted(Ua.EndpointDescription endpoint, UaLineConnectionOptions options) =>
        (options.SecurityPolicy is null || options.SecurityPolicy.Uri == endpoint.SecurityPolicyUri)
        && (options.SecurityMode == Services.MessageSecurityMode.Invalid
            || (int)options.SecurityMode == (int)endpoint.SecurityMode);
}
