using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Tests.Tags;

public sealed class AlarmContractTests
{
    private static string Folder => Path.Combine(TestContext.CurrentContext.TestDirectory, "plc-tags");

    [Test]
    public void Alarms_OfTheCode_AreThoseOfTheFile()
    {
        IEnumerable<string> code = TagContract.Units.SelectMany(u => AlarmContract.Of(u.Unit).Select(a =>
            string.Create(CultureInfo.InvariantCulture, $"{u.Unit},{a.Bit},{a.Name},{a.Severity}")));
        IEnumerable<string> file = File.ReadAllLines(Path.Combine(Folder, "coatline-alarms.csv"))
            .Skip(1).Select(line => string.Join(',', line.Split(',').Take(4)));

        Assert.That(code, Is.EquivalentTo(file));
    }

    [Test]
    public void Alarms_OfTheFile_AreToldInTheHandshakePage()
    {
        string page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        foreach (string[] row in File.ReadAllLines(Path.Combine(Folder, "coatline-alarms.csv"))
            .Skip(1).Select(line => line.Split(',')).Where(row => int.Parse(row[1], null) < 30))
        {
            int unit = page.IndexOf($"### {row[0]}:", StringComparison.Ordinal);
            int bits = page.IndexOf("- Alarm bits (severity):", unit, StringComparison.Ordinal);
            string line = page[bits..page.IndexOf('\n', bits)];
            Assert.That(line, Does.Match($@"\b{row[1]} {row[2]}( \([^)]*\))? {row[3]}\b"), row[0]);
        }
    }

    [Test]
    public void Alarm_ThatTheContractDoesNotKnow_IsNamedByItsBitAndAsSevereAsCanBe() =>
        Assert.That(AlarmContract.Of(Unit.Press, 17), Is.EqualTo(new AlarmDefinition(17, "Bit17", 1000)));
}
