using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Scheduling;

/// <summary>
/// How long the cycles of a stage take with their temperature gates (C, slurry heating; E): mixing
/// <c>T = Ta + qτ + (T0 − Ta − qτ)e^{−t/τ}</c>, resting with another τ in still air.
/// </summary>
internal static class MixForecast
{
    private const double AmbientDegC = 23;
    private const double MixingTauMinutes = 12;
    private const double RestingTauMinutes = 20;
    private const double ReferenceRpm = 2000;
    private const double ThickDegCPerMinute = 6;
    private const double DilutedDegCPerMinute = 3;

    /// <summary>The time of a stage and the temperature it leaves.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="mixing">The gates.</param>
    /// <param name="startDegC">Temperature of the slurry at its beginning, °C.</param>
    public static (Seconds Time, double EndDegC) Stage(MixStage stage, MixingParameters mixing, double startDegC)
    {
        double gate = (double)mixing.Start.Value;
        double cycleMinutes = (double)stage.CycleTime.Value / 60;
        double speed = (double)stage.Speed.Value / ReferenceRpm;
        double q = (stage.Kind == MixStageKind.PreDilution ? ThickDegCPerMinute : DilutedDegCPerMinute)
            * speed * speed;
        double reached = AmbientDegC + (q * MixingTauMinutes);
        double degC = startDegC;
        double seconds = 0;
        for (int cycle = 0; cycle < stage.Cycles; cycle++)
        {
            if (degC > gate)
            {
                seconds += 60 * RestingTauMinutes * Math.Log((degC - AmbientDegC) / (gate - AmbientDegC));
                degC = gate;
            }

            degC = reached + ((degC - reached) * Math.Exp(-cycleMinutes / MixingTauMinutes));
            seconds += (60 * cycleMinutes) + (double)HandlingTimes.MixerRamps.Value;
        }

        return (new Seconds((decimal)Math.Round(seconds)), degC);
    }

    /// <summary>Temperature after a rest in still air.</summary>
    public static double Rested(double degC, Seconds rest) =>
        AmbientDegC + ((degC - AmbientDegC) * Math.Exp(-(double)rest.Value / 60 / RestingTauMinutes));

    /// <summary>Temperature of materials as they are weighed in.</summary>
    public static double Fresh => AmbientDegC;
}
