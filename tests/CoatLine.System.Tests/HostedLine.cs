using CoatLine.Hosting;
using CoatLine.OpcUa.Pki;
using CoatLine.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.System.Tests;

/// <summary>A simulated line served over OPC UA with security, and a host that is not ours with the plug-in on it.
/// </summary>
internal sealed class HostedLine : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IHost _host;

    private HostedLine(TemporaryFolder folder, SimulatedLine line, IHost host)
    {
        (_folder, Line, _host) = (folder, line, host);
        Mes = host.Services.GetRequiredService<CoatLineMes>();
    }

    /// <summary>The machines, and the log of what they did.</summary>
    public SimulatedLine Line { get; }

    public CoatLineMes Mes { get; }

    public string DataFolder => _folder.Path;

    public static string Recipe(string name) =>
        File.ReadAllText(Path.Combine(RecipeCommandTests.FindRecipes(), name + ".yaml"));

    public static async Task<HostedLine> StartAsync(TimeProvider lineTime, CancellationToken cancellationToken)
    {
        TemporaryFolder folder = new();
        PkiStore plc = new(folder.File("plc"), TimeProvider.System);
        OwnCertificate plcOwn = plc.OwnCertificate(SimulatedLine.Identity);
        CoatLineOptions asTheHost = new() { DataDirectory = folder.Path, Line = "anode-2" };
        plc.Add(PkiFolder.Trusted, LineAccess.Own(asTheHost, TimeProvider.System).Certificate);
        new PkiStore(LineAccess.PkiDirectory(asTheHost), TimeProvider.System)
            .Add(PkiFolder.Trusted, plcOwn.Certificate);
        SimulatedLine line = new(
            new SimulatorOptions
            {
                Seed = 7, Pki = new ApplicationPki(plcOwn, new CertificateValidator(plc, TimeProvider.System)),
            },
            lineTime,
            TimeProvider.System);
        await line.StartAsync(cancellationToken);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddCoatLineMes(o =>
        {
            o.DataDirectory = folder.Path;
            o.Line = "anode-2";
            o.EndpointUrl = line.EndpointUrl;
            o.LineTime = lineTime;
        });
        HostedLine hosted = new(folder, line, builder.Build());
        await hosted._host.StartAsync(cancellationToken);
        await hosted.Mes.WaitForLineAsync(cancellationToken);
        return hosted;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Mes.DrainAsync(cancellationToken);
        await _host.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await Line.DisposeAsync();
        _folder.Dispose();
    }
}
