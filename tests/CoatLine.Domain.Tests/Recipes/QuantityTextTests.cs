using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CsCheck;

namespace CoatLine.Domain.Tests.Recipes;

public sealed class QuantityTextTests
{
    private static readonly string[] Units =
    [
        "g", "nm", "µm", "mm", "cm²", "mg/cm²", "g/cm³", "s", "rpm", "mm/s", "°C", "K/min", "MPa", "kPa", "wt%", "at%",
    ];

    [Test]
    public void Quantity_WrittenAndReadAgain_IsTheSameNumber()
    {
        Gen.Select(Gen.Long[-9_999_999_999, 9_999_999_999], Gen.Int[0, 8], Gen.Int[0, Units.Length - 1]).Holds(
            (digits, decimals, unit) =>
            {
                decimal value = digits / (decimal)Math.Pow(10, decimals);
                return QuantityText.Read(UnitText.Of(value, Units[unit]), Units[unit], out decimal read) is null
                    && read == value;
            });
    }

    [Test]
    public void Text_ReadAndWrittenAgain_IsTheSameText()
    {
        // Digits without a zero at an end, so that there is one way to write each number.
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[1, 999], Gen.Int[0, Units.Length - 1]).Holds((whole, part, unit) =>
        {
            string decimals = $"{part:000}".TrimEnd('0');
            string text = $"{(part % 2 == 0 ? "-" : "")}{whole}.{decimals} {Units[unit]}";
            return QuantityText.Read(text, Units[unit], out decimal read) is null
                && UnitText.Of(read, Units[unit]) == text;
        });
    }

    [TestCase("9.330 g", "9.33 g")]
    [TestCase("60um", "60 µm")]
    [TestCase("80 degC", "80 °C")]
    [TestCase("+1.5 g/cm3", "1.5 g/cm³")]
    [TestCase("\u22124 °C", "-4 °C")]
    [TestCase("007 s", "7 s")]
    public void Text_InAnotherSpelling_IsWrittenInTheOneThatWeUse(string text, string written)
    {
        string unit = written[(written.IndexOf(' ', StringComparison.Ordinal) + 1)..];

        Assert.That(QuantityText.Read(text, unit, out decimal read), Is.Null);
        Assert.That(UnitText.Of(read, unit), Is.EqualTo(written));
    }

    [Test]
    public void Quantities_OfEveryType_WriteTheUnitThatIsReadAgain()
    {
        Type[] types =
        [
            .. typeof(Micrometres).Assembly.GetTypes().Where(static t =>
                t is { IsPublic: true, IsValueType: true, Namespace: "CoatLine.Domain.Quantities" }),
        ];
        Assert.That(types, Has.Length.GreaterThanOrEqualTo(14));
        foreach (Type type in types)
        {
            string text = Activator.CreateInstance(type, 12.345m)!.ToString()!;
            string unit = text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..];

            Assert.That(QuantityText.Read(text, unit, out decimal read), Is.Null, type.Name);
            Assert.That(read, Is.EqualTo(12.345m), type.Name);
        }
    }

    [Test]
    public void Quantity_InAnotherUnit_IsRefused()
    {
        foreach (string unit in Units)
        {
            foreach (string other in Units.Where(u => u != unit))
            {
                Assert.That(
                    QuantityText.Read(UnitText.Of(1.5m, unit), other, out _), Does.Contain("the unit must be"));
            }
        }
    }
}
