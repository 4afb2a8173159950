using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Quality;

public sealed class ProfileFileTests
{
    private const string Two = ProfileFile.Header + "\n1,10,10,30.2\n2,10,50,33.5\n";

    [Test]
    public void Read_OfTheWorkedExample_GivesItsThicknesses()
    {
        ProfileReading reading = Read(RecipeFiles.Profile("worked-example"));

        Assert.That(reading.Errors, Is.Empty);
        Assert.That(reading.Profile!.Points, Has.Length.EqualTo(9));
        Assert.That(reading.Profile.Max.Value, Is.EqualTo(33.5m));
        Assert.That(reading.Profile.Min.Value, Is.EqualTo(30.2m));
        Assert.That(reading.Profile.Mean.Value, Is.EqualTo(31.8m));
        Assert.That(reading.Profile.Layer, Is.EqualTo(SubLayer.Base));
        Assert.That(reading.Profile.State, Is.EqualTo(LayerState.Dried));
    }

    [Test]
    public void Read_WithCommentsEmptyLinesAndCarriageReturns_GivesTheSame()
    {
        ProfileReading reading = Read("# taken by hand\r\n\r\n" + Two.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.That(reading.Profile!.Points, Is.EqualTo(Read(Two).Profile!.Points));
        Assert.That(reading.Profile.Points, Has.Length.EqualTo(2));
    }

    [TestCase("", 1, "header")]
    [TestCase("id,x,y,t\n1,10,10,30", 1, "header")]
    [TestCase(ProfileFile.Header, 1, "0 points")]
    [TestCase(ProfileFile.Header + "\n1,10,10", 2, "3 columns")]
    [TestCase(ProfileFile.Header + "\n1,10,10,thick", 2, "not a plain number")]
    [TestCase(ProfileFile.Header + "\n1,10,10,30 µm", 2, "not a plain number")]
    [TestCase(ProfileFile.Header + "\n1,10,10,1e9", 2, "not a plain number")]
    [TestCase(ProfileFile.Header + "\n1,10,10,0", 2, "outside 0 < v ≤ 1000")]
    [TestCase(ProfileFile.Header + "\n1,10,10,1000.1", 2, "outside 0 < v ≤ 1000")]
    [TestCase(ProfileFile.Header + "\n1.5,10,10,30", 2, "not a whole number")]
    [TestCase(Two + "1,20,20,31", 4, "point 1 is there 2 times")]
    public void Read_OfABadProfile_NamesTheLine(string text, int line, string says)
    {
        ProfileReading reading = Read(text);

        Assert.That(reading.Profile, Is.Null);
        Assert.That(reading.Errors.Select(e => e.Line), Has.Some.EqualTo(line));
        Assert.That(string.Join('\n', reading.Errors), Does.Contain(says));
    }

    [Test]
    public void Read_OfTooMuch_IsRefused()
    {
        string many = ProfileFile.Header + string.Concat(Enumerable.Range(1, 26).Select(i => $"\n{i},0,0,30"));

        Assert.That(Read(many).Errors[0].Message, Does.Contain("26 points"));
        Assert.That(Read(new string('#', ProfileFile.MaxLength + 1)).Errors[0].Message, Does.Contain("too many"));
    }

    [Test]
    public void Read_OfSeveralMistakes_ReportsThemAll()
    {
        Assert.That(Read(ProfileFile.Header + "\nx,10,10,30\n2,y,10,30\n3,10,10,z").Errors, Has.Length.EqualTo(3));
    }

    private static ProfileReading Read(string text) =>
        ProfileFile.Read(text, "base.csv", SubLayer.Base, LayerState.Dried);
}
