using CoatLine.Domain.Rules;
using CsCheck;

namespace CoatLine.Domain.Tests.Rules;

public sealed class BoundsTests
{
    [TestCase(5, false, 10, false, "5 < x < 10 nm")]
    [TestCase(5, true, 10, false, "5 ≤ x < 10 nm")]
    [TestCase(5, true, 10, true, "5 ≤ x ≤ 10 nm")]
    [TestCase(5, true, null, false, "x ≥ 5 nm")]
    [TestCase(5, false, null, false, "x > 5 nm")]
    [TestCase(null, false, 0.1, false, "x < 0.1 nm")]
    [TestCase(null, false, 0.1, true, "x ≤ 0.1 nm")]
    [TestCase(7, true, 7, true, "x = 7 nm")]
    public void Describe_OfAnyEnds_SaysWhetherTheyAreAllowed(
        double? low, bool lowIn, double? high, bool highIn, string text)
    {
        Bounds bounds = new((decimal?)low, lowIn, (decimal?)high, highIn);

        Assert.That(bounds.Describe("x", "nm"), Is.EqualTo(text));
        if (low is double end)
        {
            Assert.That(bounds.Contains((decimal)end), Is.EqualTo(lowIn));
        }

        if (high is double other)
        {
            Assert.That(bounds.Contains((decimal)other), Is.EqualTo(highIn));
        }
    }

    [Test]
    public void ContainsRatio_AtAnEnd_IsExact()
    {
        // 10.8/9 is 1.2000000000000002 in binary; 1/3·3 is not 1 in any rounding.
        Assert.That(Bounds.Between(1.2m, 1.2m).ContainsRatio(10.8m, 9m), Is.True);
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[1, 1000]).Holds((tenths, factor) =>
            Bounds.Exactly(factor).ContainsRatio(tenths / 10m * factor, tenths / 10m));
    }

    [Test]
    public void ContainsRatio_OfAnyPair_AgreesWithContainsAwayFromTheEnds()
    {
        Gen.Select(Gen.Int[1, 10_000], Gen.Int[1, 1000]).Holds((numerator, denominator) =>
        {
            Bounds bounds = Bounds.Between(5m, 10m);
            decimal quotient = (decimal)numerator / denominator;
            return bounds.ContainsRatio(numerator, denominator) == bounds.Contains(quotient);
        });
    }

    [Test]
    public void ContainsRatio_OfNothing_HasNoMeaning()
    {
        Assert.That(
            () => Bounds.Between(5m, 10m).ContainsRatio(1m, 0m), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // The last digit that a recipe or a tag can carry: twenty digits in all.
    private const decimal Ulp = 0.000_000_000_000_000_000_1m;

    [TestCaseSource(nameof(Limits))]
    public void Limit_OneUnitOfTheLastDigitAway_IsOnItsRightSide(string rule, Bounds limits)
    {
        if (limits.Low is { } low)
        {
            Assert.That(limits.Contains(low), Is.EqualTo(limits.LowInclusive), rule);
            Assert.That(limits.Contains(low - Ulp), Is.False, rule);
            Assert.That(limits.Contains(low + Ulp), Is.EqualTo(limits.High != low), rule);
        }

        if (limits.High is { } high)
        {
            Assert.That(limits.Contains(high), Is.EqualTo(limits.HighInclusive), rule);
            Assert.That(limits.Contains(high + Ulp), Is.False, rule);
            Assert.That(limits.Contains(high - Ulp), Is.EqualTo(limits.Low != high), rule);
        }
    }

    private static IEnumerable<object[]> Limits() => RuleCatalogue.All
        .SelectMany(r => r.Parts.Select(p => (Name: $"{r.Id} {p.Title}", p.Limits)).Append((Name: r.Id, r.Limits)))
        .Where(r => r.Limits != Bounds.Any)
        .Select(r => new object[] { r.Name, r.Limits });

    [Test]
    public void Message_OfAValueNearALimit_IsNotRoundedAcrossIt()
    {
        RuleCheck inside = Judge.Value(RuleCatalogue.MeanRoughness, "sample 1", 0.0999999m);
        RuleCheck outside = Judge.Value(RuleCatalogue.PressedPorosity, "whole layer", 40.0000001m);
        RuleCheck plain = Judge.Value(RuleCatalogue.PressedPorosity, "whole layer", 37.41234567m);

        Assert.That(inside.Message, Does.Contain("0.0999999 µm"));
        Assert.That(outside.Message, Does.Contain("40.0000001 %"));
        Assert.That(plain.Message, Does.Contain("37.4123 %"));
    }
}
