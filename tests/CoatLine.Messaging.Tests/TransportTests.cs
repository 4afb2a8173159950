using System.Text;
using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Faults.Bus;
using RabbitMQ.Client;

namespace CoatLine.Messaging.Tests;

/// <summary>Journal, broker and database as in a plant: real sockets, and the two ends apart.</summary>
[TestFixture]
[CancelAfter(180_000)]
internal sealed class TransportTests
{
    [Test]
    public async Task Feed_OverRabbitMq_HasEveryEventOnceAndInOrder()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();

        edge.Record(2500);
        await edge.DrainAsync(Rig.Patience);

        rig.AssertHolds(edge);
    }

    [Test]
    public async Task Feed_OfTwoLinesOnOneBroker_KeepsThemApart()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge one = await rig.EdgeAsync();
        await using Edge two = await rig.EdgeAsync(new LineId("line-2"));

        one.Record(700);
        two.Record(300);
        await Task.WhenAll(one.DrainAsync(Rig.Patience), two.DrainAsync(Rig.Patience));

        rig.AssertHolds(one, two);
    }

    [Test]
    public async Task Edge_StartedBeforeAnyLedger_KeepsItsFactsUntilThereIsOne()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using Edge edge = await rig.EdgeAsync();
        edge.Record(100);

        await using LedgerEnd ledger = await rig.LedgerAsync();
        await edge.DrainAsync(Rig.Patience);

        rig.AssertHolds(edge);
    }

    [Test]
    public async Task Ledger_ExchangedForAnotherInTheMiddle_LosesAndRepeatsNothing()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using Edge edge = await rig.EdgeAsync();
        for (int i = 0; i < 3; i++)
        {
            await using LedgerEnd ledger = await rig.LedgerAsync();
            edge.Record(400);
        }

        await using LedgerEnd last = await rig.LedgerAsync();
        await edge.DrainAsync(Rig.Patience);

        rig.AssertHolds(edge);
    }

    [Test]
    public async Task Poison_InTheLedgersQueue_IsParkedWithItsReasonAndHoldsUpNobody()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        (string Type, string Body)[] poison =
        [
            ("application/vnd.coatline.segment", "CLS\u0009 of a version that nobody knows"),
            ("application/vnd.coatline.segment", ""),
            ("application/json", "{\"what\":1}"),
            ("text/plain", "hello"),
        ];
        foreach ((string type, string body) in poison)
        {
            await channel.BasicPublishAsync(
                "", LedgerConsumer.EndpointName, mandatory: true, new BasicProperties { ContentType = type },
                Encoding.UTF8.GetBytes(body));
        }

        edge.Record(50);
        await edge.DrainAsync(Rig.Patience);

        rig.AssertHolds(edge);
        List<string> reasons = [];
        using var bound = new CancellationTokenSource(Rig.Patience);
        while (reasons.Count < poison.Length)
        {
            if (await channel.BasicGetAsync(RabbitTopology.ParkedQueue, autoAck: true, bound.Token) is { } parked)
            {
                reasons.Add(Encoding.UTF8.GetString(
                    (byte[])parked.BasicProperties.Headers![RabbitParking.ReasonHeader]!));
            }
            else
            {
                await Task.Delay(50, bound.Token);
            }
        }

        Assert.That(reasons, Has.All.Not.Empty);
        Assert.That(reasons, Has.Some.Contains("version 9"));
    }

    [Test]
    public async Task Events_ForDashboards_AreWholeDocumentsInOrderAndReadableByAnybody()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("dash", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync("dash", RabbitTopology.EventsExchange, "line-1.#");
        await using Edge edge = await rig.EdgeAsync();

        edge.Record(1500);
        List<(string Type, JsonElement Body)> seen =
            await Rig.ReadAsync(channel, "dash", (_, body) => body.GetProperty("seq").GetInt64() == 1500);

        long[] distinct = [.. seen.Select(e => e.Body.GetProperty("seq").GetInt64()).Distinct()];
        Assert.That(distinct, Is.EqualTo(Enumerable.Range(1, 1500).Select(i => (long)i)));
        Assert.That(seen[0].Body.GetProperty("specversion").GetString(), Is.EqualTo("1.0"));
        Assert.That(
            seen[^1].Body.GetProperty("hash").GetString(), Is.EqualTo(edge.Journal.HeadHash.ToString()));
    }

    [Test]
    public async Task Replay_OfARange_GivesItInOrderAndSaysWhereItEnds()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();
        edge.Record(300);
        await edge.DrainAsync(Rig.Patience);
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        const string reply = RabbitTopology.ReplyPrefix + "test";
        await channel.QueueDeclareAsync(reply, durable: false, exclusive: true, autoDelete: true);

        foreach ((long from, long through, int due) in new[] { (100L, 120L, 21), (290L, 900L, 11), (900L, 901L, 0) })
        {
            await channel.BasicPublishAsync(
                "", RabbitTopology.ReplayQueue, mandatory: true, new BasicProperties { ReplyTo = reply },
                JsonSerializer.SerializeToUtf8Bytes(new { line = "line-1", from, through }));
            List<(string Type, JsonElement Body)> seen =
                await Rig.ReadAsync(channel, reply, (type, _) => type == EventMessage.ReplayEnd);

            Assert.That(
                seen.SkipLast(1).Select(e => e.Body.GetProperty("seq").GetInt64()),
                Is.EqualTo(Enumerable.Range((int)from, due).Select(i => (long)i)));
            Assert.That(seen[^1].Body.GetProperty("through").GetInt64(), Is.EqualTo(from + due - 1));
        }
    }

    [TestCase("not json", RabbitTopology.ReplyPrefix + "bad")]
    [TestCase("{\"line\":\"line-1\",\"from\":1,\"through\":2}", LedgerConsumer.EndpointName)]
    [TestCase("{\"line\":\"line-1\",\"from\":0,\"through\":2}", RabbitTopology.ReplyPrefix + "bad")]
    public async Task Replay_OfWhatCannotBeServed_IsDroppedAndTheNextIsServed(string request, string replyTo)
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();
        edge.Record(5);
        await edge.DrainAsync(Rig.Patience);
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        const string reply = RabbitTopology.ReplyPrefix + "test";
        await channel.QueueDeclareAsync(reply, durable: false, exclusive: true, autoDelete: true);

        await channel.BasicPublishAsync(
            "", RabbitTopology.ReplayQueue, mandatory: true, new BasicProperties { ReplyTo = replyTo },
            Encoding.UTF8.GetBytes(request));
        await channel.BasicPublishAsync(
            "", RabbitTopology.ReplayQueue, mandatory: true, new BasicProperties { ReplyTo = reply },
            Encoding.UTF8.GetBytes("{\"line\":\"line-1\",\"from\":1,\"through\":2}"));

        Assert.That(
            await Rig.ReadAsync(channel, reply, (type, _) => type == EventMessage.ReplayEnd), Has.Count.EqualTo(3));
    }
}
