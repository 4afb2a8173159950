using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Tests.Tags;

public sealed class TagContractTests
{
    [Test]
    public void TagTable_Header_IsTheAgreedOne() =>
        Assert.That(TagTableFile.Lines()[0], Is.EqualTo(TagTableFile.Header));

    [Test]
    public void TagContract_EveryTag_StandsInTheTagTableWithTypeUnitRangeAccessAndMeaning() =>
        Assert.That(
            TagContract.Tags.Select(TagTableFile.RowOf).Except(TagTableFile.Lines().Skip(1)),
            Is.Empty,
            "tags that the code has and the table has not, or has otherwise");

    [Test]
    public void TagTable_EveryRow_StandsInTheTagContract() =>
        Assert.That(
            TagTableFile.Lines().Skip(1).Except(TagContract.Tags.Select(TagTableFile.RowOf)),
            Is.Empty,
            "rows that the table has and the code has not, or has otherwise");

    [Test]
    public void TagContract_Tags_AreUnique() =>
        Assert.That(TagContract.Tags.Select(t => t.FullName), Is.Unique);

    [Test]
    public void TagContract_EveryEngineeringUnit_IsKnown() =>
        Assert.That(
            TagContract.Tags.Select(t => t.EngineeringUnit).Where(u => u.Length > 0 && !EngineeringUnits.IsKnown(u)),
            Is.Empty);

    [TestCase("rpm", 5394509)]
    [TestCase("µm", 13384)]
    [TestCase("°C", 4408652)]
    public void UnitId_UneceCode_IsPackedFirstCharacterHighest(string symbol, int id) =>
        Assert.That(EngineeringUnits.UnitId(symbol), Is.EqualTo(id));

    [Test]
    public void TagContract_EveryPhase_BelongsToExactlyOneUnit() =>
        Assert.That(
            TagContract.Units.SelectMany(u => u.Phases).Select(p => p.Phase),
            Is.EquivalentTo(Enum.GetValues<PhaseKind>()));

    [Test]
    public void Parameter_EveryOne_HasAnEchoOfTheSameTypeUnitAndRangeThatNobodyWrites()
    {
        foreach (UnitContract unit in TagContract.Units)
        {
            foreach (string name in unit.Phases.SelectMany(p => p.ParameterNames))
            {
                TagDefinition request = unit.Tag("Request." + name);
                TagDefinition echo = unit.Tag("Active." + name);
                TagDefinition meant = request with
                {
                    Name = echo.Name,
                    Access = TagAccess.Read,
                    Meaning = echo.Meaning,
                };
                Assert.That(echo, Is.EqualTo(meant));
            }
        }
    }

    [Test]
    public void Tag_UnknownName_ThrowsWithTheWholeName() =>
        Assert.That(
            () => TagContract.Of(Unit.Mixer).Tag("Request.Spin"),
            Throws.ArgumentException.With.Message.Contains("Mixer.Request.Spin"));
}
