using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>Holds the endpoints of CreateSession against those of discovery, which anybody in between could have
/// changed to lead a client to a weaker one (OPC 10000-4 §5.7.2).</summary>
internal static class EndpointComparison
{
    /// <summary>Compares what bears on security: mode, policy, rank and user tokens of the endpoints with the binary
    /// profile, in any order. URLs differ by the network that they are seen from, and the rest may be left out.
    /// </summary>
    public static bool AreSame(EndpointDescription[] discovered, EndpointDescription[] session) =>
        Keys(discovered).SequenceEqual(Keys(session));

    private static IEnumerable<string> Keys(EndpointDescription[] endpoints) => endpoints
        .Where(e => e.TransportProfileUri is null or "" or EndpointSelection.BinaryProfile)
        .Select(Key)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static string Key(EndpointDescription e)
    {
        var tokens = e.UserIdentityTokens
            .Select(t => $"{t.PolicyId}|{t.TokenType}|{t.SecurityPolicyUri}|{t.IssuedTokenType}")
            .Order(StringComparer.Ordinal);
        return $"{e.SecurityMode}|{e.SecurityPolicyUri}|{e.SecurityLevel}|{string.Join(';', tokens)}";
    }
}
