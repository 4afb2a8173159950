using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class GaugeStudyFileTests
{
    private static readonly string Whole = GaugeStudyFile.Header + "\n" + string.Concat(
        from part in Enumerable.Range(1, 2)
        from appraiser in (string[])["A", "B"]
        from trial in Enumerable.Range(1, 2)
        select $"{part},{appraiser},{trial},{part}.{trial}\n");

    [Test]
    public void Study_AsItShouldBe_IsReadWithoutErrors()
    {
        GaugeStudyReading reading = GaugeStudyFile.Read("# thickness gauge TG-1\n\n" + Whole, "study.csv");

        Assert.That(reading.Errors, Is.Empty);
        Assert.That(
            (reading.Study!.Parts, reading.Study.Appraisers, reading.Study.Trials), Is.EqualTo((2, 2, 2)));
    }

    [TestCase("1,A,1,1.1\n", "1,A,1,much\n", "value")]
    [TestCase("1,A,1,1.1\n", "1,A,0,1.1\n", "trial")]
    [TestCase("1,A,1,1.1\n", "1.5,A,1,1.1\n", "part")]
    [TestCase("1,A,1,1.1\n", "1,,1,1.1\n", "appraiser")]
    [TestCase("1,A,1,1.1\n", "1,A,1\n", "3 columns")]
    [TestCase("1,A,1,1.1\n", "", "part 1, appraiser A, trial 1: 0 readings")]
    [TestCase("part,", "pert,", "the header must be")]
    public void Study_WithSomethingWrong_IsRefusedNamingIt(string original, string changed, string named)
    {
        Assert.That(Whole, Does.Contain(original));

        GaugeStudyReading reading =
            GaugeStudyFile.Read(Whole.Replace(original, changed, StringComparison.Ordinal), "study.csv");

        Assert.That(reading.Study, Is.Null);
        Assert.That(string.Join('\n', reading.Errors), Does.Contain(named).And.Contain("study.csv"));
    }

    [TestCase("")]
    [TestCase("#\n")]
    [TestCase("part,appraiser,trial,value")]
    public void Study_WithoutReadings_IsRefused(string text) =>
        Assert.That(GaugeStudyFile.Read(text, "study.csv").Errors, Has.Length.EqualTo(1));

    [Test]
    public void Study_FarTooLong_IsRefused() =>
        Assert.That(
            GaugeStudyFile.Read(new string('#', GaugeStudyFile.MaxLength + 1), "s").Errors[0].Message,
            Does.Contain("are too many"));
}
