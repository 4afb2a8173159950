using CoatLine.Hosting.Time;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Hosting.Tests.Time;

[TestFixture]
internal sealed class LineClockFileTests
{
    private static readonly DateTimeOffset Real = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("coatline-clock-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Read_WithoutAFile_IsNull() => Assert.That(LineClockFile.Read(_directory), Is.Null);

    [Test]
    public void Read_AfterAnchor_GivesTheSameClockInEveryProcess()
    {
        FakeTimeProvider real = new(Real);
        LineClockFile written = LineClockFile.Anchor(_directory, 600, notBefore: null, real);
        real.Advance(TimeSpan.FromSeconds(9));

        LineClockFile? read = LineClockFile.Read(_directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo(written));
            Assert.That(read!.ToTimeProvider(real).GetUtcNow(), Is.EqualTo(Real.AddSeconds(5400)));
        }
    }

    [TestCase(+3600, +3600, Description = "the record is ahead: line time does not step back")]
    [TestCase(-3600, 0, Description = "the record is behind: line time joins the real one")]
    public void Anchor_AfterARecord_NeverStepsBehindIt(int recordSeconds, int expectedSeconds)
    {
        FakeTimeProvider real = new(Real);

        LineClockFile clock = LineClockFile.Anchor(_directory, 60, Real.AddSeconds(recordSeconds), real);

        Assert.That(clock.LineUtc, Is.EqualTo(Real.AddSeconds(expectedSeconds)));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{\"anchor_utc\":\"2026-03-01T08:00:00Z\",\"line_utc\":\"2026-03-01T08:00:00Z\",\"speed\":0}")]
    [TestCase("{\"speed\":60}")]
    public void Read_OfADamagedFile_NamesFileAndCure(string content)
    {
        File.WriteAllText(Path.Combine(_directory, LineClockFile.FileName), content);

        Assert.That(
            () => LineClockFile.Read(_directory),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(LineClockFile.FileName)
                .And.Message.Contains("deleted"));
    }
}
