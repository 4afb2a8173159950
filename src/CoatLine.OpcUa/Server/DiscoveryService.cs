using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>FindServers and GetEndpoints (OPC 10000-4 §5.4). URLs carry the host name with which the client reached
/// this server, since that is the one that works for it.</summary>
internal sealed class DiscoveryService(UaServerOptions options, ServerEndpoints endpoints, Func<int> port)
{
    public FindServersResponse FindServers(FindServersRequest request, string helloUrl)
    {
        var wanted = request.ServerUris.Length == 0 || request.ServerUris.Contains(options.ApplicationUri);
        return new FindServersResponse { Servers = wanted ? [Application(Url(request.EndpointUrl, helloUrl))] : [] };
    }

    public GetEndpointsResponse GetEndpoints(GetEndpointsRequest request, string helloUrl)
    {
        var wanted = request.ProfileUris.Length == 0 || request.ProfileUris.Contains(ServerEndpoints.BinaryProfile);
        return new GetEndpointsResponse { Endpoints = wanted ? Endpoints(request.EndpointUrl, helloUrl) : [] };
    }

    public EndpointDescription[] Endpoints(string? clientUrl, string helloUrl)
    {
        var url = Url(clientUrl, helloUrl);
        return endpoints.Describe(url, Application(url));
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
