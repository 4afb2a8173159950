using System.Text.Json.Nodes;
using CoatLine.Domain.Events;
using CoatLine.Domain.Events.Contract;

namespace CoatLine.Domain.Tests.Events;

/// <summary>The committed AsyncAPI document, by the members that version 3.0.0 requires.</summary>
public sealed class AsyncApiTests
{
    private static JsonObject Committed => CommittedContract.Document(EventContract.AsyncApiFile);

    [Test]
    public void Document_AsCommitted_HasNoFault() => Assert.That(Faults(Committed), Is.Empty);

    [Test]
    public void Messages_AsCommitted_AreEveryTypeOfTheCatalogue()
    {
        JsonObject document = Committed;
        JsonNode channel = document["channels"]!["coatline.events"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Names(document["components"]!["messages"]),
                Is.EqualTo([.. EventCatalog.TypeNames, "coatline.replay-request.v1", "coatline.replay-end.v1"]));
            Assert.That(
                Names(document["channels"]!["coatline.replies"]!["messages"]),
                Is.EqualTo([.. EventCatalog.TypeNames, "coatline.replay-end.v1"]));
            Assert.That(Names(channel["messages"]), Is.EqualTo(EventCatalog.TypeNames));
            Assert.That(
                channel["parameters"]!["event"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()),
                Is.EqualTo(EventCatalog.TypeNames.Select(t => t.Split('.')[1])));
        }
    }

    [Test]
    public void Payload_OfEveryMessage_IsTheSchemaOfItsType()
    {
        JsonNode messages = Committed["components"]!["messages"]!;
        foreach (string type in EventCatalog.TypeNames)
        {
            string file = messages[type]!["payload"]!["$ref"]!.GetValue<string>();
            JsonObject schema = CommittedContract.Document(file[2..]);

            Assert.That(schema["properties"]!["type"]!["const"]!.GetValue<string>(), Is.EqualTo(type));
        }
    }

    [TestCase("\"asyncapi\": \"3.0.0\"", "\"asyncapi\": \"2.6.0\"", "asyncapi is not 3.0.0")]
    [TestCase("\"version\":", "\"edition\":", "info.version is missing")]
    [TestCase("\"host\": \"{host}:{port}\"", "\"host\": \"{host}:{door}\"", "servers.plant: {door} is no variable")]
    [TestCase("\"protocol\":", "\"protokoll\":", "servers.plant.protocol is missing")]
    [TestCase("\"address\": \"{line}.", "\"address\": \"{plant}.", "coatline.events: {plant} is no parameter")]
    [TestCase("\"action\": \"receive\"", "\"action\": \"subscribe\"", "receiveEvents: subscribe is no action")]
    [TestCase("\"#/channels/coatline.events\"", "\"#/channels/events\"", "#/channels/events points to nothing")]
    [TestCase("./coatline.batch-held.v1", "./coatline.batch-held.v7", "./coatline.batch-held.v7.json")]
    public void Document_WithOneChange_HasThatFault(string good, string bad, string fault)
    {
        string text = Committed.ToJsonString(new() { WriteIndented = true });

        Assert.That(text, Does.Contain(good));
        Assert.That(Faults(JsonNode.Parse(text.Replace(good, bad))!.AsObject()), Has.Some.Contains(fault));
    }

    private static List<string> Faults(JsonObject document)
    {
        List<string> faults = [];
        if (document["asyncapi"]?.GetValue<string>() != "3.0.0")
        {
            faults.Add("asyncapi is not 3.0.0");
        }

        Require(document["info"], "info", ["title", "version"], faults);
        foreach ((string name, JsonNode? server) in document["servers"]?.AsObject() ?? [])
        {
            Require(server, $"servers.{name}", ["host", "protocol"], faults);
            Placeholders(server!["host"], server["variables"], $"servers.{name}", "variable", faults);
        }

        foreach ((string name, JsonNode? channel) in document["channels"]?.AsObject() ?? [])
        {
            Require(channel, $"channels.{name}", ["servers", "messages"], faults);
            Placeholders(channel!["address"], channel["parameters"], name, "parameter", faults);
        }

        foreach ((string name, JsonNode? operation) in document["operations"]?.AsObject() ?? [])
        {
            Require(operation, $"operations.{name}", ["action", "channel"], faults);
            if (operation!["action"]?.GetValue<string>() is { } action and not ("send" or "receive"))
            {
                faults.Add($"{name}: {action} is no action");
            }
        }

        References(document, document, faults);
        return faults;
    }

    private static void Require(JsonNode? node, string path, string[] members, List<string> faults) =>
        faults.AddRange(members.Where(m => node?[m] is null).Select(m => $"{path}.{m} is missing"));

    private static void Placeholders(
        JsonNode? text, JsonNode? known, string path, string what, List<string> faults)
    {
        foreach (string part in (text?.GetValue<string>() ?? "").Split('{').Skip(1))
        {
            string name = part[..part.IndexOf('}')];
            if (known?[name] is null)
            {
                faults.Add($"{path}: {{{name}}} is no {what}");
            }
        }
    }

    private static void References(JsonObject document, JsonNode? node, List<string> faults)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array)
            {
                References(document, item, faults);
            }
        }

        foreach ((string name, JsonNode? member) in node as JsonObject ?? [])
        {
            if (name == "$ref" && !Resolves(document, member!.GetValue<string>()))
            {
                faults.Add($"{member} points to nothing");
            }

            References(document, member, faults);
        }
    }

    private static bool Resolves(JsonObject document, string reference) => reference.StartsWith("#/")
        ? reference[2..].Split('/').Aggregate((JsonNode?)document, (at, name) => at?[name]) is not null
        : File.Exists(Path.Combine(CommittedContract.Folder, reference));

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(m => m.Key);
}
