using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Link;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>A secured link that is cut: the session is activated again with the signature of the new channel.</summary>
[TestFixture]
[CancelAfter(60_000)]
[Parallelizable(ParallelScope.All)]
internal sealed class SecuredLinkTests
{
    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    private static UaSecurityPolicy[] Policies =>
    [
        UaSecurityPolicy.Basic256Sha256,
        UaSecurityPolicy.Aes128_Sha256_RsaOaep,
        UaSecurityPolicy.Aes256_Sha256_RsaPss,
    ];

    [TestCaseSource(nameof(Policies))]
    public async Task SecuredLink_CutTwice_KeepsItsSessionAndLosesNothing(UaSecurityPolicy policy)
    {
        await using var server = await StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        await using var watch = await CountWatch.StartAsync(
            Options(proxy, policy), new SubscriptionOptions(), server.Counter, Token);
        server.Begin();
        await watch.SeenAsync(5, Token);
        for (var i = 0; i < 2; i++)
        {
            proxy.Sever(Cut.Reset);
            await Down(watch.Client);
            proxy.Mend();
            await watch.SeenAsync(server.Count + 3, Token);
        }

        Assert.That(watch.Numbers, Is.EqualTo(Enumerable.Range(watch.Numbers[0], watch.Numbers.Length)));
        Assert.That((watch.Client.SessionNumber, watch.Gaps.Length, server.Sessions), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public async Task SecuredLink_CutForLongerThanTheSessionLives_TransfersAndLosesNothing()
    {
        await using var server = await StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        var options = Options(proxy, UaSecurityPolicy.Aes256_Sha256_RsaPss) with
        {
            SessionTimeout = TimeSpan.FromSeconds(1),
        };
        await using var watch = await CountWatch.StartAsync(
            options, new SubscriptionOptions(), server.Counter, Token);
        server.Begin();
        await watch.SeenAsync(5, Token);
        proxy.Sever(Cut.Reset);
        using var timer = new PeriodicTimer(CountingServer.Period, TimeProvider.System);
        while (server.Sessions > 0)
        {
            await timer.WaitForNextTickAsync(Token);
        }

        proxy.Mend();
        await watch.SeenAsync(server.Count + 3, Token);
        Assert.That(watch.Numbers, Is.EqualTo(Enumerable.Range(watch.Numbers[0], watch.Numbers.Length)));
        Assert.That((watch.Client.SessionNumber, watch.Gaps.Length), Is.EqualTo((2, 0)));
    }

    private static Task<CountingServer> StartAsync() => CountingServer.StartAsync(new UaServerOptions
    {
        ApplicationUri = Party.Server.Uri, Pki = Party.Server.Pki,
    });

    private static UaClientOptions Options(LinkProxy proxy, UaSecurityPolicy policy)
    {
        var party = Party.Client.With(Party.Server);
        return new UaClientOptions
        {
            EndpointUrl = proxy.Url,
            ApplicationUri = party.Uri,
            Pki = party.Pki,
            SecurityPolicy = policy,
            SecurityMode = MessageSecurityMode.SignAndEncrypt,
        };
    }

    private static async Task Down(UaClient client)
    {
        var down = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.StateChanged += _ => down.TrySetResult();
        if (client.IsConnected)
        {
            await down.Task.WaitAsync(Token);
        }
    }
}
