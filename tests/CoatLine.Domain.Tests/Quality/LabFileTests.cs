using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Quality;

public sealed class LabFileTests
{
    private const string Text = """
        results:
          - kind: xps
            batch: B-2026-0001
            sheet: S-B-2026-0001-1
            sample: X-1
            measured: 2026-03-01
            oxygen: 3 at%
            carbon: 80 at%
            silver: 1 at%
            fluorine: 15 at%
          - kind: cell_test
            batch: B-2026-0001
            sheet: S-B-2026-0001-1
            sample: C-1
            measured: 2026-03-02T05:00:00Z
            temperature: 60 °C
            charge_rate: 0.33 C
            charge_voltage: 4.25 V
            cut_off_rate: 0.1 C
            discharge_rate: 0.33 C
            discharge_voltage: 3.0 V
            negative_capacity: 1 mAh
            positive_capacity: 4 mAh
            alloy_silver: 30 wt%
          - kind: sem_split
            batch: B-2026-0001
            sheet: S-B-2026-0001-2
            sample: M-1
            measured: 2026-03-01
            cuts:
              - { base: 22.6 µm, top: 3.1 µm }
              - { base: 21.9 µm, top: 3.01 µm }
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    [Test]
    public void Results_OfEveryKind_AreReadAndJudged()
    {
        LabEntry[] entries = [.. LabFile.Read(Text, "lab.yaml").Entries];

        Assert.That(entries.Select(e => (e.Kind, e.Sample)), Is.EqualTo(new[]
        {
            (LabKind.Xps, "X-1"), (LabKind.CellTest, "C-1"), (LabKind.SemSplit, "M-1"),
        }));
        Assert.That(entries.Select(e => string.Join(' ', e.Checks.Select(c => c.Rule).Distinct())), Is.EqualTo(new[]
        {
            "R20", "R50 R51 R52", "R30",
        }));
        Assert.That(entries.SelectMany(e => e.Checks).Where(c => c.Verdict is Verdict.Fail or Verdict.NotMeasured),
            Is.Empty);
        Assert.That(entries[0].Values[4], Is.EqualTo(new LabValue("sulfur", null, "at%")), "left out: not measured");
        Assert.That(entries[2].Checks.Single().Value, Is.EqualTo(22.6m / 3.01m));
    }

    [TestCase("oxygen: 3 at%", "oxygen: 101 at%", "lab.yaml:7 results[0].oxygen: oxygen 101 at% is outside 0 ≤")]
    [TestCase("oxygen: 3 at%", "oxygen: 3", "'3' has no unit")]
    [TestCase("oxygen: 3 at%", "oxygen: 6 at%", "the shares come to 102 at%; the limit is 101")]
    [TestCase("oxygen: 3 at%", "oxigen: 3 at%", "the key 'oxigen' is not known here")]
    [TestCase("temperature: 60 °C", "temperature: 333 K", "the unit must be °C")]
    [TestCase("negative_capacity: 1 mAh", "negative_capacity: 0 mAh", "is outside 0 < negative_capacity")]
    [TestCase("sample: C-1", "sample: ''", "must be 1 to 40 letters")]
    [TestCase("measured: 2026-03-01", "measured: yesterday", "must be a day")]
    [TestCase("kind: xps", "kind: taste", "must be xps or cell_test or sem_split")]
    [TestCase(
        "{ base: 22.6 µm, top: 3.1 µm }", "{ base: 22.6 µm }", "results[2].cuts[0].top: the key 'top' is missing")]
    [TestCase("{ base: 22.6 µm, top: 3.1 µm }", "{ base: 1001 µm, top: 1 µm }", "base 1001 µm is outside")]
    public void Field_OutsideItsLimit_IsNamedWithFileAndLimit(string good, string bad, string message)
    {
        Assert.That(Text, Does.Contain(good));
        int at = Text.IndexOf(good, StringComparison.Ordinal);

        LabReading reading = LabFile.Read(Text[..at] + bad + Text[(at + good.Length)..], "lab.yaml");

        Assert.That(reading.Entries, Is.Empty);
        Assert.That(reading.Errors.Select(e => e.ToString()), Has.Some.Contains(message));
    }

    [Test]
    public void Sample_TwiceOfOneKind_IsRefused() => Assert.That(
        LabFile.Read(Text.Replace("sample: M-1", "sample: X-1").Replace("sem_split", "xps"), "lab.yaml")
            .Errors.Select(e => e.Message),
        Has.Some.EqualTo("sample 'X-1' is there twice"));

    [TestCase(5.0, 1.0, Verdict.Advisory)]
    [TestCase(10.0, 1.0, Verdict.Pass)]
    [TestCase(10.01, 1.0, Verdict.Fail)]
    [TestCase(4.99, 1.0, Verdict.Fail)]
    [TestCase(5.0, 0.0, Verdict.NotMeasured)]
    public void CrossSection_AtTheLimitsOfTheRatio_IsJudgedByR30(decimal lower, decimal top, Verdict verdict)
    {
        RuleCheck check = LabRules.Check(new SemSplit("M-1", [new(new(lower), new(top))])).Single();

        Assert.That((check.Rule, check.Verdict), Is.EqualTo(("R30", verdict)), check.Message);
    }

    [Test]
    public void Entering_OfSheetsThatWereCoated_IsOneFactAResult()
    {
        FactsOrRefusals decided = Decide("Sato", "S-B-2026-0001-1", "S-B-2026-0001-2");

        Assert.That(decided.Refusals, Is.Empty);
        LabResultEntered[] facts = [.. decided.Facts.Cast<LabResultEntered>()];
        Assert.That(facts.Select(f => f.Sample), Is.EqualTo(new[] { "X-1", "C-1", "M-1" }));
        Assert.That(facts.Select(f => (f.By, f.At)), Has.All.EqualTo(("Sato", Now)));
    }

    [Test]
    public void Entering_WithOneSheetUnknown_RecordsNothing()
    {
        FactsOrRefusals decided = Decide("Sato", "S-B-2026-0001-1");

        Assert.That(decided.Facts, Is.Empty);
        Assert.That(
            decided.Refusals.Single(),
            Is.EqualTo("sample M-1: batch B-2026-0001 has no sheet S-B-2026-0001-2 that was coated"));
        Assert.That(Decide(" ").Refusals, Has.Length.EqualTo(4));
    }

    [Test]
    public void Entering_OfAResultOfTheFuture_IsRefused()
    {
        LabReading reading = LabFile.Read(Text.Replace("2026-03-02T05:00:00Z", "2026-03-03T06:00:01Z"), "lab.yaml");

        FactsOrRefusals decided = LabEntering.Decide(
            reading.Entries, _ => new HashSet<string>(reading.Entries.Select(e => e.Sheet)), "Sato", Now);

        Assert.That(decided.Refusals.Single(), Does.Contain("sample C-1 says that it was measured at 2026-03-03"));
    }

    private static FactsOrRefusals Decide(string by, params string[] sheets) => LabEntering.Decide(
        LabFile.Read(Text, "lab.yaml").Entries,
        batch => new HashSet<string>(batch == "B-2026-0001" ? sheets : []),
        by,
        Now);
}
