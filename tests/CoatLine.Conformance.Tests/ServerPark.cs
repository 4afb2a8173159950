using CoatLine.Conformance.Tests.Servers;

namespace CoatLine.Conformance.Tests;

/// <summary>The servers that several fixtures share, started when the first one asks.</summary>
[SetUpFixture]
public sealed class ServerPark
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<ServerKind, LineServer> Running = [];

    /// <summary>The packages of node may have to be installed first.</summary>
    public static TimeSpan LongestStart { get; } = TimeSpan.FromMinutes(6);

    /// <summary>A server of its own for a test that stops it or needs it otherwise.</summary>
    internal static LineServer New(ServerKind kind, LineServerSetup setup) =>
        kind == ServerKind.Own ? new OwnServer(setup) : new NodeServer(setup);

    /// <summary>The server that everybody shares.</summary>
    internal static async Task<LineServer> SharedAsync(ServerKind kind, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            if (!Running.TryGetValue(kind, out LineServer? server))
            {
                server = New(kind, new LineServerSetup());
                await server.StartAsync(cancellationToken);
                Running.Add(kind, server);
            }

            return server;
        }
        finally
        {
            Gate.Release();
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (LineServer server in Running.Values)
        {
            await server.DisposeAsync();
        }

        TestCertificates.Forget();
    }
}
