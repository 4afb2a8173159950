using CoatLine.Plots.Drawing;

namespace CoatLine.Plots.Tests;

public sealed class SpreadingTests
{
    [Test]
    public void Labels_FarApart_StayWhereTheyAre() =>
        Assert.That(Spreading.Apart([10f, 50f, 90f], 18f, 0f, 100f), Is.EqualTo(new[] { 10f, 50f, 90f }));

    [Test]
    public void Labels_OfAnyPlaces_KeepTheirOrderAndTheirDistance()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            float[] wanted =
                [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => 200f * random.NextSingle()).Order()];

            float[] places = Spreading.Apart(wanted, 18f, 0f, 200f);

            Assert.That(
                places.Zip(places.Skip(1), static (a, b) => b - a),
                Has.All.GreaterThanOrEqualTo(18f - 0.001f),
                $"seed {seed}");
            Assert.That(places[0], Is.GreaterThanOrEqualTo(0f), $"seed {seed}");
            Assert.That(places[^1], Is.LessThanOrEqualTo(200f), $"seed {seed}");
        }
    }
}
