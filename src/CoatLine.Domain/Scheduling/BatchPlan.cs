using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Procedures;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Scheduling;

/// <summary>
/// The operations of a batch in the order in which its procedure comes to them, with the times expected: from recipe
/// and site, the heating of the slurry and handling (E).
/// </summary>
public static class BatchPlan
{
    /// <summary>Every operation of a batch.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sheets">Sheets, from 1.</param>
    public static ImmutableArray<PlannedOperation> Of(Recipe recipe, int sheets) =>
    [
        .. recipe.Slurries.SelectMany(slurry => Slurry(recipe.Site, slurry).Concat(Coats(recipe, slurry, sheets))),
        .. Enumerable.Range(1, sheets).SelectMany(sheet => Finish(recipe.Site, sheet)),
    ];

    private static IEnumerable<PlannedOperation> Slurry(SiteParameters site, SlurryFormula formula)
    {
        string prefix = BatchContext.Prefix(formula.Layer);
        (Seconds first, double hot) = MixForecast.Stage(formula.PreDilution, site.Mixing, MixForecast.Fresh);
        (Seconds second, _) = MixForecast.Stage(
            formula.PostDilution, site.Mixing, MixForecast.Rested(hot, HandlingTimes.Weigh));
        yield return On(
            Unit.Balance,
            $"{prefix}/weigh",
            HandlingTimes.Weigh.Value * formula.Charge.Length,
            $"{prefix}/weigh-in");
        yield return On(
            Unit.Mixer, $"{prefix}/pre-dilution", first.Value, $"{prefix}/pre-dilution/schedule");
        yield return On(
            Unit.Balance,
            $"{prefix}/dilution",
            HandlingTimes.Weigh.Value,
            $"{prefix}/dilution/{formula.Dilution.Material}");
        yield return On(
            Unit.Mixer, $"{prefix}/post-dilution", second.Value, $"{prefix}/completed")
            with { Readies = formula.Layer };
    }

    private static IEnumerable<PlannedOperation> Coats(Recipe recipe, SlurryFormula formula, int sheets)
    {
        SiteParameters site = recipe.Site;
        string prefix = CoatOperations.Prefix(formula.Layer);
        decimal draw = (site.Coating.Stroke.Value / site.Coating.Speed.Value) + HandlingTimes.Draw.Value;
        IEnumerable<int> all = Enumerable.Range(1, sheets);
        return all
            .Select(sheet => Alone(Unit.Coater, Id($"{prefix}/coat", sheet), draw) with { Coats = formula.Layer })
            .Concat(all.SelectMany(sheet => new[]
            {
                Alone(Unit.Dryer, Id($"{prefix}/dry", sheet), Drying(site.Drying)),
                Alone(Unit.ThicknessGauge, Id($"{prefix}/profile", sheet), Profile(site)),
                Alone(Unit.Balance, Id($"{prefix}/punch", sheet), Punch(site)),
            }));
    }

    private static IEnumerable<PlannedOperation> Finish(SiteParameters site, int sheet) =>
    [
        Alone(Unit.Press, Id(FinishOperations.PressId, sheet), Pressing(site.Pressing)),
        Alone(Unit.ThicknessGauge, Id(FinishOperations.ProfileId, sheet), Profile(site)),
        Alone(
            Unit.Profilometer,
            Id(Measuring.RoughnessId, sheet),
            HandlingTimes.SetUp.Value + (HandlingTimes.PerSample.Value * site.Measuring.RoughnessSamples)),
    ];

    private static decimal Drying(DryingParameters drying)
    {
        decimal heating = drying.Segment2Temperature.Value - Room;
        return drying.Segment1Time.Value + drying.Segment2Time.Value
            + (heating / drying.Ramp.Value * 60m) + HandlingTimes.Dryer.Value;
    }

    private static decimal Pressing(PressingParameters pressing) =>
        ((pressing.Temperature.Value - Room) / HandlingTimes.PressHeating * 60m)
        + (pressing.Pressure.Value / pressing.Ramp.Value * 60m)
        + pressing.Dwell.Value
        + (pressing.Pressure.Value / HandlingTimes.PressRelease * 60m);

    private static decimal Profile(SiteParameters site) =>
        HandlingTimes.SetUp.Value + (HandlingTimes.PerPoint.Value * site.Measuring.ProfilePoints);

    private static decimal Punch(SiteParameters site) =>
        HandlingTimes.SetUp.Value + (HandlingTimes.PerDisc.Value * site.Measuring.PunchSamples);

    private const decimal Room = 23m;

    private static string Id(string step, int sheet) =>
        sheet == 1 ? step : string.Create(CultureInfo.InvariantCulture, $"{step}/{sheet}");

    private static PlannedOperation Alone(Unit unit, string step, decimal seconds) => On(unit, step, seconds, step);

    private static PlannedOperation On(Unit unit, string key, decimal seconds, string lastStep) =>
        new(new UnitClaim(unit, key), new Seconds(Math.Round(seconds)), lastStep);
}
