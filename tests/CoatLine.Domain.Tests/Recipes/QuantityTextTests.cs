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
