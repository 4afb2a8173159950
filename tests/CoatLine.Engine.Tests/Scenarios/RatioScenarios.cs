using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Spc;
using CoatLine.Faults.Line;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Scenarios;

/// <summary>Acceptance scenarios about the ratio, from the measured profiles to what becomes of the sheet.</summary>
public sealed class RatioScenarios
{
    [Test]
    public async Task Scenario01_Ratio1025_IsHeldWithBothPointsNamedAndNotPressed()
    {
        using Workshop shop = Measuring(41.0, 4.0);
        string batch = shop.Create();

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("press/dried-checks"));
        Assert.That(held.Reason, Does.Contain("R30").And.Contain("10.25"));
        Assert.That(held.Reason, Does.Contain("Base point 9").And.Contain("Top point 1"));
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.PressCycle), Is.False);
        Assert.That(
            shop.Answer(batch, AnswerKind.GoOn).Single(),
            Does.EndWith("can be answered by Waive, ScrapSheet, GiveUp, not by GoOn"));
    }

    [Test]
    public async Task Scenario03_Ratio927DriedAnd1039Predicted_IsPressedWhenAProcessEngineerSaysSo()
    {
        using Workshop shop = Measuring(38.0, 4.1);
        string batch = shop.Create();

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Reason, Does.Contain("predicted pressed").And.Contain("10.388"));
        Assert.That(
            shop.Answer(batch, AnswerKind.GoOn, SignerRole.Operator),
            Is.EqualTo(new[] { "GoOn needs the signature of a process engineer" }));
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasHeld>());
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.PressCycle), Is.False);

        Assert.That(shop.Answer(batch, AnswerKind.GoOn), Is.Empty);
        await shop.RunAsync(batch);
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.PressCycle), Is.EqualTo(1));
    }

    [Test]
    public async Task Scenario17_WaiverOfR30_NeedsTwoPeopleAndIsLeftOutOfStatistics()
    {
        using Workshop shop = Measuring(41.0, 4.0);
        string batch = shop.Create("embodiment-4", BatchOrder.Plain with { OrderedBy = "Olga" });
        await shop.RunAsync(batch);

        Answer alone = Waiving(shop, "Erik");
        Answer performer = Waiving(shop, "Olga");
        Assert.That(shop.Answer(batch, alone), Has.Some.Contains("two different people"));
        Assert.That(shop.Answer(batch, performer), Has.Some.EqualTo(
            "Olga made the batch and cannot decide what becomes of it"));
        Assert.That(shop.Events().OfType<QuestionAnswered>(), Is.Empty);

        Assert.That(shop.Answer(batch, Waiving(shop, "Maria")), Is.Empty);
        var released = (BatchWasReleased)await shop.RunAsync(batch);
        SheetDisposed sheet = shop.Events().OfType<SheetDisposed>().Single();
        Assert.That(released.Disposition, Is.EqualTo(Disposition.Conditional));
        Assert.That((sheet.Outcome, sheet.Standing), Is.EqualTo((LotOutcome.ProductByWaiver, LotStanding.Waived)));
        Assert.That(sheet.Deviations, Is.EqualTo(new[] { "W-1" }));
    }

    [Test]
    public async Task SheetPressedAgain_AtAHigherPressure_IsJudgedAnewAndOnlyOnce()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.PressCycle && SimpleWorld.Number(r, "PressureSP") < 495
            ? With(result, "DwellSeconds", v => v with { Value = 1799d })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Step, Is.EqualTo("press/cycle"));
        Answer again = new(
            AnswerKind.PressAgain, "the dwell was short", [shop.Sign("Erik", SignerRole.ProcessEngineer)]);
        Assert.That(
            shop.Answer(batch, again with { PressureMpa = 490m }).Single(),
            Is.EqualTo("pressure_mpa must be above 490 and at most 600, not 490"));
        Assert.That(shop.Answer(batch, again with { PressureMpa = 494m }), Is.Empty);

        var second = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(second.Step, Is.EqualTo("press/cycle"));
        Assert.That(
            shop.Answer(batch, again with { PressureMpa = 500m }).Single(),
            Does.EndWith("can be answered by ScrapSheet, GiveUp, not by PressAgain"));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.PressCycle), Is.EqualTo(2));
    }

    private static Answer Waiving(Workshop shop, string manager) => new(
        AnswerKind.Waive,
        "the customer takes it",
        [shop.Sign("Erik", SignerRole.ProcessEngineer), shop.Sign(manager, SignerRole.QaManager)])
    {
        Deviations = [shop.Deviate("W-1", DeviationKind.Waiver, "R30", manager)],
    };

    /// <summary>A line whose Base is thickest at point 9 and whose Top is thinnest at point 1, dried.</summary>
    private static Workshop Measuring(double baseMax, double topMin)
    {
        var shop = new Workshop();
        double[] below = [.. Enumerable.Range(0, 9).Select(i => baseMax - ((8 - i) * 0.1))];
        double[] above = [.. Enumerable.Range(0, 9).Select(i => topMin + (i * 0.02))];
        int profiles = 0;
        shop.Line.Distort = (r, result) => r.Phase switch
        {
            PhaseKind.MeasureProfile => With(
                result,
                "Thickness",
                v => v with
                {
                    Value = ++profiles switch
                    {
                        1 => below,
                        2 => below.Zip(above, (b, t) => b + t).ToArray(),
                        _ => [.. below.Zip(above, (b, t) => (0.6745 * b) + (0.6018 * t))],
                    },
                }),

            // As heavy as Base and Top of these thicknesses are at their porosities.
            PhaseKind.WeighPunch => With(
                result,
                "PunchMass",
                v => v with { Value = ((double[])v.Value!).Select(m => m * baseMax / 33.5).ToArray() }),
            _ => result,
        };
        return shop;
    }
}
