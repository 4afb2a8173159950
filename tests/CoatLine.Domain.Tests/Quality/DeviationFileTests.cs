using CoatLine.Domain.Quality;

namespace CoatLine.Domain.Tests.Quality;

public sealed class DeviationFileTests
{
    private const string Good = """
        deviations:
          - id: D-1
            kind: trial
            rule: R06
            reason: Comparative example
            expires: 2027-12-31
            quantity: 3
            signatures:
              - { person: E. Ritter, role: process-engineer, at: 2026-11-20 }
              - { person: Q. Vogel, role: qa-manager, at: 2026-11-20T08:30:00+01:00 }
        """;

    [Test]
    public void File_ThatIsWhole_IsRead()
    {
        DeviationReading reading = DeviationFile.Read(Good, "d.yaml");

        Assert.That(reading.Errors, Is.Empty);
        Deviation deviation = reading.Deviations.Single();
        Assert.That(
            (deviation.Id, deviation.Kind, deviation.Rule, deviation.Quantity),
            Is.EqualTo(("D-1", DeviationKind.Trial, "R06", 3)));
        Assert.That(deviation.Expires, Is.EqualTo(new DateTimeOffset(2027, 12, 31, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(
            deviation.Signatures[1],
            Is.EqualTo(new Signature(
                "Q. Vogel", SignerRole.QaManager, new DateTimeOffset(2026, 11, 20, 7, 30, 0, TimeSpan.Zero))));
        Assert.That(DeviationRules.Refusals(deviation), Is.Empty);
    }

    [TestCase("kind: trial", "kind: favour", "kind 'favour' must be waiver or trial")]
    [TestCase("expires: 2027-12-31", "expires: soon", "expires 'soon' must be a date such as 2026-12-31")]
    [TestCase("quantity: 3", "quantity: 0", "quantity 0 is outside")]
    [TestCase("role: qa-manager", "role: boss", "role 'boss' must be process-engineer or qa-manager or operator")]
    [TestCase("rule: R06", "rules: R06", "the key 'rule' is missing")]
    [TestCase("deviations:", "- deviations", "not YAML")]
    public void File_WithAMistake_NamesFieldAndLimit(string right, string wrong, string says)
    {
        DeviationReading reading = DeviationFile.Read(Good.Replace(right, wrong, StringComparison.Ordinal), "d.yaml");

        Assert.That(reading.Deviations, Is.Empty);
        Assert.That(reading.Errors, Has.Some.StartsWith("d.yaml:").And.Some.Contains(says));
    }
}
