using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.Tests.Physics;

public class SlurryHeatTests
{
    // Twelve cycles of 3 min at 2000 rpm in the thick slurry; rest between cycles, peak over all of them.
    [TestCase(0, SlurryHeat.AirTau, 91)]
    [TestCase(300, SlurryHeat.AirTau, 63)]
    [TestCase(600, SlurryHeat.AirTau, 53)]
    [TestCase(180, SlurryHeat.ChilledTau, 48)]
    [TestCase(300, SlurryHeat.ChilledTau, 44)]
    public void TwelveCycles_WithRest_PeakAsComputed(double restSeconds, double restTau, double expectedPeak)
    {
        double degC = SlurryHeat.AmbientDegC;
        double peak = degC;
        for (int cycle = 0; cycle < 12; cycle++)
        {
            degC = SlurryHeat.Mixing(degC, 2000, isDiluted: false, 180);
            peak = Math.Max(peak, degC);
            degC = SlurryHeat.Resting(degC, restTau, restSeconds);
        }

        Assert.That(peak, Is.EqualTo(expectedPeak).Within(0.6));
    }

    [Test]
    public void Mixing_DilutedAndSlower_HeatsByHalfAndBySquareOfSpeed()
    {
        double thick = SlurryHeat.Mixing(23, 2000, isDiluted: false, 60) - 23;
        double diluted = SlurryHeat.Mixing(23, 2000, isDiluted: true, 60) - 23;
        double slow = SlurryHeat.Mixing(23, 1000, isDiluted: false, 60) - 23;

        Assert.That(diluted, Is.EqualTo(thick / 2).Within(1e-9));
        Assert.That(slow, Is.EqualTo(thick / 4).Within(1e-9));
    }

    [Test]
    public void Mixing_InManySteps_EqualsOneStep()
    {
        double stepped = 23;
        for (int i = 0; i < 720; i++)
        {
            stepped = SlurryHeat.Mixing(stepped, 2000, isDiluted: false, 0.25);
        }

        Assert.That(stepped, Is.EqualTo(SlurryHeat.Mixing(23, 2000, isDiluted: false, 180)).Within(1e-9));
    }
}
