using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events.Contract;

/// <summary>The part of the AsyncAPI document by which a dashboard asks for events that it missed.</summary>
internal static class AsyncApiReplay
{
    /// <summary>The queue that takes requests, and the name of its channel.</summary>
    public const string Queue = "coatline.replay";

    /// <summary>The beginning of a queue's name into which a replay is answered.</summary>
    public const string ReplyPrefix = "coatline.reply.";

    /// <summary>The message that ends an answer.</summary>
    public const string End = "coatline.replay-end.v1";

    /// <summary>Most events of one answer, inclusive.</summary>
    public const int MaxEvents = 10_000;

    private const string Request = "coatline.replay-request.v1";
    private const string Replies = "coatline.replies";

    /// <summary>Adds channels, operation and messages of the replay to a document that has those of the events.
    /// </summary>
    public static void AddTo(JsonObject document)
    {
        JsonObject messages = document["components"]!["messages"]!.AsObject();
        var answers = new JsonObject(messages.Select(static m => Own(m.Key)).Append(Own(End)));
        messages[Request] = Message(Request, "Replay asked for", Range(
            "First sequence number wanted.", "Last sequence number wanted, inclusive.", 1));
        JsonObject end = Range(
            "First sequence number that was asked for.",
            "Last sequence number that was sent, inclusive; from − 1 when there was none. Where it is lower than what "
            + "was asked for, ask again from behind it, or the ledger has no more.",
            0);
        end["properties"]!.AsObject().Insert(0, "type", new JsonObject { ["type"] = "string", ["const"] = End });
        end["required"]!.AsArray().Insert(0, "type");
        messages[End] = Message(End, "Replay ended", end);

        JsonObject channels = document["channels"]!.AsObject();
        channels[Queue] = Channel(Queue, "Requests for replay", "Persistent queue; at most 100 requests wait.");
        channels[Queue]!["messages"] = new JsonObject([Own(Request)]);
        channels[Queue]!["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "queue",
                ["queue"] = new JsonObject
                {
                    ["name"] = Queue,
                    ["durable"] = true,
                    ["exclusive"] = false,
                    ["autoDelete"] = false,
                },
                ["bindingVersion"] = AsyncApi.AmqpBinding,
            },
        };
        channels[Replies] = Channel(
            null, "Answers to a replay", $"The queue that the request names; its name begins with {ReplyPrefix}");
        channels[Replies]!["messages"] = answers;
        document["operations"]!.AsObject()["requestReplay"] = Operation();
    }

    private static JsonObject Operation() => new()
    {
        ["action"] = "send",
        ["channel"] = AsyncApi.Reference($"#/channels/{Queue}"),
        ["summary"] = "A dashboard that was blind asks for a range of a line's events.",
        ["description"] =
            $"Sent to the default exchange with the routing key {Queue}. The AMQP property reply-to names a queue of "
            + $"the dashboard's own. At most {MaxEvents} events come, in order, and a message that ends them. A "
            + "request that "
            + "cannot be served gets no answer: ask again when the end does not come.",
        ["reply"] = new JsonObject
        {
            ["address"] = new JsonObject
            {
                ["location"] = "$message.header#/replyTo",
                ["description"] = "The AMQP property reply-to.",
            },
            ["channel"] = AsyncApi.Reference($"#/channels/{Replies}"),
        },
    };

    private static JsonObject Channel(string? address, string title, string description) => new()
    {
        ["address"] = address,
        ["title"] = title,
        ["description"] = description,
        ["servers"] = new JsonArray(AsyncApi.Reference("#/servers/plant")),
    };

    private static JsonObject Message(string name, string title, JsonObject payload) => new()
    {
        ["name"] = name,
        ["title"] = title,
        ["contentType"] = "application/json",
        ["payload"] = payload,
    };

    private static JsonObject Range(string from, string through, int lowestThrough) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("line", "from", "through"),
        ["properties"] = new JsonObject
        {
            ["line"] = new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = $"^[a-z0-9-]{{1,{LineId.MaxLength}}}$",
                ["description"] = "The line.",
            },
            ["from"] = Number(from, 1),
            ["through"] = Number(through, lowestThrough),
        },
    };

    private static JsonObject Number(string description, int low) => new()
    {
        ["type"] = "integer",
        ["x-unit"] = FieldUnits.PureNumber,
        ["minimum"] = low,
        ["description"] = description,
    };

    private static KeyValuePair<string, JsonNode?> Own(string message) =>
        new(message, AsyncApi.Reference($"#/components/messages/{message}"));
}
