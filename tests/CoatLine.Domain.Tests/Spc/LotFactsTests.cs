using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class LotFactsTests
{
    private const string Id = "B-2026-0001";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void Lot_ReleasedWithEveryRuleKept_CountsForEveryQuantity()
    {
        LotFacts lot = Fold(Created("embodiment-4"), Profile(30m, 33m), Mass(3.5m), Judged(), Released);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChartQuantity.All.Select(q => q.ExclusionOf(lot)), Has.All.EqualTo(LotExclusion.None));
            Assert.That(Value(lot, "ratio-dried"), Is.EqualTo(Math.Log(6.71)).Within(1e-12));
            Assert.That(Value(lot, "ratio-pressed"), Is.EqualTo(Math.Log(7.52)).Within(1e-12));
            Assert.That(Value(lot, "porosity"), Is.EqualTo(37.4));
            Assert.That(Value(lot, "sa"), Is.EqualTo(0.08), "the worst of three");
            Assert.That(Value(lot, "sz"), Is.EqualTo(0.95));
            Assert.That(Value(lot, "base-mean"), Is.EqualTo(31.5));
            Assert.That(Value(lot, "areal-mass"), Is.EqualTo(3.5));
            Assert.That(ChartQuantity.Find("base-sites")!.SubgroupOf(lot).Readings, Is.EqualTo(new[] { 30d, 33d }));
        }
    }

    [Test]
    public void Lot_OfClassEngineering_IsLeftOut() =>
        Assert.That(
            Fold(Created("comparative-1"), Judged(), Released).Exclusion, Is.EqualTo(LotExclusion.Engineering));

    [Test]
    public void Lot_ThatIsRejected_IsLeftOut() =>
        Assert.That(
            Fold(Created("embodiment-4"), Judged(), new BatchRejected(Id, "s", "R35", ["R35"])).Exclusion,
            Is.EqualTo(LotExclusion.Rejected));

    [Test]
    public void Lot_ReleasedAlthoughARuleIsBroken_IsWaived()
    {
        ChecksJudged broken = new(Id, "s", RuleStage.Dried, [Check("R30", "dried, Base point 5", Verdict.Fail)]);

        Assert.That(
            Fold(Created("embodiment-4"), broken, Judged(), Released).Exclusion, Is.EqualTo(LotExclusion.Waived));
        Assert.That(
            Fold(Created("embodiment-4"), Judged(Check("R35", "whole", Verdict.Fail)), Released).Exclusion,
            Is.EqualTo(LotExclusion.Waived));
    }

    [Test]
    public void Lot_WhoseBrokenRuleWasMended_Counts()
    {
        ChecksJudged broken = new(Id, "s", RuleStage.AfterWip, [Check("R35", "whole, point 5", Verdict.Fail)]);

        Assert.That(
            Fold(Created("embodiment-4"), broken, Judged(Check("R35", "whole, point 7", Verdict.Pass)), Released)
                .Exclusion,
            Is.EqualTo(LotExclusion.None));
    }

    [Test]
    public void Lot_HeldOrOpen_IsUnfinished()
    {
        BatchHeld held = new(Id, "s", "why", "what?");

        Assert.That(Fold(Created("embodiment-4"), Judged()).Exclusion, Is.EqualTo(LotExclusion.Unfinished));
        Assert.That(Fold(Created("embodiment-4"), held).Exclusion, Is.EqualTo(LotExclusion.Unfinished));
        Assert.That(
            Fold(Created("embodiment-4"), Judged(), Released, held, new BatchResumed(Id, "x")).Exclusion,
            Is.EqualTo(LotExclusion.Unfinished));
    }

    [Test]
    public void Lot_OfASingleLayer_HasNoRatioAndStillHasItsPorosity()
    {
        LotFacts lot = Fold(
            Created("embodiment-1"), Judged() with { RatioDried = null, RatioPressed = null }, Released);

        Assert.That(ChartQuantity.Find("ratio-dried")!.ExclusionOf(lot), Is.EqualTo(LotExclusion.NotMeasured));
        Assert.That(ChartQuantity.Find("porosity")!.ExclusionOf(lot), Is.EqualTo(LotExclusion.None));
        Assert.That(
            () => ChartQuantity.Find("ratio-dried")!.ValueOf(lot), Throws.InvalidOperationException);
    }

    [Test]
    public void EventTypes_AsNamed_AreInTheCatalogueAndSayEverything()
    {
        string[] bare = [.. EventCatalog.TypeNames.Select(static n => n.Split('.')[1])];

        Assert.That(LotFacts.EventTypes, Is.SubsetOf(bare));
        Assert.That(
            new BatchEvent[]
            {
                Created("embodiment-4"), Profile(30m), Mass(3m), Judged(), Released,
                new ChecksJudged(Id, "s", RuleStage.Dried, []), new BatchHeld(Id, "s", "", ""),
                new BatchResumed(Id, ""), new BatchRejected(Id, "s", "", []),
                new QuestionAnswered(Id, "s", AnswerKind.GoOn, "", []), Disposed("S-1", LotStanding.Valid),
                new TrialConcluded(Id, "s", [], []),
            }.Select(static f => EventCatalog.TypeOf(f).Split('.')[1]),
            Is.EquivalentTo(LotFacts.EventTypes));
    }

    [TestCase("porosity", null, 40d)]
    [TestCase("sa", null, 0.1)]
    [TestCase("sz", null, 1d)]
    public void Quantity_WithAnUpperLimitOnly_HasAOneSidedSpecification(string name, double? low, double high)
    {
        ChartQuantity quantity = ChartQuantity.Find(name)!;

        Assert.That((quantity.Specification!.Lower, quantity.Specification.Upper), Is.EqualTo((low, (double?)high)));
    }

    [Test]
    public void Quantity_OfTheRatio_IsAllowedFromLn5ToLn10()
    {
        ChartQuantity quantity = ChartQuantity.Find("ratio-pressed")!;

        Assert.That(quantity.Specification!.Lower, Is.EqualTo(Math.Log(5d)).Within(1e-15));
        Assert.That(quantity.Specification.Upper, Is.EqualTo(Math.Log(10d)).Within(1e-15));
        Assert.That(quantity.Allowed, Is.EqualTo("R30 5 ≤ R ≤ 10"));
        Assert.That(quantity.IsLnRatio, Is.True);
    }

    private static double Value(LotFacts lot, string quantity) => ChartQuantity.Find(quantity)!.ValueOf(lot).Value;

    private static LotFacts Fold(params BatchEvent[] facts) =>
        facts.Aggregate(new LotFacts(Id), static (lot, fact) => lot.With(fact));

    private static BatchCreated Created(string recipe) =>
        PinnedRecipe.Pin(Id, RecipeFiles.Read(recipe), RecipeFiles.Text(recipe), BatchOrder.Plain);

    [Test]
    public void Sheets_OfOneBatch_AreLotsOfTheirOwnWithTheirOwnStanding()
    {
        BatchEvent[] facts =
        [
            Created("embodiment-4"),
            Profile(30m) with { Sheet = "S-1" }, Profile(32m) with { Sheet = "S-2" },
            Judged() with { Sheet = "S-1" }, Judged() with { Sheet = "S-2" },
            Disposed("S-1", LotStanding.Waived), Disposed("S-2", LotStanding.Valid), Released,
        ];

        LotFacts[] lots = [.. facts.Aggregate(new BatchLots(Id), static (lots, fact) => lots.With(fact)).Lots];

        Assert.That(lots.Select(l => l.Lot), Is.EqualTo(new[] { "S-1", "S-2" }));
        Assert.That(lots.Select(l => l.Exclusion), Is.EqualTo(new[] { LotExclusion.Waived, LotExclusion.None }));
        Assert.That(lots.Select(l => l.BaseDriedUm.Single()), Is.EqualTo(new[] { 30d, 32d }));
        Assert.That(
            facts[..2].Aggregate(new BatchLots(Id), static (lots, fact) => lots.With(fact)).Lots.Single().Lot,
            Is.EqualTo(Id), "a batch of one sheet is one lot");
    }

    private static SheetDisposed Disposed(string sheet, LotStanding standing) =>
        new(Id, "s", sheet, LotOutcome.Product, standing, [], [], []);

    private static BatchReleased Released => new(Id, "s", Disposition.Accept, "S-1", []);

    private static RuleCheck Check(string rule, string subject, Verdict verdict) =>
        new(rule, "quantity", subject, 1m, "", "limit", verdict, "[0052]", "says so");

    private static QcJudged Judged(params RuleCheck[] checks) => new(
        Id, "s", 6.71m, 7.52m, 37.4m, 25.6m, [0.07m, 0.08m, 0.06m], [0.92m, 0.95m, 0.90m], [.. checks],
        Disposition.Accept);

    private static ArealMassMeasured Mass(decimal mean) => new(
        Id, "s", new RequestId(1), null, LayerState.Dried, "S-1", [5m], 1m, mean, "BAL-1", At)
    {
        StartedAt = At,
        EndedAt = At,
    };

    private static ProfileRegistered Profile(params decimal[] um) => new(
        Id, "s", new RequestId(1), SubLayer.Base, LayerState.Dried, "S-1", "TG-1", 0.2m, 0m, At,
        [.. um.Select(static (t, i) => new MeasuredPoint(i + 1, 10m * i, 0m, t))])
    {
        StartedAt = At,
        EndedAt = At,
    };
}
