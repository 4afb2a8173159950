using CoatLine.Domain.Execution;
using CoatLine.Engine;
using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using CoatLine.OpcUa.Pki;
using CoatLine.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoatLine.System.Tests;

/// <summary>The MES inside a host that is not ours: what a SCADA service would do with it.</summary>
[TestFixture]
internal sealed class PlugInTests
{
    private const double Speed = 10_000;

    [Test]
    public async Task Host_WithThePlugIn_StartsABatchFromTextAndSeesItReleased()
    {
        using TemporaryFolder folder = new();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        ScaledTimeProvider lineTime = new(now, now, Speed, TimeProvider.System);
        PkiStore plc = new(folder.File("plc"), TimeProvider.System);
        OwnCertificate plcOwn = plc.OwnCertificate(SimulatedLine.Identity);
        CoatLineOptions asTheHost = new() { DataDirectory = folder.Path, Line = "anode-2" };
        plc.Add(PkiFolder.Trusted, LineAccess.Own(asTheHost, TimeProvider.System).Certificate);
        new PkiStore(LineAccess.PkiDirectory(asTheHost), TimeProvider.System)
            .Add(PkiFolder.Trusted, plcOwn.Certificate);
        await using SimulatedLine line = new(
            new SimulatorOptions
            {
                Seed = 7, Pki = new ApplicationPki(plcOwn, new CertificateValidator(plc, TimeProvider.System)),
            },
            lineTime,
            TimeProvider.System);
        await line.StartAsync(CancellationToken.None);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddCoatLineMes(o =>
        {
            o.DataDirectory = folder.Path;
            o.Line = "anode-2";
            o.EndpointUrl = line.EndpointUrl;
            o.LineTime = lineTime;
        });
        using IHost host = builder.Build();
        using CancellationTokenSource patience = new(Coatline.Patience);

        await host.StartAsync(patience.Token);
        CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
        int facts = 0;
        int liveValues = 0;
        mes.Recorded += _ => Interlocked.Increment(ref facts);
        mes.LiveChanged += _ => Interlocked.Increment(ref liveValues);
        await mes.WaitForLineAsync(patience.Token);
        BatchCreation creation = mes.CreateBatch(
            File.ReadAllText(Path.Combine(RecipeCommandTests.FindRecipes(), "embodiment-4.yaml")), "embodiment-4.yaml");
        BatchOutcome outcome = await mes.RunAsync(creation.Batch!, patience.Token);
        await mes.DrainAsync(patience.Token);
        await host.StopAsync(patience.Token);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<BatchWasReleased>());
            Assert.That(mes.OpenBatches, Is.Empty);
            Assert.That(mes.Line.Value, Is.EqualTo("anode-2"));
            Assert.That(facts, Is.GreaterThan(300));
            Assert.That(liveValues, Is.Positive);
            Assert.That(LedgerFile.CountByType(folder.Path)["coatline.mix-cycle-completed.v1"], Is.EqualTo(34));
        }
    }

    [Test]
    public async Task Host_WithWrongSettings_FailsAtStartWithAllOfThem()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddCoatLineMes(o => (o.Line, o.EndpointUrl) = ("Line 1", "http://plc"));
        using IHost host = builder.Build();

        OptionsValidationException? refusal =
            await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(CancellationToken.None));

        Assert.That(refusal!.Failures.Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Host_WhoseLineIsNotThere_StartsAndSaysSo()
    {
        using TemporaryFolder folder = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddCoatLineMes(o => (o.DataDirectory, o.EndpointUrl) = (folder.Path, "opc.tcp://127.0.0.1:1"));
        using IHost host = builder.Build();

        await host.StartAsync(CancellationToken.None);
        CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
        LineUnreachableException? failure = await Assert.ThrowsAsync<LineUnreachableException>(
            () => mes.WaitForLineAsync(CancellationToken.None));
        await host.StopAsync(CancellationToken.None);

        Assert.That(failure!.Message, Does.Contain("127.0.0.1:1"));
    }
}
