using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events.Contract;

/// <summary>The AsyncAPI 3.0 document of the exchange on which dashboards listen.</summary>
internal static class AsyncApi
{
    /// <summary>The topic exchange, and the name of its channel.</summary>
    public const string Exchange = "coatline.events";

    /// <summary>Media type of every message.</summary>
    public const string ContentType = "application/cloudevents+json";

    /// <summary>Version of the AMQP bindings.</summary>
    public const string AmqpBinding = "0.3.0";

    /// <summary>Makes the document.</summary>
    /// <param name="version">Version of the product that the document describes.</param>
    /// <param name="types">Every event type with what it says, in order.</param>
    public static JsonObject Of(string version, ImmutableArray<(string Type, string Description)> types)
    {
        JsonObject document = Events(version, types);
        AsyncApiReplay.AddTo(document);
        return document;
    }

    private static JsonObject Events(
        string version, ImmutableArray<(string Type, string Description)> types) => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "CoatLine MES events",
            ["version"] = version,
            ["description"] =
                "Every fact that a coating line records, as plain CloudEvents, for dashboards and other readers. "
                + "Within a version of a type fields are only added: leave alone what you do not know. "
                + "Numbers say their unit in x-unit (1 for a pure number), or name in x-unit-from the field beside "
                + "them that decides it; x-meanings explains the values of an enum.",
        },
        ["defaultContentType"] = ContentType,
        ["servers"] = new JsonObject { ["plant"] = Server() },
        ["channels"] = new JsonObject { [Exchange] = Channel(types) },
        ["operations"] = new JsonObject
        {
            ["receiveEvents"] = new JsonObject
            {
                ["action"] = "receive",
                ["channel"] = Reference($"#/channels/{Exchange}"),
                ["summary"] = "A dashboard binds a queue of its own to the exchange and receives what it bound for.",
                ["description"] =
                    "Delivery is at least once and in order of seq within a line. The same id is the same event; a "
                    + "gap in seq of one line means that something was missed, unless only some types are bound: see "
                    + "requestReplay.",
            },
        },
        ["components"] = new JsonObject { ["messages"] = Messages(types) },
    };

    /// <summary>The file that holds the schema of a type.</summary>
    public static string FileOf(string type) => type + ".json";

    private static JsonObject Server() => new()
    {
        ["host"] = "{host}:{port}",
        ["protocol"] = "amqps",
        ["protocolVersion"] = "0-9-1",
        ["description"] = "The plant's RabbitMQ. Where a site has no TLS the protocol is amqp and the port 5672.",
        ["variables"] = new JsonObject
        {
            ["host"] = new JsonObject
            {
                ["default"] = "localhost",
                ["description"] = "Host name of the broker.",
            },
            ["port"] = new JsonObject
            {
                ["default"] = "5671",
                ["description"] = "TCP port, 1 to 65535, both included.",
            },
        },
    };

    private static JsonObject Channel(ImmutableArray<(string Type, string Description)> types) => new()
    {
        ["address"] = "{line}.{event}",
        ["title"] = "Recorded facts",
        ["description"] =
            "The routing key names line and event, so a queue can be bound to one line (line-1.*), one kind of event "
            + "(*.batch-released) or all (#). The version stands in the message's type only.",
        ["servers"] = new JsonArray(Reference("#/servers/plant")),
        ["parameters"] = new JsonObject
        {
            ["line"] = new JsonObject
            {
                ["description"] = $"The line: 1 to {LineId.MaxLength} characters of a-z, 0-9 and '-'.",
                ["examples"] = new JsonArray("line-1"),
            },
            ["event"] = new JsonObject
            {
                ["description"] = "The event's type without prefix and version.",
                ["enum"] = new JsonArray(
                    [.. types.Select(static t => TypeVersion.Parse(t.Type).BareName).Distinct()
                        .Select(static n => (JsonNode)n)]),
            },
        },
        ["messages"] = new JsonObject(types.Select(static t => KeyValuePair.Create<string, JsonNode?>(
            t.Type, Reference($"#/components/messages/{t.Type}")))),
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject
                {
                    ["name"] = Exchange,
                    ["type"] = "topic",
                    ["durable"] = true,
                    ["autoDelete"] = false,
                },
                ["bindingVersion"] = AmqpBinding,
            },
        },
    };

    private static JsonObject Messages(ImmutableArray<(string Type, string Description)> types) =>
        new(types.Select(static t => KeyValuePair.Create<string, JsonNode?>(t.Type, new JsonObject
        {
            ["name"] = t.Type,
            ["title"] = EventSchema.Title(t.Type),
            ["summary"] = t.Description,
            ["contentType"] = ContentType,
            ["payload"] = Reference($"./{FileOf(t.Type)}"),
        })));

    /// <summary>A reference to another place in the document, or to a file beside it.</summary>
    public static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
