using CoatLine.Domain.Execution;
using CoatLine.Engine;
using CoatLine.Hosting;
using CoatLine.Hosting.Time;
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
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using CancellationTokenSource patience = new(Coatline.Patience);
        await using HostedLine line = await HostedLine.StartAsync(
            new ScaledTimeProvider(now, now, Speed, TimeProvider.System), patience.Token);
        CoatLineMes mes = line.Mes;
        int facts = 0;
        int liveValues = 0;
        mes.Recorded += _ => Interlocked.Increment(ref facts);
        mes.LiveChanged += _ => Interlocked.Increment(ref liveValues);
        BatchCreation creation = mes.CreateBatch(HostedLine.Recipe("embodiment-4"), "embodiment-4.yaml");
        BatchOutcome outcome = await mes.RunAsync(creation.Batch!, patience.Token);
        await line.StopAsync(patience.Token);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<BatchWasReleased>());
            Assert.That(mes.OpenBatches, Is.Empty);
            Assert.That(mes.Line.Value, Is.EqualTo("anode-2"));
            Assert.That(facts, Is.GreaterThan(300));
            Assert.That(liveValues, Is.Positive);
            Assert.That(LedgerFile.CountByType(line.DataFolder)["coatline.mix-cycle-completed.v1"], Is.EqualTo(34));
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
