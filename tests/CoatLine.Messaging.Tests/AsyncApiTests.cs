using System.Text.Json;
using System.Text.Json.Nodes;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using RabbitMQ.Client;

namespace CoatLine.Messaging.Tests;

/// <summary>The committed AsyncAPI document says what the transport does.</summary>
public sealed class AsyncApiTests
{
    private static JsonNode Document => JsonNode.Parse(File.ReadAllText(Path.Combine(
        Root(), "src", "CoatLine.Domain", "Events", "Schemas", "asyncapi.json")))!;

    [Test]
    public void Channels_AsDescribed_HaveTheNamesOnTheBroker()
    {
        JsonNode channels = Document["channels"]!;
        JsonNode exchange = channels[RabbitTopology.EventsExchange]!["bindings"]!["amqp"]!["exchange"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)exchange["name"], Is.EqualTo(RabbitTopology.EventsExchange));
            Assert.That((string?)exchange["type"], Is.EqualTo(ExchangeType.Topic));
            Assert.That((string?)channels[RabbitTopology.ReplayQueue]!["address"], Is.EqualTo(RabbitTopology.ReplayQueue));
            Assert.That(
                (string?)channels["coatline.replies"]!["description"], Does.Contain(RabbitTopology.ReplyPrefix));
            Assert.That(
                (string?)channels[RabbitTopology.ReplayQueue]!["description"],
                Does.Contain($"at most {RabbitTopology.MaxReplayRequests} requests"));
            Assert.That(
                (string?)Document["operations"]!["requestReplay"]!["description"],
                Does.Contain($"At most {RabbitReplay.MaxEvents} events"));
        }
    }

    [Test]
    public void Message_OfAnEvent_HasTheAddressAndTheContentTypeDescribed()
    {
        var row = new LedgerRow { Line = "line-1", Type = "coatline.batch-released.v1", Id = "id" };
        JsonNode document = Document;

        Assert.That(
            EventMessage.RoutingKey(row),
            Is.EqualTo(((string)document["channels"]![RabbitTopology.EventsExchange]!["address"]!)
                .Replace("{line}", "line-1").Replace("{event}", "batch-released")));
        Assert.That(EventMessage.Properties(row).ContentType, Is.EqualTo((string?)document["defaultContentType"]));
        Assert.That(document["components"]!["messages"]![row.Type], Is.Not.Null);
    }

    [Test]
    public void Replay_AsDescribed_HasTheFieldsOfTheMessages()
    {
        JsonNode messages = Document["components"]!["messages"]!;
        JsonNode end = JsonNode.Parse(EventMessage.End("line-1", 3, 7))!;
        JsonNode request = JsonSerializer.SerializeToNode(new ReplayRequest("line-1", 3, 7), ReplayRequest.Json)!;

        Assert.That(Names(end), Is.EquivalentTo(Names(messages[EventMessage.ReplayEnd]!["payload"]!["properties"]!)));
        Assert.That(
            Names(request),
            Is.EquivalentTo(Names(messages["coatline.replay-request.v1"]!["payload"]!["properties"]!)));
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(m => m.Key);

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
