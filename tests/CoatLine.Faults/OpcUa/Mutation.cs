using System.Buffers.Binary;

namespace CoatLine.Faults.OpcUa;

/// <summary>Makes a hostile input of a decent one: flipped bits, numbers at their limits, lengths that are a little or
/// far off, pieces cut out, doubled, or taken from another input.</summary>
internal static class Mutation
{
    /// <summary>Most octets of an input, so that a campaign spends its time on shapes and not on copying.</summary>
    public const int MostOctets = 20_000;

    private const int MostSteps = 8;
    private const int LongestPiece = 64;
    private const int MostRepeats = 256;

    private static readonly byte[] Octets = [0, 1, 2, 3, 0x0B, 0x16, 0x17, 0x18, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xFF];

    private static readonly int[] Lengths =
    [
        -1, 0, 1, 2, 7, 8, 16, 100, 255, 256, 1000, 4096, 4097, 8192, 65_535, 65_536, 1 << 18, (1 << 18) + 1, 1 << 20,
        (1 << 20) + 1, 1 << 22, 1 << 24, int.MaxValue - 1, int.MaxValue, int.MinValue,
    ];

    /// <summary>One to <see cref="MostSteps"/> changes of <paramref name="seed"/>, which stays as it is.</summary>
    public static byte[] Of(ReadOnlySpan<byte> seed, IReadOnlyList<byte[]> others, Chance chance)
    {
        var input = new List<byte>(seed.Length + LongestPiece);
        input.AddRange(seed);
        for (var steps = chance.Skewed(MostSteps); steps > 0; steps--)
        {
            Step(input, others, chance);
        }

        if (input.Count > MostOctets)
        {
            input.RemoveRange(MostOctets, input.Count - MostOctets);
        }

        return [.. input];
    }

    private static void Step(List<byte> input, IReadOnlyList<byte[]> others, Chance chance)
    {
        var at = chance.Below(input.Count);
        switch (chance.Below(11))
        {
            case 0 or 1 when input.Count > 0:
                input[at] ^= (byte)(1 << chance.Below(8));
                break;
            case 2 when input.Count > 0:
                input[at] = chance.Pick(Octets);
                break;
            case 3 when input.Count > 0:
                input[at] = (byte)chance.Next();
                break;
            case 4 or 5:
                Overwrite(input, at, chance.Pick(Lengths));
                break;
            case 6:
                Nudge(input, at, chance.Below(9) - 4);
                break;
            case 7:
                input.RemoveRange(at, Math.Min(chance.Skewed(LongestPiece), input.Count - at));
                break;
            case 8:
                input.RemoveRange(at, input.Count - at);
                break;
            case 9:
                Repeat(input, at, chance);
                break;
            default:
                Splice(input, at, chance.Pick(others), chance);
                break;
        }
    }

    private static void Overwrite(List<byte> input, int at, int number)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(octets, number);
        for (var i = 0; i < octets.Length && at + i < input.Count; i++)
        {
            input[at + i] = octets[i];
        }
    }

    private static void Nudge(List<byte> input, int at, int by)
    {
        if (at + 4 > input.Count)
        {
            return;
        }

        var number = input[at] | (input[at + 1] << 8) | (input[at + 2] << 16) | (input[at + 3] << 24);
        Overwrite(input, at, number + by);
    }

    /// <summary>Doubles a piece, often enough now and then to pass a limit of nesting.</summary>
    private static void Repeat(List<byte> input, int at, Chance chance)
    {
        var piece = input.GetRange(at, Math.Min(chance.Skewed(LongestPiece), input.Count - at));
        for (var times = chance.Skewed(MostRepeats); times > 0 && input.Count < MostOctets; times--)
        {
            input.InsertRange(at, piece);
        }
    }

    private static void Splice(List<byte> input, int at, byte[] other, Chance chance)
    {
        var from = chance.Below(other.Length);
        var piece = other[from..Math.Min(other.Length, from + chance.Skewed(LongestPiece))];
        if (chance.OnceIn(2))
        {
            input.RemoveRange(at, Math.Min(piece.Length, input.Count - at));
        }

        input.InsertRange(at, piece);
    }
}
