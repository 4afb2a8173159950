using System.Text.Json;

namespace CoatLine.Bench.OpcUa;

/// <summary>node-opcua for comparison: its server with our client, and its client with our server. The packages are
/// those of the interoperability tests.</summary>
internal sealed class NodeContenders : IAsyncDisposable
{
    /// <summary>More takes its server longer than the publishing interval.</summary>
    private const int MostItems = 1000;

    private readonly ChildProcess server;
    private readonly OurClient client;
    private readonly NodeClient theirs;

    private NodeContenders(ChildProcess server, OurClient client, NodeClient theirs)
    {
        this.server = server;
        this.client = client;
        this.theirs = theirs;
    }

    public IContender[] All => [client, theirs];

    /// <param name="ourUrl">Where our server is.</param>
    public static async Task<NodeContenders> StartAsync(string ourUrl)
    {
        var folder = Folder();
        var server = ChildProcess.Start("node", ["node-server.js"], folder);
        var url = await server.WaitForAsync("URL");
        var client = ChildProcess.Start("node", ["node-client.js", ourUrl], folder);
        await client.WaitForAsync("READY");
        return new NodeContenders(
            server,
            new OurClient($"{OpcUaBench.Ours}, node-opcua server", url, SecurityLevel.None, MostItems),
            new NodeClient(client));
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await theirs.DisposeAsync();
        await server.DisposeAsync();
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CoatLineMES.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "CoatLine.Bench", "node");
            }
        }

        throw new InvalidOperationException("The benchmark does not run from within the repository.");
    }

    /// <summary>node-opcua's client in a process of its own; it measures itself.</summary>
    private sealed class NodeClient(ChildProcess process) : IContender, IAsyncDisposable
    {
        public string Name => "node-opcua client, our server";

        public SecurityLevel Security => SecurityLevel.None;

        public async Task<Sample?> RunAsync(Workload workload, TimeSpan time)
        {
            if (workload.Kind == WorkloadKind.Monitored && workload.Items > MostItems)
            {
                return null;
            }

            await process.SendAsync(
                $"{workload.Kind} {workload.Items} {workload.Depth} {(long)time.TotalMilliseconds}");
            using var answer = JsonDocument.Parse(await process.WaitForAsync("SAMPLE"));
            var fields = answer.RootElement;
            double Field(string field) => fields.GetProperty(field) is { ValueKind: JsonValueKind.Number } number
                ? number.GetDouble()
                : double.NaN;
            return new Sample(
                (long)Field("items"), TimeSpan.FromSeconds(Field("elapsed_s")),
                TimeSpan.FromSeconds(Field("cpu_s")), Bytes: null, Field("p50_us"), Field("p99_us"));
        }

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
