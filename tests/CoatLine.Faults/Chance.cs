using System.Numerics;

namespace CoatLine.Faults;

/// <summary>Numbers that look random and follow from a seed alone (SplitMix64), on every machine and every version of
/// .NET, so that a failing input can be made again from two numbers.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    /// <summary>The chance of one input of a campaign, independent of all inputs before it.</summary>
    public static Chance Of(ulong seed, long input) => new(Mix(seed + Mix((ulong)input + 1)));

    public ulong Next() => Mix(state += 0x9E37_79B9_7F4A_7C15);

    /// <summary>A number from 0 up to but without <paramref name="end"/>; 0 when the range is empty.</summary>
    public int Below(int end) => end <= 0 ? 0 : (int)(Next() % (uint)end);

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OnceIn(int times) => Below(times) == 0;

    /// <summary>Small numbers often, large ones seldom: 1, 2, 4 … up to <paramref name="most"/>.</summary>
    public int Skewed(int most)
    {
        var bits = Below(BitOperations.Log2((uint)Math.Max(1, most)) + 1);
        return Math.Min(most, 1 + Below(1 << bits));
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
