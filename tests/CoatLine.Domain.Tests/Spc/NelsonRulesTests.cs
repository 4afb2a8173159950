using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class NelsonRulesTests
{
    // Centre 0 and σ 1, so that every value is its own distance in standard deviations.
    private static readonly ControlLimits Unit = new(-3d, 0d, 3d);

    // Each pattern complete, and with one point changed or missing.
    [TestCase(1, "3.01", true)]
    [TestCase(1, "3", false)]
    [TestCase(1, "-3.01", true)]
    [TestCase(2, ".5 .5 .5 .5 .5 .5 .5 .5 .5", true)]
    [TestCase(2, ".5 .5 .5 .5 .5 .5 .5 .5", false)]
    [TestCase(2, ".5 .5 .5 .5 0 .5 .5 .5 .5", false)]
    [TestCase(2, "-.5 -.5 -.5 -.5 -.5 -.5 -.5 -.5 -.5", true)]
    [TestCase(2, "-.5 .5 .5 .5 .5 .5 .5 .5 .5", false)]
    [TestCase(3, "-1 -.5 0 .5 .75 .8", true)]
    [TestCase(3, "-1 -.5 0 .5 .75", false)]
    [TestCase(3, "-1 -.5 0 0 .75 .8", false)]
    [TestCase(3, "1 .5 0 -.5 -.75 -.8", true)]
    [TestCase(4, "0 1 0 1 0 1 0 1 0 1 0 1 0 1", true)]
    [TestCase(4, "0 1 0 1 0 1 0 1 0 1 0 1 0", false)]
    [TestCase(4, "0 1 0 1 0 1 1 0 1 0 1 0 1 0", false)]
    [TestCase(5, "2.1 0 2.1", true)]
    [TestCase(5, "2.1 2.1", true)]
    [TestCase(5, "2 0 2.1", false)]
    [TestCase(5, "2.1 0 -2.1", false)]
    [TestCase(5, "2.1 0 0 2.1", false)]
    [TestCase(6, "1.1 1.1 0 1.1 1.1", true)]
    [TestCase(6, "1.1 1 0 1.1 1.1", false)]
    [TestCase(6, "1.1 -1.1 1.1 0 1.1", false)]
    [TestCase(6, "-1.1 -1.1 0 -1.1 -1.1", true)]
    [TestCase(7, ".9 -.9 .9 -.9 .9 -.9 .9 -.9 .9 -.9 .9 -.9 .9 -.9 .9", true)]
    [TestCase(7, ".9 -.9 .9 -.9 .9 -.9 .9 -.9 .9 -.9 .9 -.9 .9 -.9", false)]
    [TestCase(7, ".9 -.9 .9 -.9 .9 -.9 1 -.9 .9 -.9 .9 -.9 .9 -.9 .9", false)]
    [TestCase(8, "1.1 -1.1 1.1 1.1 -1.1 -1.1 1.1 -1.1", true)]
    [TestCase(8, "1.1 -1.1 1.1 1.1 -1.1 -1.1 1.1", false)]
    [TestCase(8, "1.1 -1.1 1.1 1 -1.1 -1.1 1.1 -1.1", false)]
    public void Test_OnBothSidesOfItsPattern_SignalsOnlyTheWholeOne(int rule, string points, bool signals)
    {
        double[] values = [.. points.Split(' ').Select(double.Parse)];

        NelsonSignal[] found = [.. NelsonRules.Judge(values, Unit, [(NelsonRule)rule])];

        NelsonSignal[] expected = signals ? [new NelsonSignal((NelsonRule)rule, values.Length - 1)] : [];
        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public void Default_IsOneTwoThreeFiveAndSix()
    {
        Assert.That(NelsonRules.Default.Select(r => (int)r), Is.EqualTo(new[] { 1, 2, 3, 5, 6 }));
    }

    [Test]
    public void Series_WithoutSpread_HasNoZonesAndNoSignal()
    {
        Assert.That(
            NelsonRules.Judge([1d, 2d, 3d, 4d, 5d, 6d], new ControlLimits(1d, 1d, 1d), NelsonRules.Default),
            Is.Empty);
    }

    [Test]
    public void Series_WithSeveralPatterns_SignalsByPointThenByTest()
    {
        double[] values = [2.1, 4d, 3.5];

        Assert.That(
            NelsonRules.Judge(values, Unit, [NelsonRule.TwoOfThreeBeyondTwo, NelsonRule.BeyondLimit])
                .Select(s => (s.Index, (int)s.Rule)),
            Is.EqualTo(new[] { (1, 1), (1, 5), (2, 1), (2, 5) }));
    }
}
