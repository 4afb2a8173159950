using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>FindServers and GetEndpoints (OPC 10000-4 §5.4). URLs carry the host name with which the client reached
/// this server, since that is the one that works for it.</summary>
internal sealed class DiscoveryService(UaServerOptions options, Func<int> port)
{
    public const string AnonymousPolicyId = "anonymous";

    private const string BinaryProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    public FindServersResponse FindServers(FindServersRequest request, string helloUrl)
    {
        var wanted = request.ServerUris.Length == 0 || request.ServerUris.Contains(options.ApplicationUri);
        return new FindServersResponse { Servers = wanted ? [Application(Url(request.EndpointUrl, helloUrl))] : [] };
    }

    public GetEndpointsResponse GetEndpoints(GetEndpointsRequest request, string helloUrl)
    {
        var wanted = request.ProfileUris.Length == 0 || request.ProfileUris.Contains(BinaryProfile);
        return new GetEndpointsResponse { Endpoints = wanted ? Endpoints(request.EndpointUrl, helloUrl) : [] };
    }

    public EndpointDescription[] Endpoints(string? clientUrl, string helloUrl)
    {
        var url = Url(clientUrl, helloUrl);
        return
        [
            new EndpointDescription
            {
                EndpointUrl = url,
                Server = Application(url),
                SecurityMode = MessageSecurityMode.None,
                SecurityPolicyUri = NoSecurityPolicy.PolicyUri,
                UserIdentityTokens =
                    [new UserTokenPolicy { PolicyId = AnonymousPolicyId, TokenType = UserTokenType.Anonymous }],
                TransportProfileUri = BinaryProfile,
            },
        ];
    }

    private ApplicationDescription Application(string url) => new()
    {
        ApplicationUri = options.ApplicationUri,
        ProductUri = options.ProductUri,
        ApplicationName = LocalizedText.Of(options.ApplicationName),
        ApplicationType = ApplicationType.Server,
        DiscoveryUrls = [url],
    };

    private string Url(string? clientUrl, string helloUrl)
    {
        foreach (var candidate in (string?[])[clientUrl, helloUrl])
        {
            if (Uri.TryCreate(candidate, UriKind.Absolute, out var url)
                && url.Scheme == "opc.tcp" && url.Host.Length > 0)
            {
                return $"opc.tcp://{url.Host}:{port()}";
            }
        }

        return $"opc.tcp://{options.Host}:{port()}";
    }
}
