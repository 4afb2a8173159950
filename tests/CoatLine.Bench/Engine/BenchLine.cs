using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Handshake;
using CoatLine.Hosting.Time;
using CoatLine.OpcUa.Pki;
using CoatLine.Simulator;
using CoatLine.Simulator.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Bench.Engine;

/// <summary>The simulated line and the MES's end of the link to it over real sockets, signed and encrypted with the
/// strongest policy as by default, in this process.</summary>
internal sealed class BenchLine : IAsyncDisposable
{
    private const string ClientUri = "urn:coatline:bench:mes";

    private readonly SimulatedLine _simulator;

    private BenchLine(string folder, double speed, ReactionTrace trace)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Time = new ScaledTimeProvider(now, now, speed, TimeProvider.System);
        PkiStore server = new(Path.Combine(folder, "pki-server"), TimeProvider.System);
        PkiStore client = new(Path.Combine(folder, "pki-client"), TimeProvider.System);
        ApplicationPki serverPki = Pki(server, SimulatedLine.Identity);
        ApplicationPki clientPki = Pki(client, new ApplicationIdentity(ClientUri, "bench", ["localhost", "127.0.0.1"]));
        server.Add(PkiFolder.Trusted, clientPki.Own.Certificate);
        client.Add(PkiFolder.Trusted, serverPki.Own.Certificate);
        _simulator = new SimulatedLine(new SimulatorOptions { Pki = serverPki }, Time, TimeProvider.System)
        {
            Traced = trace.OnServer,
        };
        ClientPki = clientPki;
    }

    public ScaledTimeProvider Time { get; }

    public ILineConnection Connection { get; private set; } = null!;

    public OpcUaLine Line { get; private set; } = null!;

    private ApplicationPki ClientPki { get; }

    public static async Task<BenchLine> StartAsync(string folder, double speed, ReactionTrace trace)
    {
        var bench = new BenchLine(folder, speed, trace);
        await bench._simulator.StartAsync(CancellationToken.None);
        bench.Connection = new TracedConnection(
            new UaLineConnection(
                new UaLineConnectionOptions
                {
                    EndpointUrl = bench._simulator.EndpointUrl,
                    ApplicationUri = ClientUri,
                    Pki = bench.ClientPki,
                },
                TimeProvider.System,
                NullLogger<UaLineConnection>.Instance),
            trace);
        bench.Line = new OpcUaLine(
            bench.Connection,
            new OpcUaLineOptions(),
            bench.Time,
            TimeProvider.System,
            NullLogger<OpcUaLine>.Instance);
        await bench.Line.StartAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>The machine's own log of what ran.</summary>
    public IReadOnlyList<SimulatorLogEntry> Log => _simulator.Log.Entries;

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Connection.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    private static ApplicationPki Pki(PkiStore store, ApplicationIdentity identity) =>
        new(store.OwnCertificate(identity), new CertificateValidator(store, TimeProvider.System));
}
