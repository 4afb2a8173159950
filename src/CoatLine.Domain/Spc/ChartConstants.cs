using System.Collections.Immutable;

namespace CoatLine.Domain.Spc;

/// <summary>Factors of the X̄-R chart for one subgroup size, to three decimals as printed in control-chart tables.
/// </summary>
/// <param name="Size">Readings in a subgroup, 2 to 25.</param>
/// <param name="A2">Limits of the means: X̿ ± A2·R̄.</param>
/// <param name="Lower">D3: lower limit of the ranges over R̄.</param>
/// <param name="Upper">D4: upper limit of the ranges over R̄.</param>
/// <param name="RangePerSigma">d2: expected range of a subgroup in standard deviations.</param>
public sealed record ChartConstants(int Size, double A2, double Lower, double Upper, double RangePerSigma)
{
    /// <summary>Smallest subgroup, inclusive.</summary>
    public const int MinSize = 2;

    /// <summary>Largest subgroup, inclusive.</summary>
    public const int MaxSize = 25;

    /// <summary>Limits of individual values: X̄ ± 2.660·MR̄, which is 3/d2 of two readings.</summary>
    public const double IndividualsFactor = 2.660;

    /// <summary>Upper limit of moving ranges of two readings over MR̄.</summary>
    public const double MovingRangeFactor = 3.267;

    /// <summary>σ = MR̄/1.128 for moving ranges of two readings.</summary>
    public const double MovingRangePerSigma = 1.128;

    // The columns are A2, D3, D4, d2; the rows begin with a subgroup of two.
    private static readonly ImmutableArray<ChartConstants> Table =
    [
        new(2, 1.880, 0.000, 3.267, 1.128), new(3, 1.023, 0.000, 2.574, 1.693), new(4, 0.729, 0.000, 2.282, 2.059),
        new(5, 0.577, 0.000, 2.114, 2.326), new(6, 0.483, 0.000, 2.004, 2.534), new(7, 0.419, 0.076, 1.924, 2.704),
        new(8, 0.373, 0.136, 1.864, 2.847), new(9, 0.337, 0.184, 1.816, 2.970), new(10, 0.308, 0.223, 1.777, 3.078),
        new(11, 0.285, 0.256, 1.744, 3.173), new(12, 0.266, 0.283, 1.717, 3.258), new(13, 0.249, 0.307, 1.693, 3.336),
        new(14, 0.235, 0.328, 1.672, 3.407), new(15, 0.223, 0.347, 1.653, 3.472), new(16, 0.212, 0.363, 1.637, 3.532),
        new(17, 0.203, 0.378, 1.622, 3.588), new(18, 0.194, 0.391, 1.609, 3.640), new(19, 0.187, 0.403, 1.597, 3.689),
        new(20, 0.180, 0.415, 1.585, 3.735), new(21, 0.173, 0.425, 1.575, 3.778), new(22, 0.167, 0.434, 1.566, 3.819),
        new(23, 0.162, 0.443, 1.557, 3.858), new(24, 0.157, 0.451, 1.549, 3.895), new(25, 0.153, 0.459, 1.541, 3.931),
    ];

    /// <summary>The factors of a subgroup size.</summary>
    /// <param name="size">Readings in a subgroup, 2 to 25.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size has no row in the table.</exception>
    public static ChartConstants Of(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, MinSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        return Table[size - MinSize];
    }
}
