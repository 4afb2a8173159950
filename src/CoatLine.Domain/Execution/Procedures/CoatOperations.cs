using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// Lays one coat on one sheet and dries it: pot life, coat; then dry, registered profile, areal mass. Coat 2 is drawn
/// with the blade referenced to the foil, at the gap planned from the measured Base.
/// </summary>
internal sealed class CoatOperations(BatchContext context, SheetScope sheet, SlurryFormula formula)
{
    private const int FoilSideA = 1;
    private const int DatumFoil = 1;

    private readonly string _prefix = Prefix(formula.Layer);
    private readonly Measuring _measuring = new(context, sheet);

    private string PlanId => sheet.Id("coat-2/gap");

    private UnitClaim Coater => new(Unit.Coater, CoatId);

    private string CoatId => sheet.Id(_prefix + "/coat");

    /// <summary>The first part of step ids of a coat.</summary>
    public static string Prefix(SubLayer layer) => layer == SubLayer.Base ? "coat-1" : "coat-2";

    /// <summary>Step id of the profile after a coat, without the sheet.</summary>
    public static string ProfileId(SubLayer layer) => Prefix(layer) + "/profile";

    /// <summary>Step id of the areal mass after a coat, without the sheet.</summary>
    public static string PunchId(SubLayer layer) => Prefix(layer) + "/punch";

    /// <summary>Draws the coat, inside the pot life of its slurry.</summary>
    public IEnumerable<Step> Coat()
    {
        string potLife = sheet.Id(_prefix + "/pot-life");
        string container = context.Container(formula.Layer);
        DecideStep age = new(
            potLife,
            sheet.Title + $"{formula.Layer} slurry inside its pot life, and enough of it",
            now => [PotLife(potLife, now)])
        {
            // The age is judged with the coater at hand, not before a wait for it.
            Claim = Coater,
        };
        return context
            .Guarded(
                age,
                "the slurry is past its pot life, or used up, or the clock is wrong: make a new one, or judge again?",

                // An age that a wrong clock made costs no slurry: the clock is put right, the age is judged again.
                [Offer.Repeat(potLife), Offer.Remake(formula.Layer, potLife), Offer.Scrap(sheet), Offer.GiveUp])
            .Concat(context.Scanned(CoatId, $"the container for coat {Index}", container))
            .Concat(context.Guarded(
                Phase(), "what was coated, and is the sheet still fit for use?", [Offer.Scrap(sheet), Offer.GiveUp]));
    }

    /// <summary>Dries the coat and measures it.</summary>
    public IEnumerable<Step> DryAndMeasure()
    {
        SubLayer? measured = formula.Layer == SubLayer.Base ? SubLayer.Base : null;
        string dry = sheet.Id(_prefix + "/dry");
        return context
            .Guarded(
                Dry(dry),
                "dry it again, or scrap the sheet?",
                [Offer.Repeat(dry), Offer.Scrap(sheet), Offer.GiveUp])
            .Concat(_measuring.Profile(ProfileId(formula.Layer), measured, LayerState.Dried))
            .Concat(_measuring.Punch(PunchId(formula.Layer), measured));
    }

    /// <summary>Plans the gap of coat 2; comes before its slurry is made, so that none is made in vain.</summary>
    public IEnumerable<Step> PlanGap()
    {
        DecideStep plan = new(PlanId, sheet.Title + "gap of coat 2 from the measured Base", _ => [Plan()]);
        yield return plan;
        GapPlanned planned = context.State.Outcome<GapPlanned>(PlanId);
        if (!planned.Feasible)
        {
            yield return new HoldStep(
                PlanId,
                planned.Reason,
                "no gap is permissible: is coat 2 given up?",
                [Offer.Scrap(sheet), Offer.GiveUp]);
        }
    }

    private GapPlanned Plan()
    {
        ThicknessProfile measured = sheet.Profile(ProfileId(SubLayer.Base), SubLayer.Base);
        GapPlan plan = GapPlanner.SelfConsistent(
            GapPlanner.Ask(measured, formula, context.Site) with { Beta = new GapControl(context).TopBeta(formula) });
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
            plan.Reason ?? string.Empty) { Sheet = sheet.Name };
    }

    private ChecksJudged PotLife(string id, DateTimeOffset now)
    {
        SlurryCompleted slurry =
            context.State.Outcome<SlurryCompleted>($"{BatchContext.Prefix(formula.Layer)}/completed");
        return new ChecksJudged(
            context.Batch,
            id,
            Stage,
            [
                RunRules.PotLife(formula.Layer, Since(slurry.MixEnded, now), context.Site),
                .. formula.Layer == SubLayer.Top
                    ? [RunRules.CoatInterval(Since(CoatOne().EndedAt, now), context.Site)]
                    : Array.Empty<RuleCheck>(),
                RunRules.SlurryLeft(SlurryBalance.Of(context.Recipe, formula.Layer, [.. context.Facts()])),
            ]) { Sheet = sheet.Name };
    }

    private CoatCompleted CoatOne() =>
        context.State.Outcome<CoatCompleted>(sheet.Id(Prefix(SubLayer.Base) + "/coat"));

    private static Seconds Since(DateTimeOffset then, DateTimeOffset now) => new((decimal)(now - then).TotalSeconds);

    private RuleStage Stage => formula.Layer == SubLayer.Base ? RuleStage.AfterCoat1 : RuleStage.AfterCoat2;

    private int Index => formula.Layer == SubLayer.Base ? 1 : 2;

    private decimal Gap => formula.Layer == SubLayer.Base
        ? new GapControl(context).BaseGap().Value
        : context.State.Outcome<GapPlanned>(PlanId).ProposedUm!.Value;

    private PhaseStep Phase()
    {
        string id = CoatId;
        decimal gap = Gap;
        CoatingParameters coating = context.Site.Coating;
        return new PhaseStep(
            id,
            sheet.Title + $"coat {Index} ({formula.Layer}) at {gap} µm",
            Unit.Coater,
            PhaseKind.Coat,
            [
                new("ContainerId", context.Container(formula.Layer)),
                new("SheetId", sheet.Name),
                new("FoilRollId", context.FoilRoll),
                new("BladeId", context.Blade),
                new("FoilSide", FoilSideA),
                new("CoatIndex", Index),
                new("GapDatum", DatumFoil),
                new("GapSP", (double)gap),
                new("SpeedSP", (double)coating.Speed.Value),
                new("StrokeSP", (double)coating.Stroke.Value),
            ],
            result => ConcludeCoat(id, gap, result)) { Claim = Coater };
    }

    private ImmutableArray<BatchEvent> ConcludeCoat(string id, decimal gap, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Expect("ContainerId", context.Container(formula.Layer));
        read.Expect("SheetId", sheet.Name);
        read.Expect("FoilRollId", context.FoilRoll);
        read.Expect("BladeId", context.Blade);
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
            id, result, read, coat, Stage, () => RunRules.CheckCoat(measured, context.Site), sheet);
    }

    private PhaseStep Dry(string id)
    {
        DryingParameters drying = context.Site.Drying;
        return new PhaseStep(
            id,
            sheet.Title + $"dry coat {Index}",
            Unit.Dryer,
            PhaseKind.Dry,
            [
                new("SheetId", sheet.Name),
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
        read.Expect("SheetId", sheet.Name);
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
            id, result, read, dried, Stage, () => RunRules.CheckDrying(measured, coatFollows, context.Site), sheet);
    }
}
