using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// Lays one coat and dries it: pot life, coat, dry, registered profile, areal mass. Coat 2 is drawn with the blade
/// referenced to the foil, at the gap planned from the measured Base.
/// </summary>
internal sealed class CoatOperations(BatchContext context, SlurryFormula formula)
{
    private const int FoilSideA = 1;
    private const int DatumFoil = 1;
    private const string PlanId = "coat-2/gap";

    private readonly string _prefix = Prefix(formula.Layer);
    private readonly Measuring _measuring = new(context);

    /// <summary>Step id of the profile after a coat.</summary>
    public static string ProfileId(SubLayer layer) => Prefix(layer) + "/profile";

    /// <summary>Step id of the areal mass after a coat.</summary>
    public static string PunchId(SubLayer layer) => Prefix(layer) + "/punch";

    public IEnumerable<Step> Steps()
    {
        SubLayer? measured = formula.Layer == SubLayer.Base ? SubLayer.Base : null;
        foreach (Step step in CoatAndDry())
        {
            yield return step;
        }

        foreach (Step step in _measuring.Profile(ProfileId(formula.Layer), measured, LayerState.Dried))
        {
            yield return step;
        }

        foreach (Step step in _measuring.Punch(PunchId(formula.Layer), measured))
        {
            yield return step;
        }
    }

    /// <summary>Plans the gap of coat 2; comes before its slurry is made, so that none is made in vain.</summary>
    public IEnumerable<Step> PlanGap()
    {
        DecideStep plan = new(PlanId, "gap of coat 2 from the measured Base", _ => [Plan()]);
        yield return plan;
        GapPlanned planned = context.State.Outcome<GapPlanned>(PlanId);
        if (!planned.Feasible)
        {
            yield return new HoldStep(PlanId, planned.Reason, "no gap is permissible: is coat 2 given up?");
        }
    }

    private static string Prefix(SubLayer layer) => layer == SubLayer.Base ? "coat-1" : "coat-2";

    private GapPlanned Plan()
    {
        ThicknessProfile measured = Measuring.ToProfile(
            context.State.Outcome<ProfileRegistered>(ProfileId(SubLayer.Base)), SubLayer.Base);
        GapPlan plan = GapPlanner.Plan(measured, formula, context.Site);
        return new GapPlanned(
            context.Batch,
            PlanId,
            plan.Feasible,
            plan.BaseMax.Value,
            plan.Window?.Low.Value,
            plan.Window?.High.Value,
            plan.Proposed?.Value,
            plan.Beta,
            plan.Feasible ? plan.TargetRatio : null,
            plan.RelativeUncertainty,
            plan.Reason ?? string.Empty);
    }

    private IEnumerable<Step> CoatAndDry()
    {
        string potLife = _prefix + "/pot-life";
        DecideStep age = new(potLife, $"{formula.Layer} slurry inside its pot life", now => [PotLife(potLife, now)]);
        foreach (Step step in context.Guarded(age, "the slurry is past its pot life: make a new one?"))
        {
            yield return step;
        }

        foreach (Step step in context.Guarded(Coat(), "what was coated, and is the sheet still fit for use?"))
        {
            yield return step;
        }

        foreach (Step step in context.Guarded(Dry(), "dry it again, or scrap the sheet?"))
        {
            yield return step;
        }
    }

    private ChecksJudged PotLife(string id, DateTimeOffset now)
    {
        SlurryCompleted slurry =
            context.State.Outcome<SlurryCompleted>($"{BatchContext.Prefix(formula.Layer)}/completed");
        decimal age = (decimal)(now - slurry.MixEnded).TotalSeconds;
        return new ChecksJudged(
            context.Batch, id, Stage, [RunRules.PotLife(formula.Layer, new(age), context.Site)]);
    }

    private RuleStage Stage => formula.Layer == SubLayer.Base ? RuleStage.AfterCoat1 : RuleStage.AfterCoat2;

    private int Index => formula.Layer == SubLayer.Base ? 1 : 2;

    private decimal Gap => formula.Layer == SubLayer.Base
        ? context.Site.Coating.BladeGapBase.Value
        : context.State.Outcome<GapPlanned>(PlanId).ProposedUm!.Value;

    private PhaseStep Coat()
    {
        string id = _prefix + "/coat";
        decimal gap = Gap;
        CoatingParameters coating = context.Site.Coating;
        return new PhaseStep(
            id,
            $"coat {Index} ({formula.Layer}) at {gap} µm",
            Unit.Coater,
            PhaseKind.Coat,
            [
                new("ContainerId", context.Container(formula.Layer)),
                new("SheetId", context.Sheet),
                new("FoilRollId", BatchContext.FoilRoll),
                new("BladeId", BatchContext.Blade),
                new("FoilSide", FoilSideA),
                new("CoatIndex", Index),
                new("GapDatum", DatumFoil),
                new("GapSP", (double)gap),
                new("SpeedSP", (double)coating.Speed.Value),
                new("StrokeSP", (double)coating.Stroke.Value),
            ],
            result => ConcludeCoat(id, gap, result));
    }

    private ImmutableArray<BatchEvent> ConcludeCoat(string id, decimal gap, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("ContainerId", context.Container(formula.Layer));
        read.Expect("SheetId", context.Sheet);
        read.Expect("FoilRollId", BatchContext.FoilRoll);
        read.Expect("BladeId", BatchContext.Blade);
        read.Expect("CoatIndex", Index);
        CoatCompleted coat = new(
            context.Batch,
            id,
            result.Id,
            formula.Layer,
            Index,
            read.Text("ContainerId"),
            read.Text("SheetId"),
            read.Text("FoilRollId"),
            read.Text("BladeId"),
            gap,
            read.Number("GapLeft"),
            read.Number("GapRight"),
            read.Number("SpeedMean"),
            read.Number("Stroke"),
            read.Number("BedVacuumWorst"),
            read.Number("DewPointWorst"),
            read.Number("SlurryAge")) { StartedAt = result.StartedAt, EndedAt = result.EndedAt };
        CoatMeasured measured = new(
            formula.Layer, new(gap), new(coat.GapLeftUm), new(coat.GapRightUm), new(coat.SlurryAgeS));
        return context.Facts(
            id, result, read, coat, Stage, () => RunRules.CheckCoat(measured, context.Site));
    }

    private PhaseStep Dry()
    {
        string id = _prefix + "/dry";
        DryingParameters drying = context.Site.Drying;
        return new PhaseStep(
            id,
            $"dry coat {Index}",
            Unit.Dryer,
            PhaseKind.Dry,
            [
                new("SheetId", context.Sheet),
                new("Segment1TempSP", (double)drying.Segment1Temperature.Value),
                new("Segment1Time", (double)drying.Segment1Time.Value),
                new("Segment2TempSP", (double)drying.Segment2Temperature.Value),
                new("Segment2Time", (double)drying.Segment2Time.Value),
                new("Segment2PressureSP", (double)drying.Segment2Pressure.Value),
                new("RampSP", (double)drying.Ramp.Value),
            ],
            result => ConcludeDry(id, result));
    }

    private ImmutableArray<BatchEvent> ConcludeDry(string id, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("SheetId", context.Sheet);
        DryingCompleted dried = new(
            context.Batch,
            id,
            result.Id,
            formula.Layer,
            read.Text("SheetId"),
            read.Number("Segment1TempMin"),
            read.Number("Segment1TempMax"),
            read.Number("Segment1Seconds"),
            read.Number("Segment2TempMin"),
            read.Number("Segment2TempMax"),
            read.Number("Segment2Seconds"),
            read.Number("PressureMin"),
            read.Number("LelMax"),
            read.Number("ResidualNmp")) { StartedAt = result.StartedAt, EndedAt = result.EndedAt };
        DryingMeasured measured = new(
            formula.Layer,
            new(dried.Segment1TempMinDegc),
            new(dried.Segment1TempMaxDegc),
            new(dried.Segment1S),
            new(dried.Segment2TempMinDegc),
            new(dried.Segment2TempMaxDegc),
            new(dried.Segment2S),
            dried.ResidualNmpPpm / 1_000_000m);
        bool coatFollows = formula.Layer == SubLayer.Base && context.HasTop;
        return context.Facts(
            id, result, read, dried, Stage, () => RunRules.CheckDrying(measured, coatFollows, context.Site));
    }
}
