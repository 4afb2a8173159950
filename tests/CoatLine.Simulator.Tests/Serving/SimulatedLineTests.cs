using System.Net;
using System.Net.Sockets;

namespace CoatLine.Simulator.Tests.Serving;

public class SimulatedLineTests
{
    [Test]
    public async Task Line_Started_ServesOnAFreePortUntilDisposed()
    {
        var line = new SimulatedLine(
            new SimulatorOptions { AllowInsecure = true }, TimeProvider.System, TimeProvider.System);
        await line.StartAsync(CancellationToken.None);
        var uri = new Uri(line.EndpointUrl);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, uri.Port);
            Assert.That(uri.Port, Is.GreaterThan(0));
        }

        await line.DisposeAsync();
        Assert.That(line.Completion.IsCompletedSuccessfully);
    }

    [Test]
    public async Task Line_OnABusyPort_SaysWhichPort()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        int port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var line = new SimulatedLine(
            new SimulatorOptions { AllowInsecure = true, Port = port }, TimeProvider.System, TimeProvider.System);

        IOException? refusal = await Assert.ThrowsAsync<IOException>(() => line.StartAsync(CancellationToken.None));
        await line.DisposeAsync();

        Assert.That(refusal!.Message, Does.Contain($"{port}"));
    }

    [Test]
    public void Line_WithALogFileThatCannotBeOpened_IsRefused()
    {
        string folder = TestContext.CurrentContext.TestDirectory;

        Assert.That(
            () => new SimulatedLine(
                new SimulatorOptions { AllowInsecure = true, LogFile = folder },
                TimeProvider.System,
                TimeProvider.System),
            Throws.InstanceOf<UnauthorizedAccessException>().Or.InstanceOf<IOException>());
    }
}
