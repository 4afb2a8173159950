using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CsCheck;

namespace CoatLine.Domain.Tests.Planning;

/// <summary>
/// The window without a guard band is exactly where R30 holds, whatever the Base: what lies inside keeps it over the
/// whole profile, dried and pressed, and what lies outside breaks it in one of the two states.
/// </summary>
public sealed class GapInverseTests
{
    private const int Cases = 1500;
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");
    private static readonly SiteParameters Site = Embodiment4.Site;
    private static readonly decimal Beta = GapPlanner.Beta(Embodiment4.Slurry(SubLayer.Top)!, Site);
    private static readonly Gen<int[]> Hundredths = Gen.Int[1500, 9000].Array[9, 25];
    private static readonly Gen<int> Place = Gen.Int[1, 9999];

    [Test]
    public void Gap_InsideTheWindowAtZ0_KeepsR30OverTheWholeProfileDriedAndPressed()
    {
        Gen.Select(Hundredths, Place, Gen.Bool).Holds(
            (hundredths, place, onFoil) =>
            {
                ThicknessProfile below = Base(hundredths);
                BladeDatum datum = onFoil ? BladeDatum.Foil : BladeDatum.CoatedSurface;
                GapWindow window = Window(below, datum);
                decimal gap = window.Low.Value + ((window.High.Value - window.Low.Value) * place / 10_000m);
                return Holds(below, Top(below, gap, datum));
            },
            Cases);
    }

    [Test]
    public void Gap_OutsideTheWindowAtZ0_BreaksR30InOneState()
    {
        Gen.Select(Hundredths, Place, Gen.Bool).Holds(
            (hundredths, place, above) =>
            {
                ThicknessProfile below = Base(hundredths);
                GapWindow window = Window(below, BladeDatum.Foil);
                decimal clearance = window.Low.Value - below.Max.Value;
                decimal gap = above
                    ? window.High.Value + (clearance * place / 10_000m)
                    : window.Low.Value - (0.99m * clearance * place / 10_000m);
                return !Holds(below, Top(below, gap, BladeDatum.Foil));
            },
            Cases);
    }

    [Test]
    public void WindowEdges_AtZ0_AreTheRatiosThatHoldInBothStates()
    {
        Hundredths.Holds(
            hundredths =>
            {
                ThicknessProfile below = Base(hundredths);
                GapWindow window = Window(below, BladeDatum.Foil);
                decimal low = ThicknessRatio.Of(below, Top(below, window.Low.Value, BladeDatum.Foil)).Value;
                decimal high = ThicknessRatio.Of(below, Top(below, window.High.Value, BladeDatum.Foil)).Value;
                return Math.Abs((low * GapPlanner.PressingFactor(Site)) - 10m) < 1e-9m && Math.Abs(high - 5m) < 1e-9m;
            },
            Cases);
    }

    private static bool Holds(ThicknessProfile below, ThicknessProfile above)
    {
        Bounds limits = RuleCatalogue.ThicknessRatio.Limits;
        ThicknessRatio dried = ThicknessRatio.Of(below, above);
        ThicknessRatio pressed = ThicknessRatio.Of(below.PredictPressed(Site.Base), above.PredictPressed(Site.Top));
        return limits.ContainsRatio(dried.BasePoint.Thickness.Value, dried.TopPoint.Thickness.Value)
            && limits.ContainsRatio(pressed.BasePoint.Thickness.Value, pressed.TopPoint.Thickness.Value)
            && CoatRules.CheckRatio(below, above, Site)[0].Verdict != Verdict.Fail
            && CoatRules.CheckPredicted(below, above, Site)[0].Verdict != Verdict.Fail;
    }

    private static GapWindow Window(ThicknessProfile below, BladeDatum datum) =>
        GapPlanner.SelfConsistent(new GapQuestion(below.Max, Beta, Site, 0m, datum)).Window!;

    private static ThicknessProfile Base(int[] hundredths) => new(
        SubLayer.Base,
        LayerState.Dried,
        [.. hundredths.Select((t, i) => new ProfilePoint(i + 1, 10m * (i % 3), 10m * (i / 3), new(t / 100m)))]);

    // T(x) = β·(H2 − B(x)) with the blade above the foil; β·g everywhere where it rides on the Base.
    private static ThicknessProfile Top(ThicknessProfile below, decimal gap, BladeDatum datum) => new(
        SubLayer.Top,
        LayerState.Dried,
        [
            .. below.Points.Select(p => p with
            {
                Thickness = new(Beta * (datum == BladeDatum.Foil ? gap - p.Thickness.Value : gap)),
            }),
        ]);
}
