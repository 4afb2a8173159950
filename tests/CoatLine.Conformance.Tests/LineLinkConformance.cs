using System.Collections.Concurrent;
using CoatLine.Conformance.Tests.Servers;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Conformance.Tests;

/// <summary>How the link comes up, goes down and comes back, with a server of its own for every test.</summary>
[TestFixtureSource(typeof(Row), nameof(Row.PlainAndStrongest))]
[CancelAfter(LongestMs)]
public sealed class LineLinkConformance(Row row)
{
    private const int LongestMs = 120_000;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Connect_NobodyThereYet_FailsAndComesUpByItselfLater()
    {
        await using LineServer server = await OwnServerAsync();
        await server.StopAsync();
        await using ILineConnection client = Clients.Create(row, server.EndpointUrl);
        Assert.That(
            () => client.ConnectAsync(Token),
            Throws.InstanceOf<LineUnreachableException>().With.Message.Contains(server.EndpointUrl));
        Assert.That(client.State.IsUp, Is.False);
        Assert.That(client.State.Why, Is.Not.Empty);

        await server.StartAsync(Token);
        await LinkAsync(client, isUp: true);
        StatusCode[] found = await client.ResolveAsync([new TagAddress("Mixer.Request.Id")], Token);
        Assert.That(found, Is.EqualTo(new[] { StatusCodes.Good }));
    }

    [Test]
    public async Task Resolve_ServerWithoutTheContractsNamespace_FindsNothing()
    {
        await using LineServer server = await OwnServerAsync(new LineServerSetup(ShowsTheLine: false));
        await using ILineConnection client = Clients.Create(row, server.EndpointUrl);
        await client.ConnectAsync(Token);
        StatusCode[] found = await client.ResolveAsync(
            [new TagAddress("Mixer"), new TagAddress("Line.ContractVersion")], Token);
        Assert.That(found, Is.EqualTo(new[] { StatusCodes.BadNoMatch, StatusCodes.BadNoMatch }));
    }

    [Test]
    public async Task Link_ServerStopsAndStarts_GoesDownComesBackAndGoesOnWatching()
    {
        await using LineServer server = await OwnServerAsync();
        await using ILineConnection client = Clients.Create(row, server.EndpointUrl);
        await client.ConnectAsync(Token);
        await using Watch watch = await Watch.StartAsync(client, Token, "Types.Counter");
        Assert.That((await watch.NextAsync(Token)).Value.Value, Is.EqualTo(Variant.Of(0)));
        await client.WriteAsync([new TagWrite(new TagAddress("Types.Counter"), Variant.Of(7))], Token);
        Assert.That((await watch.NextAsync(Token)).Value.Value, Is.EqualTo(Variant.Of(7)));
        long session = client.State.Session;
        var gaps = new ConcurrentQueue<LinkGap>();
        client.GapFound += gaps.Enqueue;

        await server.StopAsync();
        await LinkAsync(client, isUp: false);
        Assert.That(client.State.Why, Is.Not.Empty);
        await server.StartAsync(Token);
        await LinkAsync(client, isUp: true);

        // The server has forgotten the 7, and the subscription: present values again, then changes as before.
        Assert.That((await watch.NextAsync(Token)).Value.Value, Is.EqualTo(Variant.Of(0)));
        Assert.That(client.State.Session, Is.GreaterThan(session));
        Assert.That(gaps, Has.Count.EqualTo(1));
        Assert.That(gaps.Single().Why, Is.Not.Empty);
        Assert.That(gaps.Single().From, Is.LessThanOrEqualTo(gaps.Single().To));
        await client.WriteAsync([new TagWrite(new TagAddress("Types.Counter"), Variant.Of(8))], Token);
        Assert.That((await watch.NextAsync(Token)).Value.Value, Is.EqualTo(Variant.Of(8)));
    }

    /// <summary>Completes when the link is in the state wanted.</summary>
    private static async Task LinkAsync(ILineConnection client, bool isUp)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(LinkState state)
        {
            if (state.IsUp == isUp)
            {
                reached.TrySetResult();
            }
        }

        client.StateChanged += Look;
        Look(client.State);
        await reached.Task.WaitAsync(Token);
        client.StateChanged -= Look;
    }

    private async Task<LineServer> OwnServerAsync(LineServerSetup? setup = null)
    {
        LineServer server = ServerPark.New(row.Server, setup ?? new LineServerSetup());
        await server.StartAsync(Token);
        return server;
    }
}
