using System.Numerics;

namespace CoatLine.Bench.OpcUa;

/// <summary>Counts durations in classes that are under 1 % wide. Adding allocates nothing. Not thread safe.</summary>
internal sealed class Histogram
{
    private const int FractionBits = 7;
    private const int Fractions = 1 << FractionBits;

    private readonly int[] counts = new int[(64 - FractionBits) * Fractions];
    private long total;

    public void Add(TimeSpan duration)
    {
        counts[ClassOf((ulong)Math.Max(0, duration.Ticks))]++;
        total++;
    }

    public void Add(Histogram other)
    {
        total += other.total;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }
    }

    /// <summary>The duration that the given part of all durations do not exceed, in µs; NaN when there are none.
    /// </summary>
    public double Quantile(double part)
    {
        var left = (long)Math.Ceiling(total * part);
        for (var i = 0; i < counts.Length; i++)
        {
            left -= counts[i];
            if (total > 0 && left <= 0)
            {
                return TimeSpan.FromTicks((LeastOf(i) + LeastOf(i + 1)) / 2).TotalMicroseconds;
            }
        }

        return double.NaN;
    }

    private static int ClassOf(ulong ticks)
    {
        if (ticks < Fractions)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2(ticks) - FractionBits;
        return ((shift + 1) * Fractions) + (int)(ticks >> shift) - Fractions;
    }

    private static long LeastOf(int number) => number < Fractions
        ? number
        : (long)((number % Fractions) + Fractions) << ((number / Fractions) - 1);
}
