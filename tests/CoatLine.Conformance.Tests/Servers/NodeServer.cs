using System.Text.Json;
using CoatLine.OpcUa.Tests.Interop;

namespace CoatLine.Conformance.Tests.Servers;

/// <summary>The server of node-opcua, a stack written by somebody else; a process of its own.</summary>
internal sealed class NodeServer(LineServerSetup setup) : LineServer
{
    private readonly DirectoryInfo certificates = Directory.CreateTempSubdirectory("coatline-conformance-");
    private NodeProcess? process;
    private string port = "0";

    public override string EndpointUrl => $"opc.tcp://127.0.0.1:{port}";

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        string settings = JsonSerializer.Serialize(new
        {
            port = int.Parse(port),
            certificates = certificates.FullName,
            nodesets = setup.ShowsTheLine ? new[] { ContractNodeSet, TypesNodeSet } : [],
            slurryTemperature = LineServerSetup.SlurryTemperature,
        });
        process = await NodeProcess.StartAsync("line-server.js", settings);
        port = await process.WaitForAsync("PORT", cancellationToken);
    }

    public override async Task StopAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        certificates.Delete(recursive: true);
    }
}
