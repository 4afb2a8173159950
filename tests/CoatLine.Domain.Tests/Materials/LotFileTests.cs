using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CsCheck;

namespace CoatLine.Domain.Tests.Materials;

public sealed class LotFileTests
{
    private const string Carbon = """
        lots:
          - lot: A-1
            material: cb-40
            kind: carbon
            supplier: Kanto
            received: 2026-01-31
            expires: 2027-01-31T12:00:00Z
            quantity: 500 g
            role: first
            d50: 40 nm
            d50_method: primary_particle
            types: [carbon black, furnace black]
            amorphous: yes
            acid_treatment: { temperature: 40 °C, reagents: [H2SO4, KMnO4] }
        """;

    private const string Strange = "\0:-[]{}\n\t#&*!9µ\uFFFF\"'%|>";

    [Test]
    public void SimulatedLots_AsTheyCome_CoverEveryMaterialOfEveryRecipe()
    {
        string[] needed =
        [
            .. RecipeFiles.All.Select(RecipeFiles.Read)
                .SelectMany(r => LotNeed.Of(r, 1))
                .Where(n => n.Kind != LotKind.Foil)
                .Select(n => n.Material)
                .Distinct(),
        ];

        Assert.That(needed, Is.SubsetOf(Delivery.Lots.Select(l => l.Material)));
        Assert.That(Delivery.Lots.Single(l => l.Kind == LotKind.Foil).Lot, Is.EqualTo("FR-01"));
        Assert.That(
            Delivery.Lots.Where(l => !LotReceipt.Broken(l).IsEmpty).Select(l => l.Material),
            Is.EqualTo(new[] { "cb-120", "cb-200" }));
    }

    [Test]
    public void Carbon_WithEveryField_IsReadAsWritten()
    {
        MaterialLot lot = Read(Carbon).Lots.Single();

        Assert.That(lot.ReceivedAt, Is.EqualTo(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(lot.Expires, Is.EqualTo(new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero)));
        Assert.That(lot.Quantity, Is.EqualTo(500m));
        Assert.That(lot.Unit, Is.EqualTo("g"));
        Assert.That(lot.Carbon!.Types, Is.EqualTo(new[] { "carbon black", "furnace black" }));
        Assert.That(lot.Carbon.IsAmorphous, Is.True);
        Assert.That(lot.Carbon.OxygenAtPercent, Is.Null);
        Assert.That(lot.Carbon.Treatment!.Temperature!.Value.Value, Is.EqualTo(40m));
        Assert.That(lot.Carbon.Treatment.Reagents, Is.EqualTo(new[] { "H2SO4", "KMnO4" }));
        Assert.That((lot.Carbon.Lot, lot.Carbon.Material), Is.EqualTo(("A-1", "cb-40")));
    }

    [Test]
    public void Foil_WithAFilm_IsCountedInMillimetres()
    {
        MaterialLot lot = Read(
            """
            lots:
              - lot: FR-9
                material: ni-foil
                kind: foil
                supplier: Kanto
                received: 2026-01-31
                expires: 2036-01-31
                quantity: 20000 mm
                metals: [Ni, stainless]
                film: { material: C, thickness: 20 nm }
            """).Lots.Single();

        Assert.That((lot.Quantity, lot.Unit), Is.EqualTo((20_000m, "mm")));
        Assert.That(lot.Collector!.Metals, Is.EqualTo(new[] { "Ni", "stainless" }));
        Assert.That(lot.Collector.Film!.Thickness!.Value.Value, Is.EqualTo(20m));
    }

    [TestCase("quantity: 500 g", "quantity: 0 g", "lots.yaml:8 lots[0].quantity: quantity 0 g is outside 0 <")]
    [TestCase("quantity: 500 g", "quantity: 500", "'500' has no unit")]
    [TestCase("quantity: 500 g", "quantity: 500 mm", "the unit must be g")]
    [TestCase("expires: 2027-01-31T12:00:00Z", "expires: 2026-01-31", "a lot expires after it was received")]
    [TestCase("received: 2026-01-31", "received: 31.1.2026", "must be a day, 2026-01-31, or a time")]
    [TestCase("lot: A-1", "lot: A 1", "must be 1 to 40 letters")]
    [TestCase("kind: carbon", "kind: tar", "must be solvent or carbon or silver or binder_solution or foil")]
    [TestCase("            d50_method: primary_particle\n", "", "the key 'd50_method' is missing")]
    [TestCase("role: first", "role: third", "must be first or second or other")]
    [TestCase("amorphous: yes", "amorphous: maybe", "must be yes or no")]
    [TestCase("amorphous: yes", "colour: black", "the key 'colour' is not known here; known are")]
    [TestCase("amorphous: yes", "oxygen: 101 at%", "oxygen 101 at% is outside 0 ≤ oxygen ≤ 100 at%")]
    [TestCase("amorphous: yes", "aspect_ratio: 0.9", "aspect_ratio 0.9 is outside")]
    [TestCase("amorphous: yes", "binder_fraction: 6 wt%", "the key 'binder_fraction' is not known here")]
    [TestCase("[carbon black, furnace black]", "carbon black", "'types' must be a list of words")]
    [TestCase("[H2SO4, KMnO4]", "[]", "'reagents' has 0 entries; the limit is 1 to 6")]
    public void Field_OutsideItsLimit_IsNamedWithFileAndLimit(string good, string bad, string message)
    {
        string text = Carbon.ReplaceLineEndings("\n").Replace(good.Replace("            ", "    "), bad);

        LotReading reading = Read(text);

        Assert.That(text, Is.Not.EqualTo(Carbon));
        Assert.That(reading.Lots, Is.Empty);
        Assert.That(reading.Errors.Select(e => e.ToString()), Has.Some.Contains(message));
        Assert.That(reading.Errors.Select(e => e.File), Has.All.EqualTo("lots.yaml"));
    }

    [Test]
    public void File_WithOneLotTwice_IsRefused()
    {
        string second = Carbon[Carbon.IndexOf("  - lot", StringComparison.Ordinal)..];

        Assert.That(
            Read(Carbon + "\n" + second).Errors.Select(e => e.Message),
            Is.EqualTo(new[] { "lot 'A-1' is there twice" }));
    }

    [Test]
    public void File_ThatIsNoYaml_IsAnErrorAndNoException() =>
        Assert.That(Read("lots: [").Errors.Single().Message, Does.StartWith("this is not YAML"));

    [Test]
    public void File_WithAnyCharacterChanged_IsReadOrRefusedAndNeverThrows() =>
        (from at in Gen.Int[0, Carbon.Length - 1]
         from put in Gen.Int[0, Strange.Length - 1]
         from cut in Gen.Int[0, 3]
         select Carbon.Remove(at, Math.Min(cut, Carbon.Length - at)).Insert(at, Strange[put..(put + 1)]))
        .Holds(text =>
        {
            LotReading reading = Read(text);
            return reading.Lots.IsEmpty != reading.Errors.IsEmpty;
        });

    [Test]
    public void Size_WithoutACertificate_KeepsALotFromProduct()
    {
        string text = string.Join('\n', Carbon.Split('\n').Where(l => !l.Contains("d50", StringComparison.Ordinal)));

        MaterialLot lot = Read(text).Lots.Single();

        Assert.That(lot.Carbon!.D50, Is.Null);
        Assert.That(LotReceipt.Broken(lot), Has.Some.Contains("R03").And.Some.Contains("R06"));
        Assert.That(
            LotReceipt.Judge(lot).Where(c => c.Verdict == Verdict.NotMeasured).Select(c => c.Rule),
            Is.EqualTo(new[] { "R03", "R06" }));
    }

    private static LotReading Read(string text) => LotFile.Read(text, "lots.yaml");
}
