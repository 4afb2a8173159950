using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CoatLine.Simulator.Physics;

/// <summary>
/// Source of all chance. Each action draws from a generator of its own, derived from the seed and the action's
/// identity: what a coat turns out like does not depend on what else happened before it, or when.
/// </summary>
internal sealed class Scatter(int seed)
{
    /// <summary>The generator of one action, e.g. <c>For("coat", sheetId, "2")</c>.</summary>
    public Random For(params string[] identity)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{string.Join('\n', identity)}"));
        return new Random(BinaryPrimitives.ReadInt32BigEndian(hash));
    }

    /// <summary>A draw from a normal distribution, cut off at 2.5 standard deviations.</summary>
    public static double Normal(Random random, double mean, double sigma)
    {
        const double cutOff = 2.5;
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        double draw = radius * Math.Cos(2 * Math.PI * random.NextDouble());
        return mean + (sigma * Math.Clamp(draw, -cutOff, cutOff));
    }

    /// <summary>An even draw between two ends.</summary>
    public static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>+1 or −1.</summary>
    public static int Sign(Random random) => random.Next(2) == 0 ? 1 : -1;
}
