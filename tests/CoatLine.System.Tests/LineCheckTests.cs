using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CoatLine.OpcUa.Server;
using CoatLine.Simulator;

namespace CoatLine.System.Tests;

/// <summary>
/// <c>line check</c> against the simulator, and against servers whose node set was doctored in one place.
/// </summary>
[TestFixture]
internal sealed class LineCheckTests
{
    private const string UaNodeSet = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}";
    private const string Tag = "ns=1;s=Mixer.Request.RevSpeedSP";

    [Test]
    public async Task LineCheck_OfTheSimulator_Holds()
    {
        await using SimulatedLine line = new(
            new SimulatorOptions { AllowInsecure = true }, TimeProvider.System, TimeProvider.System);
        await line.StartAsync(CancellationToken.None);

        Answer person = await CheckAsync(line.EndpointUrl);
        Answer machine = await CheckAsync(line.EndpointUrl, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(person.ExitCode, Is.Zero, person.ToString());
            Assert.That(machine.ExitCode, Is.Zero);
            Assert.That(machine.Json.GetProperty("kept").GetBoolean(), Is.True);
            Assert.That(machine.Json.GetProperty("tags_checked").GetInt32(), Is.GreaterThan(300));
        }
    }

    [TestCase("missing", "missing_node")]
    [TestCase("type", "data_type")]
    [TestCase("access", "access")]
    [TestCase("unit", "engineering_unit")]
    [TestCase("range", "range")]
    public async Task LineCheck_OfADoctoredServer_NamesTheTagAndTheDifference(string change, string kind)
    {
        XDocument nodeSet = XDocument.Parse(File.ReadAllText(
            Path.Combine(RecipeCommandTests.FindRecipes(), "..", "plc-tags", "coatline.NodeSet2.xml")));
        Doctor(nodeSet, change);
        AddressSpace space = new();
        space.LoadNodeSet(new MemoryStream(Encoding.UTF8.GetBytes(nodeSet.ToString())));
        await using UaServer server = new(new UaServerOptions { AllowInsecure = true }, space, TimeProvider.System);
        await server.StartAsync(CancellationToken.None);

        Answer person = await CheckAsync(server.EndpointUrl);
        Answer machine = await CheckAsync(server.EndpointUrl, "--json");

        // A bare server declares no profile: those findings are there in every case and are not this test's.
        JsonElement[] findings = [.. machine.Json.GetProperty("findings").EnumerateArray()
            .Where(static f => f.GetProperty("tag").GetString() == "Mixer.Request.RevSpeedSP")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(person.ExitCode, Is.EqualTo(1), person.ToString());
            Assert.That(person.Output, Does.Contain("Mixer.Request.RevSpeedSP"));
            Assert.That(machine.ExitCode, Is.EqualTo(1));
            Assert.That(findings.Select(static f => f.GetProperty("kind").GetString()), Is.EqualTo([kind]));
        }
    }

    /// <summary>The servers here live for one check; security is another test's.</summary>
    private static Task<Answer> CheckAsync(string url, params string[] more) =>
        Coatline.RunAsync(["line", "check", url, "--allow-insecure", "--policy", "None", .. more]);

    private static void Doctor(XDocument nodeSet, string change)
    {
        XElement tag = Node(nodeSet, Tag);
        switch (change)
        {
            case "missing":
                foreach (XElement node in nodeSet.Root!.Elements()
                    .Where(static n => ((string?)n.Attribute("NodeId") ?? "").StartsWith(Tag, StringComparison.Ordinal))
                    .ToArray())
                {
                    node.Remove();
                }

                foreach (XElement reference in nodeSet.Descendants(UaNodeSet + "Reference")
                    .Where(static r => r.Value == Tag).ToArray())
                {
                    reference.Remove();
                }

                break;
            case "type":
                tag.SetAttributeValue("DataType", "i=10");
                break;
            case "access":
                tag.SetAttributeValue("AccessLevel", 1);
                break;
            case "unit":
                XElement unit = Node(nodeSet, Tag + ".EngineeringUnits").Descendants()
                    .Single(static e => e.Name.LocalName == "UnitId");
                unit.Value = (int.Parse(unit.Value, CultureInfo.InvariantCulture) + 1)
                    .ToString(CultureInfo.InvariantCulture);
                break;
            case "range":
                Node(nodeSet, Tag + ".EURange").Descendants()
                    .Single(static e => e.Name.LocalName == "High").Value = "1999";
                break;
        }
    }

    private static XElement Node(XDocument nodeSet, string id) =>
        nodeSet.Root!.Elements().Single(n => (string?)n.Attribute("NodeId") == id);
}
