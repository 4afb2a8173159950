using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>Thickness profiles, areal mass and roughness of a sheet.</summary>
internal sealed class Measuring(BatchContext context, SheetScope sheet)
{
    /// <summary>Step id of the roughness samples.</summary>
    public const string RoughnessId = "qc/roughness";

    private const string Question = "measure again with a fit instrument, or scrap the sheet?";

    /// <summary>The registered profile as the domain judges it.</summary>
    /// <param name="e">The event.</param>
    /// <param name="layer">The sub-layer that it is of; null for the whole layer.</param>
    public static ThicknessProfile ToProfile(ProfileRegistered e, SubLayer? layer) => new(
        layer, e.State, [.. e.Points.Select(p => new ProfilePoint(p.Id, p.XMm, p.YMm, new(p.ThicknessUm)))]);

    public IEnumerable<Step> Profile(string step, SubLayer? layer, LayerState state)
    {
        string id = sheet.Id(step);
        MeasuringParameters measuring = context.Site.Measuring;
        PhaseStep phase = new(
            id,
            sheet.Title + $"registered {(state == LayerState.Pressed ? "pressed" : "dried")} profile of "
                + (layer is null ? "the whole layer" : "Base"),
            Unit.ThicknessGauge,
            PhaseKind.MeasureProfile,
            [
                new("SheetId", sheet.Name),
                new("PointCount", measuring.ProfilePoints),
                new("EdgeMargin", (double)measuring.EdgeMargin.Value),
            ],
            result => ConcludeProfile(id, layer, state, result));
        return Measured(phase);
    }

    public IEnumerable<Step> Punch(string step, SubLayer? layer)
    {
        string id = sheet.Id(step);
        MeasuringParameters measuring = context.Site.Measuring;
        PhaseStep phase = new(
            id,
            sheet.Title + "areal mass of punched discs",
            Unit.Balance,
            PhaseKind.WeighPunch,
            [
                new("SheetId", sheet.Name),
                new("PunchArea", (double)measuring.PunchArea.Value),
                new("SampleCount", measuring.PunchSamples),
            ],
            result => ConcludePunch(id, layer, result));
        return Measured(phase);
    }

    public IEnumerable<Step> Roughness()
    {
        string id = sheet.Id(RoughnessId);
        PhaseStep phase = new(
            id,
            sheet.Title + "roughness Sa, Sz of each sample",
            Unit.Profilometer,
            PhaseKind.MeasureRoughness,
            [
                new("SheetId", sheet.Name),
                new("SampleCount", context.Site.Measuring.RoughnessSamples),
            ],
            result => ConcludeRoughness(id, result));
        return Measured(phase);
    }

    private IEnumerable<Step> Measured(PhaseStep phase) =>
        context.Guarded(phase, Question, [Offer.Repeat(phase.Id), Offer.Scrap(sheet), Offer.GiveUp]);

    private ImmutableArray<BatchEvent> ConcludeProfile(
        string id, SubLayer? layer, LayerState state, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("SheetId", sheet.Name);
        ImmutableArray<int> ids = read.Wholes("PointId");
        ImmutableArray<decimal> x = read.Numbers("X");
        ImmutableArray<decimal> y = read.Numbers("Y");
        ImmutableArray<decimal> thickness = read.Numbers("Thickness");
        bool aligned = ids.Length == x.Length && x.Length == y.Length && y.Length == thickness.Length;
        read.Require(aligned, "PointId, X, Y and Thickness differ in length");
        read.Require(
            ids.Length is > 0 and <= ThicknessProfile.MaxPoints && ids.Distinct().Count() == ids.Length,
            $"PointId must hold 1 to {ThicknessProfile.MaxPoints} different points");
        ProfileRegistered profile = new(
            context.Batch,
            id,
            result.Id,
            layer,
            state,
            read.Text("SheetId"),
            read.Text("GaugeId"),
            read.Number("GaugeClass"),
            read.Number("ZeroCheck"),
            read.Time("CalDue"),
            aligned ? [.. ids.Select((point, i) => new MeasuredPoint(point, x[i], y[i], thickness[i]))] : [])
        {
            StartedAt = result.StartedAt,
            EndedAt = result.EndedAt,
        };
        return context.Facts(
            id,
            result,
            read,
            profile,
            state == LayerState.Pressed ? RuleStage.AfterWip : RuleStage.Dried,
            () =>
            [
                .. GaugeRules.CheckProfile(ToProfile(profile, layer), new(profile.GaugeClassUm), context.Site),
                GaugeRules.Calibrated("thickness gauge", profile.CalibrationDue, profile.EndedAt),
            ],
            sheet);
    }

    private ImmutableArray<BatchEvent> ConcludePunch(string id, SubLayer? layer, PhaseResult result)
    {
        ResultReader read = new(result);
        ImmutableArray<decimal> masses = read.Numbers("PunchMass");
        decimal area = read.Number("PunchArea");
        int wanted = context.Site.Measuring.PunchSamples;
        read.Require(masses.Length >= wanted, $"PunchMass has {masses.Length} discs, not {wanted}");
        read.Require(area > 0m, "PunchArea is not above 0");
        ArealMassMeasured measured = new(
            context.Batch,
            id,
            result.Id,
            layer,
            LayerState.Dried,
            sheet.Name,
            masses,
            area,
            masses.Length > 0 && area > 0m ? masses.Average() / area : 0m,
            read.Text("BalanceId"),
            read.Time("CalDue")) { StartedAt = result.StartedAt, EndedAt = result.EndedAt };
        return context.Facts(
            id,
            result,
            read,
            measured,
            RuleStage.Dried,
            () => [GaugeRules.Calibrated("balance for punched discs", measured.CalibrationDue, measured.EndedAt)],
            sheet);
    }

    private ImmutableArray<BatchEvent> ConcludeRoughness(string id, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("SheetId", sheet.Name);
        ImmutableArray<int> ids = read.Wholes("SampleId");
        ImmutableArray<decimal> sa = read.Numbers("Sa");
        ImmutableArray<decimal> sz = read.Numbers("Sz");
        bool aligned = ids.Length == sa.Length && sa.Length == sz.Length;
        read.Require(aligned, "SampleId, Sa and Sz differ in length");
        RoughnessMeasured measured = new(
            context.Batch,
            id,
            result.Id,
            read.Text("SheetId"),
            read.Text("GaugeId"),
            read.Text("Filter"),
            read.Time("CalDue"),
            aligned ? [.. ids.Select((sample, i) => new MeasuredRoughness(sample, sa[i], sz[i]))] : [])
        {
            StartedAt = result.StartedAt,
            EndedAt = result.EndedAt,
        };
        return context.Facts(
            id,
            result,
            read,
            measured,
            RuleStage.AfterWip,
            () => [GaugeRules.Calibrated("profilometer", measured.CalibrationDue, measured.EndedAt)],
            sheet);
    }
}
