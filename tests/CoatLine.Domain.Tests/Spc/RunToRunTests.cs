using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class RunToRunTests
{
    private static readonly RunSetting Setting = new("blade-1", "foil-1", "embodiment-4 v1");
    private static readonly RunToRunTuning Base = new(0.2122m, 0.3m, new(5m));
    private static readonly RunToRunTuning Top = new(0.1885m, 0.3m, new(2m));
    private static readonly Micrometres Target = new(31.8m);

    [Test]
    public void Offset_OfTheWorkedExample_HasThePrintedDigits()
    {
        RunToRun learnt = RunToRun.Fresh(Setting).Learn(Coat(150m, 33.0m), Base);

        Assert.That(learnt.Offset.Value, Is.EqualTo(0.351m));
        Assert.That(learnt.Next(Target, Base).Gap.Value, Is.EqualTo(148.2m).Within(0.05m));
        Assert.That(learnt.Next(Target, Base).IsClamped, Is.False);
    }

    [Test]
    public void Offset_OfManyEqualCoats_TendsToWhatIsSeenAndHitsTheTarget()
    {
        // The process makes 1.2 µm more than b·u says; followed for 40 lots the coat comes out on target.
        RunToRun state = RunToRun.Fresh(Setting);
        Micrometres gap = new(150m);
        for (int lot = 0; lot < 40; lot++)
        {
            state = state.Learn(Coat(gap.Value, (Base.Gain * gap.Value) + 1.2m), Base);
            gap = state.Next(Target, Base).Gap;
        }

        Assert.That(state.Offset.Value, Is.EqualTo(1.2m).Within(0.00001m));
        Assert.That((Base.Gain * gap.Value) + 1.2m, Is.EqualTo(Target.Value).Within(0.00001m));
    }

    [TestCase(150, 38, 145, true)] // the formula asks for 141.2
    [TestCase(150, 26, 155, true)] // and for 158.1
    public void Gap_FarFromTheLast_IsClampedForBase(decimal gap, decimal thickness, decimal next, bool clamped)
    {
        GapProposal proposal = RunToRun.Fresh(Setting).Learn(Coat(gap, thickness), Base).Next(Target, Base);

        Assert.That(proposal, Is.EqualTo(new GapProposal(new(next), clamped)));
    }

    [Test]
    public void Gap_FarFromTheLast_IsClampedForTopAtTwoMicrometres()
    {
        GapProposal proposal =
            RunToRun.Fresh(Setting).Learn(Coat(26.5m, 7.0m), Top).Next(new(5.0m), Top);

        Assert.That(proposal, Is.EqualTo(new GapProposal(new(24.5m), true)));
    }

    [TestCase(LotStanding.Invalid)]
    [TestCase(LotStanding.Waived)]
    public void Lot_ThatDoesNotCount_TeachesNothing(LotStanding standing)
    {
        RunToRun learnt = RunToRun.Fresh(Setting).Learn(Coat(150m, 33m), Base);

        Assert.That(learnt.Learn(Coat(150m, 60m) with { Standing = standing }, Base), Is.EqualTo(learnt));
    }

    [TestCase("blade-2", "foil-1", "embodiment-4 v1")]
    [TestCase("blade-1", "foil-2", "embodiment-4 v1")]
    [TestCase("blade-1", "foil-1", "embodiment-4 v2")]
    public void Offset_WithANewBladeFoilOrSlurry_BeginsAtNothing(string blade, string foil, string slurry)
    {
        RunSetting changed = new(blade, foil, slurry);
        RunToRun learnt = RunToRun.Fresh(Setting).Learn(Coat(150m, 33m), Base);

        Assert.That(learnt.For(changed), Is.EqualTo(RunToRun.Fresh(changed)));
        Assert.That(
            learnt.Learn(Coat(150m, 33m) with { Setting = changed }, Base),
            Is.EqualTo(RunToRun.Fresh(changed).Learn(Coat(150m, 33m) with { Setting = changed }, Base)));
        Assert.That(learnt.For(changed).Next(Target, Base).Gap.Value, Is.EqualTo(31.8m / 0.2122m));
    }

    [TestCase(SubLayer.Base, 0.2122, 5)]
    [TestCase(SubLayer.Top, 0.1885, 2)]
    public void Tuning_OfEmbodiment4_HasTheDecidedFigures(SubLayer layer, decimal gain, decimal clamp)
    {
        Recipe recipe = RecipeFiles.Read("embodiment-4");
        RunToRunTuning tuning = RunToRunTuning.Of(recipe.Slurry(layer)!, recipe.Site);

        Assert.That(tuning.Gain, Is.EqualTo(gain).Within(0.00005m));
        Assert.That(tuning.Weight, Is.EqualTo(0.3m));
        Assert.That(tuning.Clamp.Value, Is.EqualTo(clamp));
    }

    [TestCase(0, 0.3)]
    [TestCase(-0.2, 0.3)]
    [TestCase(0.2122, 0)]
    [TestCase(0.2122, 1.01)]
    public void Tuning_OutsideItsRange_IsAProgrammersMistake(decimal gain, decimal weight)
    {
        Assert.That(
            () => new RunToRunTuning(gain, weight, new(5m)), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static CoatOutcome Coat(decimal gap, decimal thickness) =>
        new("lot", LotStanding.Valid, Setting, new(gap), new(thickness));
}
