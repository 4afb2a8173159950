using System.Globalization;
using System.Xml.Linq;
using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Tests.Tags;

/// <summary>The table and the NodeSet2 in plc-tags say the same, and the simulator serves it.</summary>
public class ContractFilesTests
{
    private static readonly XNamespace Types = "http://opcfoundation.org/UA/2008/02/Types.xsd";

    private static readonly string Folder = FindFolder();

    private static IReadOnlyDictionary<string, string[]> Csv { get; } = File
        .ReadLines(Path.Combine(Folder, "coatline-tags.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(f => f[2]["s=".Length..], StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, TagDefinition> Xml { get; } = TagTable
        .Parse(XDocument.Load(Path.Combine(Folder, "coatline.NodeSet2.xml")))
        .Tags.ToDictionary(t => t.NodeId, StringComparer.Ordinal);

    [Test]
    public void Contract_TableAndNodeSet_HoldTheSameTags()
    {
        Assert.That(Xml.Keys.Except(Csv.Keys), Is.Empty, "in the NodeSet2 only");
        Assert.That(Csv.Keys.Except(Xml.Keys), Is.Empty, "in the table only");
        Assert.That(Csv, Has.Count.GreaterThan(300));
    }

    [Test]
    public void Contract_EveryTag_HasSameTypeAccessUnitAndRangeInBoth()
    {
        var differences = new List<string>();
        foreach ((string node, string[] row) in Csv)
        {
            TagDefinition tag = Xml[node];
            string type = tag.ValueType.Name;
            string inTable = string.Join('|', row[0], row[1], row[3], row[4], row[5], row[6], row[7]);
            string inNodeSet = string.Join(
                '|', tag.Unit, tag.Name, type, tag.EngineeringUnit, Number(tag.Low), Number(tag.High),
                tag.Writable ? "RW" : "R");
            if (inTable != inNodeSet)
            {
                differences.Add($"{node}: {inTable} / {inNodeSet}");
            }
        }

        Assert.That(differences, Is.Empty);
    }

    [Test]
    public void Contract_EveryMeaning_IsTheDescriptionOfItsNode()
    {
        XNamespace ua = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";
        Dictionary<string, string> descriptions = XDocument.Load(Path.Combine(Folder, "coatline.NodeSet2.xml")).Root!
            .Elements(ua + "UAVariable")
            .Where(v => v.Element(ua + "Description") is not null)
            .ToDictionary(
                v => v.Attribute("NodeId")!.Value["ns=1;s=".Length..],
                v => v.Element(ua + "Description")!.Value,
                StringComparer.Ordinal);

        Assert.That(descriptions, Is.EquivalentTo(Csv.ToDictionary(r => r.Key, r => r.Value[8])));
    }

    [Test]
    public void Contract_EveryUnitOfMeasure_CarriesItsUneceId()
    {
        // OPC 10000-8 §5.6.3: the id packs the characters of the UNECE common code; MPa/min has no code.
        var expected = new Dictionary<string, string>
        {
            ["rpm"] = "RPM", ["s"] = "SEC", ["g"] = "GRM", ["mg"] = "MGM", ["µm"] = "4H", ["mm"] = "MMT",
            ["cm²"] = "CMK", ["mm/s"] = "C16", ["°C"] = "CEL", ["K"] = "KEL", ["K/min"] = "F11", ["kPa"] = "KPA",
            ["MPa"] = "MPA", ["MPa/min"] = "-1", ["m³/h"] = "MQH", ["%"] = "P1", ["ppm"] = "59",
        };
        Dictionary<string, string> actual = XDocument.Load(Path.Combine(Folder, "coatline.NodeSet2.xml"))
            .Descendants(Types + "EUInformation")
            .Select(e => (
                Name: e.Element(Types + "DisplayName")!.Element(Types + "Text")!.Value,
                Code: CodeOf(e.Element(Types + "UnitId")!.Value)))
            .Distinct()
            .ToDictionary(e => e.Name, e => e.Code);

        Assert.That(actual, Is.EquivalentTo(expected));
    }

    [Test]
    public void Contract_EveryRequestParameter_HasAnEchoOfTheSameKind()
    {
        string[] own = ["Request.Id", "Request.Phase", "Request.Epoch"];
        foreach (TagDefinition tag in Xml.Values.Where(t => t.Name.StartsWith("Request.", StringComparison.Ordinal)))
        {
            if (!own.Contains(tag.Name))
            {
                string echoName = "Active." + tag.Name["Request.".Length..];
                TagDefinition echo = Xml[$"{tag.Unit}.{echoName}"];
                Assert.That(
                    echo with { Name = tag.Name, NodeId = tag.NodeId, Writable = true }, Is.EqualTo(tag), tag.NodeId);
                Assert.That(echo.Writable, Is.False, echo.NodeId);
            }
        }
    }

    [Test]
    public void Contract_EveryDouble_HasAUnitAndARange() => Assert.That(
        Xml.Values.Where(t => t.ValueType == typeof(double) || t.ValueType == typeof(double[]))
            .Where(t => t.EngineeringUnit.Length == 0 || t.Low is null || t.High is null)
            .Select(t => t.NodeId),
        Is.Empty);

    [Test]
    public void Readme_EveryParameterAndResult_StandsInItsUnitsTable()
    {
        string[] common = ["Id", "Phase", "Epoch", "Code", "StartTime", "EndTime"];
        string readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        foreach (string[] row in Csv.Values)
        {
            string[] name = row[1].Split('.');
            if (name[0] is "Request" or "Result" && !common.Contains(name[1]))
            {
                string chapter = readme[readme.IndexOf($"### {row[0]}:", StringComparison.Ordinal)..];
                string range = row[5].Length > 0 ? $"{row[5]} to {row[6]}" : string.Empty;
                string[] cells = [$"`{row[1]}`", row[3], row[4], range, row[8]];
                string line = string.Concat(cells.Select(c => c.Length > 0 ? $"| {c} " : "| ")) + "|";
                Assert.That(chapter, Does.Contain(line));
            }
        }
    }

    [Test]
    public void Simulator_EmbeddedNodeSet_IsTheOneInPlcTags()
    {
        using Stream embedded = TagTable.OpenNodeSet();
        using var copy = new MemoryStream();
        embedded.CopyTo(copy);

        Assert.That(copy.ToArray(), Is.EqualTo(File.ReadAllBytes(Path.Combine(Folder, "coatline.NodeSet2.xml"))));
    }

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static string CodeOf(string unitId)
    {
        int id = int.Parse(unitId, CultureInfo.InvariantCulture);
        return id < 0 ? unitId : string.Concat(
            new[] { id >> 16, id >> 8, id }.Select(b => (char)(b & 0xFF)).Where(c => c != '\0'));
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "plc-tags")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("plc-tags is above no folder of the tests");
        }

        return Path.Combine(folder.FullName, "plc-tags");
    }
}
