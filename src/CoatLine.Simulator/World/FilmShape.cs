using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.World;

/// <summary>How a film deviates from its mean over the sheet: a tilt both ways and a slight waviness.</summary>
internal sealed class FilmShape
{
    private readonly double across;
    private readonly double along;
    private readonly double wave;
    private readonly double phaseX;
    private readonly double phaseY;
    private readonly double periods;

    /// <summary>Draws a shape.</summary>
    /// <param name="random">The coat's own generator.</param>
    /// <param name="across">Tilt across the coat, from the middle to an edge.</param>
    /// <param name="along">Tilt along the stroke, from the middle to an end.</param>
    /// <param name="wave">Amplitude of the waviness.</param>
    public FilmShape(Random random, double across, double along, double wave)
    {
        this.across = Scatter.Sign(random) * across * Scatter.Between(random, 0.94, 1.06);
        this.along = Scatter.Sign(random) * along * Scatter.Between(random, 0.8, 1.2);
        this.wave = wave;
        phaseX = Scatter.Between(random, 0, 2 * Math.PI);
        phaseY = Scatter.Between(random, 0, 2 * Math.PI);
        periods = Scatter.Between(random, 1.3, 2.2);
    }

    /// <summary>Deviation at a place; u across and v along run from 0 to 1.</summary>
    public double At(double u, double v) =>
        (across * ((2 * u) - 1)) + (along * ((2 * v) - 1))
        + (wave * Math.Sin((2 * Math.PI * periods * u) + phaseX) * Math.Cos((2 * Math.PI * periods * v) + phaseY));
}
