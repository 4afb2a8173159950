using System.Text.Json;
using CoatLine.OpcUa.Tests.Interop;

namespace CoatLine.Conformance.Tests.Servers;

/// <summary>The server of node-opcua, a stack written by somebody else; a process of its own.</summary>
internal sealed class NodeServer(LineServerSetup setup) : LineServer
{
    private readonly DirectoryInfo applications = Directory.CreateTempSubdirectory("coatline-conformance-node-");
    private readonly DirectoryInfo users = Directory.CreateTempSubdirectory("coatline-conformance-users-");
    private NodeProcess? process;
    private string port = "0";

    public override string EndpointUrl => $"opc.tcp://127.0.0.1:{port}";

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        (string certificate, string key) = TestCertificates.Instance.WriteFor(applications, users);
        string settings = JsonSerializer.Serialize(new
        {
            port = int.Parse(port),
            applicationUri = TestCertificates.ServerUri,
            applications = applications.FullName,
            users = users.FullName,
            certificate,
            key,
            allowsInsecure = setup.AllowsInsecure,
            user = TestCertificates.UserName,
            password = TestCertificates.Password,
            nodesets = setup.ShowsTheLine ? new[] { ContractNodeSet, TypesNodeSet } : [],
            alarm = LineServerSetup.AlarmName,
            severity = LineServerSetup.AlarmSeverity,
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
        applications.Delete(recursive: true);
        users.Delete(recursive: true);
    }
}
