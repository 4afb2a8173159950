using System.Collections.Immutable;

namespace CoatLine.Domain.Spc;

/// <summary>One line of an analysis of variance.</summary>
/// <param name="SumOfSquares">Sum of squares.</param>
/// <param name="Freedom">Degrees of freedom.</param>
public sealed record AnovaLine(double SumOfSquares, int Freedom)
{
    /// <summary>Mean square.</summary>
    public double MeanSquare => SumOfSquares / Freedom;
}

/// <summary>
/// A crossed gauge study by analysis of variance, parts and appraisers being random (AIAG MSA). An interaction that is
/// not significant is pooled with the error.
/// </summary>
/// <param name="Parts">Between parts.</param>
/// <param name="Appraisers">Between appraisers.</param>
/// <param name="Interaction">Parts by appraisers.</param>
/// <param name="Error">Trials within part and appraiser.</param>
/// <param name="PartCount">Number of parts.</param>
/// <param name="AppraiserCount">Number of appraisers.</param>
/// <param name="TrialCount">Number of trials.</param>
public sealed record GaugeAnova(
    AnovaLine Parts,
    AnovaLine Appraisers,
    AnovaLine Interaction,
    AnovaLine Error,
    int PartCount,
    int AppraiserCount,
    int TrialCount)
{
    /// <summary>An interaction less sure than this is pooled.</summary>
    public const double PooledAbove = 0.25;

    /// <summary>Mean square of the interaction over that of the error.</summary>
    public double InteractionQuotient => Quotient(Interaction.MeanSquare, Error.MeanSquare);

    /// <summary>Chance of so great an interaction when there is none.</summary>
    public double InteractionChance =>
        FDistribution.UpperTail(InteractionQuotient, Interaction.Freedom, Error.Freedom);

    /// <summary>Whether the interaction is pooled with the error.</summary>
    public bool IsPooled => InteractionChance > PooledAbove;

    /// <summary>What the parts and the appraisers are compared with: the pooled error, or the interaction.</summary>
    public AnovaLine Residual => IsPooled
        ? new AnovaLine(Interaction.SumOfSquares + Error.SumOfSquares, Interaction.Freedom + Error.Freedom)
        : Interaction;

    /// <summary>F of the parts.</summary>
    public double PartQuotient => Quotient(Parts.MeanSquare, Residual.MeanSquare);

    /// <summary>F of the appraisers.</summary>
    public double AppraiserQuotient => Quotient(Appraisers.MeanSquare, Residual.MeanSquare);

    /// <summary>The gauge in standard deviations; a component that comes out negative is 0.</summary>
    /// <param name="tolerance">Width of what is allowed, above 0; null when there is no such width.</param>
    public GaugeCapability Capability(double? tolerance = null)
    {
        double residual = Residual.MeanSquare;
        double error = IsPooled ? residual : Error.MeanSquare;
        double interaction = Math.Max(0d, (residual - error) / TrialCount);
        double appraisers = Math.Max(0d, (Appraisers.MeanSquare - residual) / (PartCount * TrialCount));
        double parts = Math.Max(0d, (Parts.MeanSquare - residual) / (AppraiserCount * TrialCount));
        return new GaugeCapability(
            Math.Sqrt(error), Math.Sqrt(appraisers + interaction), Math.Sqrt(parts), tolerance);
    }

    internal static GaugeAnova Of(int parts, int appraisers, int trials, ImmutableArray<GaugeCell> cells)
    {
        double grand = cells.Average(c => c.Values.Average());
        double Between(Func<GaugeCell, int> by, int readings) => readings
            * cells.GroupBy(by).Sum(g => Square(g.Average(c => c.Values.Average()) - grand));
        double ofParts = Between(c => c.Part, appraisers * trials);
        double ofAppraisers = Between(c => c.Appraiser, parts * trials);
        double ofCells = trials * cells.Sum(c => Square(c.Values.Average() - grand));
        double error = cells.Sum(c => c.Values.Sum(v => Square(v - c.Values.Average())));
        return new GaugeAnova(
            new AnovaLine(ofParts, parts - 1),
            new AnovaLine(ofAppraisers, appraisers - 1),
            new AnovaLine(Math.Max(0d, ofCells - ofParts - ofAppraisers), (parts - 1) * (appraisers - 1)),
            new AnovaLine(error, parts * appraisers * (trials - 1)),
            parts,
            appraisers,
            trials);
    }

    private static double Quotient(double above, double below) =>
        below > 0d ? above / below : above > 0d ? double.PositiveInfinity : 0d;

    private static double Square(double value) => value * value;
}
