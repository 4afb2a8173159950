using System.Collections.Immutable;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>A coat as the coater reported it. A value that was not of good quality is null.</summary>
/// <param name="Layer">The sub-layer coated.</param>
/// <param name="GapSetPoint">The gap that was meant, above the foil.</param>
/// <param name="GapLeft">Gap on the left.</param>
/// <param name="GapRight">Gap on the right.</param>
/// <param name="SlurryAge">Time since the last mix cycle of the slurry ended.</param>
public sealed record CoatMeasured(
    SubLayer Layer, Micrometres GapSetPoint, Micrometres? GapLeft, Micrometres? GapRight, Seconds? SlurryAge);

/// <summary>A dryer run as the dryer reported it. A value that was not of good quality is null.</summary>
/// <param name="Layer">The sub-layer dried last.</param>
/// <param name="Segment1Min">Least temperature of segment 1, after the ramp.</param>
/// <param name="Segment1Max">Greatest temperature of segment 1.</param>
/// <param name="Segment1Time">Time of segment 1.</param>
/// <param name="Segment2Min">Least temperature of segment 2, after the ramp.</param>
/// <param name="Segment2Max">Greatest temperature of segment 2.</param>
/// <param name="Segment2Time">Time of segment 2.</param>
/// <param name="ResidualSolvent">Residual solvent as a mass fraction of the dry film.</param>
public sealed record DryingMeasured(
    SubLayer Layer,
    DegreesCelsius? Segment1Min,
    DegreesCelsius? Segment1Max,
    Seconds? Segment1Time,
    DegreesCelsius? Segment2Min,
    DegreesCelsius? Segment2Max,
    Seconds? Segment2Time,
    decimal? ResidualSolvent);

/// <summary>A press cycle as the press reported it. A value that was not of good quality is null.</summary>
/// <param name="PressureMin">Least pressure in the dwell.</param>
/// <param name="PressureMax">Greatest pressure in the dwell.</param>
/// <param name="TemperatureMin">Least temperature in the dwell.</param>
/// <param name="TemperatureMax">Greatest temperature in the dwell.</param>
/// <param name="Dwell">Seconds inside both bands.</param>
public sealed record PressMeasured(
    Megapascals? PressureMin,
    Megapascals? PressureMax,
    DegreesCelsius? TemperatureMin,
    DegreesCelsius? TemperatureMax,
    Seconds? Dwell);

/// <summary>Site rules on what coater, dryer and press did, S05 to S07.</summary>
public static class RunRules
{
    private const decimal DryerSecondsShort = 1m;

    /// <summary>By how much the clocks of PLC and MES may differ, s (E): an age may come out so far below 0.</summary>
    private const decimal ClockDifference = 10m;

    /// <summary>S07: gap left and right, their difference, and the pot life; every end is allowed.</summary>
    public static ImmutableArray<RuleCheck> CheckCoat(CoatMeasured coat, SiteParameters site)
    {
        string subject = RecipeRules.Name(coat.Layer);
        decimal tolerance = site.Coating.GapTolerance.Value;
        decimal gap = coat.GapSetPoint.Value;
        RuleDefinition rule = RuleCatalogue.CoatRun with { Limits = Bounds.Between(gap - tolerance, gap + tolerance) };
        RuleDefinition tilt = RuleCatalogue.CoatRun with
        {
            Title = "blade tilt |left − right|",
            Symbol = "Δ",
            Limits = Bounds.AtMost(tolerance),
        };
        decimal? difference = coat.GapLeft?.Value - coat.GapRight?.Value;
        return
        [
            Judge.Value(rule with { Title = "coat gap left" }, subject, coat.GapLeft?.Value),
            Judge.Value(rule with { Title = "coat gap right" }, subject, coat.GapRight?.Value),
            Judge.Value(tilt, subject, difference is decimal d ? Math.Abs(d) : null),
            PotLife(coat.Layer, coat.SlurryAge, site),
        ];
    }

    /// <summary>S07: a slurry is coated inside its pot life; a re-mix does not reset it.</summary>
    /// <param name="layer">The sub-layer.</param>
    /// <param name="age">Time since the slurry's last mix cycle ended; null when not known.</param>
    /// <param name="site">Site parameters.</param>
    public static RuleCheck PotLife(SubLayer layer, Seconds? age, SiteParameters site) => Age(
        RuleCatalogue.CoatRun, "slurry age", RecipeRules.Name(layer), age, site.PotLife(layer));

    /// <summary>S07: coat 2 follows coat 1 within the time of the site.</summary>
    /// <param name="age">Time since coat 1 ended.</param>
    /// <param name="site">Site parameters.</param>
    public static RuleCheck CoatInterval(Seconds age, SiteParameters site) =>
        Age(RuleCatalogue.CoatRun, "time since coat 1", "top", age, site.Coating.CoatTwoWithin);

    /// <summary>S06: band and time of both segments, and the residual solvent that the next step allows.</summary>
    /// <param name="drying">The run.</param>
    /// <param name="coatFollows">Whether another coat follows; the final limit is the stricter one.</param>
    /// <param name="site">Site parameters.</param>
    public static ImmutableArray<RuleCheck> CheckDrying(DryingMeasured drying, bool coatFollows, SiteParameters site)
    {
        DryingParameters wanted = site.Drying;
        decimal residual = coatFollows ? wanted.ResidualBeforeCoatTwo : wanted.ResidualFinal;
        RuleDefinition left = RuleCatalogue.DryerRun with
        {
            Title = "residual solvent",
            Symbol = "x",
            Unit = "wt%",
            Limits = Bounds.Between(0m, 100m * residual),
        };
        string layer = RecipeRules.Name(drying.Layer);
        return
        [
            Temperature(layer + " segment 1 min", wanted.Segment1Temperature, drying.Segment1Min, wanted),
            Temperature(layer + " segment 1 max", wanted.Segment1Temperature, drying.Segment1Max, wanted),
            Time(layer + " segment 1", wanted.Segment1Time, drying.Segment1Time),
            Temperature(layer + " segment 2 min", wanted.Segment2Temperature, drying.Segment2Min, wanted),
            Temperature(layer + " segment 2 max", wanted.Segment2Temperature, drying.Segment2Max, wanted),
            Time(layer + " segment 2", wanted.Segment2Time, drying.Segment2Time),
            Judge.Value(left, layer, 100m * drying.ResidualSolvent),
        ];
    }

    /// <summary>S06: a dried sheet is pressed within the time of the site.</summary>
    /// <param name="age">Time since the last drying ended.</param>
    /// <param name="site">Site parameters.</param>
    public static RuleCheck PressInterval(Seconds age, SiteParameters site) =>
        Age(RuleCatalogue.DryerRun, "time since drying", "whole layer", age, site.Pressing.Within);

    /// <summary>S07: a jar has enough slurry for the next sheet.</summary>
    /// <param name="balance">The jar.</param>
    public static RuleCheck SlurryLeft(SlurryBalance balance) => Judge.Value(
        RuleCatalogue.CoatRun with
        {
            Title = "slurry left in the jar",
            Symbol = "m",
            Unit = "g",
            Limits = Bounds.AtLeast(balance.PerSheet.Value),
        },
        RecipeRules.Name(balance.Layer),
        balance.Left.Value);

    /// <summary>S05: pressure and temperature inside their bands, for the whole dwell; every end is allowed.</summary>
    public static ImmutableArray<RuleCheck> CheckPress(PressMeasured press, SiteParameters site)
    {
        PressingParameters wanted = site.Pressing;
        RuleDefinition rule = RuleCatalogue.PressCycle;
        RuleDefinition pressure = rule with
        {
            Symbol = "P",
            Unit = "MPa",
            Limits = Around(wanted.Pressure.Value, wanted.PressureBand.Value),
        };
        RuleDefinition temperature = rule with
        {
            Symbol = "T",
            Unit = "°C",
            Limits = Around(wanted.Temperature.Value, wanted.TemperatureBand),
        };
        RuleDefinition dwell = rule with { Limits = Bounds.AtLeast(wanted.Dwell.Value) };
        return
        [
            Judge.Value(pressure with { Title = "press pressure min" }, "dwell", press.PressureMin?.Value),
            Judge.Value(pressure with { Title = "press pressure max" }, "dwell", press.PressureMax?.Value),
            Judge.Value(temperature with { Title = "press temperature min" }, "dwell", press.TemperatureMin?.Value),
            Judge.Value(temperature with { Title = "press temperature max" }, "dwell", press.TemperatureMax?.Value),
            Judge.Value(dwell, "dwell", press.Dwell?.Value),
        ];
    }

    // An age further below 0 is a wrong clock, not a fresh slurry.
    private static RuleCheck Age(RuleDefinition rule, string title, string subject, Seconds? age, Seconds most) =>
        Judge.Value(
            rule with
            {
                Title = title, Symbol = "t", Unit = "s", Limits = Bounds.Between(-ClockDifference, most.Value),
            },
            subject,
            age?.Value);

    private static RuleCheck Temperature(
        string subject, DegreesCelsius wanted, DegreesCelsius? measured, DryingParameters drying) => Judge.Value(
        RuleCatalogue.DryerRun with
        {
            Title = "drying temperature",
            Symbol = "T",
            Unit = "°C",
            Limits = Around(wanted.Value, drying.TemperatureTolerance),
        },
        subject,
        measured?.Value);

    // A dryer counts whole seconds, so a segment may come out one second short of its set point.
    private static RuleCheck Time(string subject, Seconds wanted, Seconds? measured) => Judge.Value(
        RuleCatalogue.DryerRun with { Limits = Bounds.AtLeast(wanted.Value - DryerSecondsShort) },
        subject,
        measured?.Value);

    private static Bounds Around(decimal value, decimal tolerance) =>
        Bounds.Between(value - tolerance, value + tolerance);
}
