using CsCheck;

namespace CoatLine.Domain.Tests;

/// <summary>Properties over the same inputs on every run: a failure is the change's, not the day's.</summary>
internal static class Seeded
{
    private const int Inputs = 500;

    public static void Holds<T>(this Gen<T> gen, Func<T, bool> property, int inputs = Inputs)
    {
        PCG pcg = new(1, 20260302);
        for (int i = 0; i < inputs; i++)
        {
            T input = gen.Generate(pcg, null, out _);
            Assert.That(property(input), Is.True, $"input {i}: {input}");
        }
    }

    public static void Holds<TFirst, TSecond>(this Gen<(TFirst, TSecond)> gen, Func<TFirst, TSecond, bool> property) =>
        gen.Holds(pair => property(pair.Item1, pair.Item2));

    public static void Holds<TFirst, TSecond, TThird>(
        this Gen<(TFirst, TSecond, TThird)> gen,
        Func<TFirst, TSecond, TThird, bool> property,
        int inputs = Inputs) =>
        gen.Holds(triple => property(triple.Item1, triple.Item2, triple.Item3), inputs);
}
