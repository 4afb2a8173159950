using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Faults.Bus;
using CoatLine.Messaging.Tailing;
using RabbitMQ.Client;

namespace CoatLine.Messaging.Tests.Tailing;

/// <summary>A consumer of the exchange for dashboards on a real broker, through what such a consumer meets.</summary>
[TestFixture]
[CancelAfter(180_000)]
internal sealed class EventTailTests
{
    [Test]
    public async Task Tail_FromTheBeginning_BeginsInTheMiddleAndMissesNothing()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();
        edge.Record(300);
        await edge.DrainAsync(Rig.Patience);

        await using Followed tail = new(rig, "line-1", 1);
        await tail.UntilAsync(300);
        edge.Record(200);
        await tail.UntilAsync(500);

        Assert.That(tail.Numbers("line-1"), Is.EqualTo(Enumerable.Range(1, 500)));
        Assert.That(tail.Remarks, Is.Empty);
    }

    [Test]
    public async Task Tail_WithoutABeginning_ShowsWhatComesFromNowOnOfEveryLine()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge one = await rig.EdgeAsync();
        await using Edge two = await rig.EdgeAsync(new LineId("line-2"));
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        string other = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(other, RabbitTopology.EventsExchange, "#");
        one.Record(50);
        await Rig.ReadAsync(channel, other, static (_, body) => body.GetProperty("seq").GetInt64() == 50);
        await channel.QueueDeleteAsync(other);

        await using Followed tail = new(rig, null, null);
        await rig.UntilBoundAsync();
        one.Record(40);
        two.Record(30);
        await tail.UntilAsync(70);

        Assert.That(tail.Numbers("line-1"), Is.EqualTo(Enumerable.Range(51, 40)));
        Assert.That(tail.Numbers("line-2"), Is.EqualTo(Enumerable.Range(1, 30)));
    }

    [TestCase("""[rabbit_networking:close_connection(P, "test") || P <- rabbit_networking:connections()]""")]
    [TestCase("""
        [rabbit_amqqueue:delete(Q, false, false, <<"test">>) || Q <- rabbit_amqqueue:list(),
            string:prefix(element(4, amqqueue:get_name(Q)), <<"coatline.reply.">>) =/= nomatch]
        """)]
    public async Task Tail_WhoseQueueIsTakenFromIt_SaysWhenItWasBlindAndShowsAllTheSame(string trouble)
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();
        await using Followed tail = new(rig, "line-1", 1);
        edge.Record(100);
        await tail.UntilAsync(100);

        await Broker.Rabbit.EvaluateAsync(trouble.ReplaceLineEndings(" ") + ".");
        edge.Record(100);
        await tail.UntilAsync(200);
        edge.Record(100);
        await tail.UntilAsync(300);

        Assert.That(tail.Numbers("line-1"), Is.EqualTo(Enumerable.Range(1, 300)));
        Assert.That(tail.Remarks, Has.Some.StartsWith("blind since ").And.Some.StartsWith("was blind from "));
    }

    [Test]
    public async Task Tail_OfAnEvent_HasItsWholeDocument()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using LedgerEnd ledger = await rig.LedgerAsync();
        await using Edge edge = await rig.EdgeAsync();
        await using Followed tail = new(rig, "line-1", 1);
        edge.Record(1);
        await tail.UntilAsync(1);

        TailedEvent e = tail.Events[0];
        JsonElement document = JsonSerializer.Deserialize<JsonElement>(e.Document.Span);

        Assert.That((e.Type, e.Subject), Is.EqualTo(("coatline.link-lost.v1", "")));
        Assert.That(document.GetProperty("hash").GetString(), Is.EqualTo(edge.Journal.HeadHash.ToString()));
        Assert.That(document.GetProperty("time").GetString(), Is.EqualTo(e.Time));
    }

    [Test]
    public async Task Tail_WhereNoLedgerHasBeen_SaysThatNobodyGivesReplays()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using Followed tail = new(rig, "line-1", 1);

        await tail.UntilRemarkAsync("nobody on this broker gives replays");
    }

    [TestCase("nowhere.invalid", BrokerFault.Unreachable, "nowhere.invalid")]
    [TestCase(null, BrokerFault.Refused, "refuses user")]
    public async Task Tail_OfABrokerThatCannotBeUsed_SaysSoAtOnce(string? host, BrokerFault fault, string sentence)
    {
        await using Rig rig = await Rig.MakeAsync();
        RabbitMqOptions options = rig.Options();
        (options.Host, options.Password) = (host ?? options.Host, "guess-7391");

        BrokerException refused = (await Assert.ThrowsAsync<BrokerException>(() => new EventTail(
            options, null, null, TimeProvider.System).RunAsync(_ => true, _ => { }, CancellationToken.None)))!;

        Assert.That(refused.Fault, Is.EqualTo(fault));
        Assert.That(refused.Message, Does.Contain(sentence).And.Not.Contain("guess"));
    }
}
