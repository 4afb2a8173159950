using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class GaugeStudyTests
{
    // The sample study of the AIAG manual "Measurement Systems Analysis" (3rd and 4th edition): one line a trial, one
    // column a part.
    private static readonly (string Appraiser, double[] Trial)[] Sample =
    [
        ("A", [0.29, -0.56, 1.34, 0.47, -0.80, 0.02, 0.59, -0.31, 2.26, -1.36]),
        ("A", [0.41, -0.68, 1.17, 0.50, -0.92, -0.11, 0.75, -0.20, 1.99, -1.25]),
        ("A", [0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31]),
        ("B", [0.08, -0.47, 1.19, 0.01, -0.56, -0.20, 0.47, -0.63, 1.80, -1.68]),
        ("B", [0.25, -1.22, 0.94, 1.03, -1.20, 0.22, 0.55, 0.08, 2.12, -1.62]),
        ("B", [0.07, -0.68, 1.34, 0.20, -1.28, 0.06, 0.83, -0.34, 2.19, -1.50]),
        ("C", [0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49]),
        ("C", [-0.11, -1.13, 1.09, 0.20, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77]),
        ("C", [-0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16]),
    ];

    private static readonly GaugeReading[] Readings =
    [
        .. Sample.SelectMany((line, row) =>
            line.Trial.Select((value, part) => new GaugeReading(part + 1, line.Appraiser, (row % 3) + 1, value))),
    ];

    [Test]
    public void Ranges_OfTheManualsSample_GiveItsPublishedFigures()
    {
        GaugeCapability gauge = Study(Readings).ByRanges();

        Assert.That(gauge.Repeatability, Is.EqualTo(0.20188).Within(0.0001));
        Assert.That(gauge.Reproducibility, Is.EqualTo(0.22963).Within(0.0001));
        Assert.That(gauge.GaugeVariation, Is.EqualTo(0.30575).Within(0.0001));
        Assert.That(gauge.PartVariation, Is.EqualTo(1.10456).Within(0.0001));
        Assert.That(gauge.TotalVariation, Is.EqualTo(1.14610).Within(0.0001));
        Assert.That(gauge.PercentOfStudy, Is.EqualTo(26.68).Within(0.005));
        Assert.That(gauge.DistinctCategories, Is.EqualTo(5));
        Assert.That(gauge.Verdict, Is.EqualTo(GaugeVerdict.Usable));
    }

    [Test]
    public void Anova_OfTheManualsSample_GivesItsPublishedTable()
    {
        GaugeAnova anova = Study(Readings).Anova();

        Assert.That(anova.Appraisers.SumOfSquares, Is.EqualTo(3.1673).Within(0.00005));
        Assert.That(anova.Parts.SumOfSquares, Is.EqualTo(88.3619).Within(0.00005));
        Assert.That(anova.Interaction.SumOfSquares, Is.EqualTo(0.3590).Within(0.00005));
        Assert.That(anova.Error.SumOfSquares, Is.EqualTo(2.7589).Within(0.00005));
        Assert.That(
            new[] { anova.Appraisers, anova.Parts, anova.Interaction, anova.Error }.Select(l => l.Freedom),
            Is.EqualTo(new[] { 2, 9, 18, 60 }));
        Assert.That(anova.InteractionQuotient, Is.EqualTo(0.434).Within(0.0005));
        Assert.That(anova.IsPooled, Is.True);

        GaugeCapability gauge = anova.Capability();
        Assert.That(gauge.Repeatability, Is.EqualTo(0.199933).Within(0.000001));
        Assert.That(gauge.Reproducibility, Is.EqualTo(0.226838).Within(0.000001));
        Assert.That(gauge.GaugeVariation, Is.EqualTo(0.302373).Within(0.000002));
        Assert.That(gauge.PartVariation, Is.EqualTo(1.042327).Within(0.000001));
        Assert.That(gauge.PercentOfStudy, Is.EqualTo(27.86).Within(0.005));
        Assert.That(gauge.DistinctCategories, Is.EqualTo(4));
        Assert.That(gauge.Verdict, Is.EqualTo(GaugeVerdict.Rejected), "fewer than five categories");
    }

    [Test]
    public void Anova_WithAStrongInteraction_KeepsItApart()
    {
        // Appraiser B reads every second part 2 too high: parts and appraisers do not simply add up.
        GaugeReading[] crossed =
            [.. Readings.Select(r => r.Appraiser == "B" && r.Part % 2 == 0 ? r with { Value = r.Value + 2d } : r)];
        GaugeAnova anova = Study(crossed).Anova();

        Assert.That(anova.IsPooled, Is.False);
        Assert.That(anova.InteractionChance, Is.LessThan(0.001));
        Assert.That(
            anova.Capability().Reproducibility,
            Is.GreaterThan(Study(Readings).Anova().Capability().Reproducibility));
        Assert.That(anova.Capability().Repeatability, Is.EqualTo(Math.Sqrt(2.7589 / 60d)).Within(0.0001));
    }

    [Test]
    public void Percent_OfTheTolerance_ComparesSixDeviationsWithIt()
    {
        GaugeCapability gauge = Study(Readings).ByRanges(tolerance: 20d);

        Assert.That(gauge.PercentOfTolerance, Is.EqualTo(100d * 6d * gauge.GaugeVariation / 20d).Within(1e-9));
        Assert.That(Study(Readings).ByRanges().PercentOfTolerance, Is.Null);
    }

    [TestCase(0.0999, GaugeVerdict.Good)]
    [TestCase(0.1001, GaugeVerdict.Usable)]
    [TestCase(0.2713, GaugeVerdict.Usable)]
    [TestCase(0.2715, GaugeVerdict.Rejected)]
    [TestCase(0.3001, GaugeVerdict.Rejected)]
    public void Verdict_AtItsLimits_FollowsPercentAndCategories(double fraction, GaugeVerdict verdict)
    {
        // Total variation 1; from 27.14 % on fewer than five categories are left, whatever the 30 % say.
        GaugeCapability gauge = new(fraction, 0d, Math.Sqrt(1d - (fraction * fraction)));

        Assert.That(gauge.Verdict, Is.EqualTo(verdict), $"{gauge.PercentOfStudy} %, {gauge.DistinctCategories}");
    }

    [Test]
    public void Verdict_OfAGoodStudyOnANarrowTolerance_IsRejected()
    {
        Assert.That(new GaugeCapability(0.05, 0d, 1d, 0.9).Verdict, Is.EqualTo(GaugeVerdict.Rejected));
        Assert.That(new GaugeCapability(0.05, 0d, 1d, 0.99).Verdict, Is.EqualTo(GaugeVerdict.Rejected));
        Assert.That(new GaugeCapability(0.05, 0d, 1d, 1.01).Verdict, Is.EqualTo(GaugeVerdict.Usable));
        Assert.That(new GaugeCapability(0.05, 0d, 1d, 4d).Verdict, Is.EqualTo(GaugeVerdict.Good));
    }

    [Test]
    public void Study_OfTenByThreeByThree_IsThePrescribedOne()
    {
        Assert.That(Study(Readings).IsPrescribed, Is.True);
        Assert.That(Study([.. Readings.Where(r => r.Part < 10)]).IsPrescribed, Is.False);
    }

    [Test]
    public void Study_WithAReadingMissingOrTwice_IsRefusedByName()
    {
        Assert.That(GaugeStudy.TryOf([.. Readings.Skip(1)], out _, out string? missing), Is.False);
        Assert.That(missing, Is.EqualTo("part 1, appraiser A, trial 1: 0 readings, not one"));
        Assert.That(GaugeStudy.TryOf([.. Readings, Readings[0]], out _, out string? twice), Is.False);
        Assert.That(twice, Does.Contain("2 readings, not one"));
        Assert.That(
            GaugeStudy.TryOf([.. Readings.Where(r => r.Appraiser == "A")], out _, out string? alone), Is.False);
        Assert.That(alone, Does.Contain("2 to 3 appraisers, not 1"));
        Assert.That(
            GaugeStudy.TryOf([Readings[0] with { Value = double.NaN }, .. Readings.Skip(1)], out _, out string? broken),
            Is.False);
        Assert.That(broken, Does.Contain("no finite number"));
    }

    // Upper 5 % points of F, NIST/SEMATECH e-Handbook 1.3.6.7.3.
    [TestCase(161.448, 1, 1)]
    [TestCase(3.708, 3, 10)]
    [TestCase(2.978, 10, 10)]
    [TestCase(3.555, 2, 18)]
    public void FDistribution_AtItsTabulatedPoints_LeavesFivePerCent(double quotient, int above, int below)
    {
        Assert.That(FDistribution.UpperTail(quotient, above, below), Is.EqualTo(0.05).Within(0.00003));
    }

    [Test]
    public void FDistribution_AtItsEnds_IsOneAndNothing()
    {
        Assert.That(FDistribution.UpperTail(0d, 3, 10), Is.EqualTo(1d));
        Assert.That(FDistribution.UpperTail(double.PositiveInfinity, 3, 10), Is.Zero);
    }

    private static GaugeStudy Study(IReadOnlyCollection<GaugeReading> readings)
    {
        Assert.That(GaugeStudy.TryOf(readings, out GaugeStudy? study, out string? refusal), refusal);
        return study!;
    }
}
