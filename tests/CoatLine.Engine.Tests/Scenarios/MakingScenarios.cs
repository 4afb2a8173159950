using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine.Journaling;
using CoatLine.Faults.Line;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Scenarios;

/// <summary>Acceptance scenarios about slurries and coats, from the line's result to what the batch does.</summary>
public sealed class MakingScenarios
{
    [Test]
    public async Task Scenario08_TopJarScannedAtCoatOne_IsRefusedAndRecorded()
    {
        using var shop = new Workshop();
        string batch = shop.Create("embodiment-4", BatchOrder.Plain with { ScansRequired = true });
        BatchWasHeld held = await ScanUntilAsync(shop, batch, "coat-1/coat/scan");

        Assert.That(held.Question, Is.EqualTo("scan the container for coat 1"));
        Assert.That(
            Scan(shop, batch, $"J-{batch}-TOP").Single(),
            Does.Contain($"'J-{batch}-TOP' was scanned, J-{batch}-BASE is expected"));
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.Coat), Is.False);
        Assert.That(shop.Events().OfType<IdentityRefused>().Single().Scanned, Is.EqualTo($"J-{batch}-TOP"));

        Assert.That(Scan(shop, batch, $"J-{batch}-BASE"), Is.Empty);
        await shop.RunAsync(batch);
        Assert.That(shop.Events().OfType<CoatCompleted>().Single().Container, Is.EqualTo($"J-{batch}-BASE"));
    }

    [Test]
    public async Task Scenario09_CycleSevenAbortedAndRepeated_EndsWithTwelveThatCount()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        bool aborted = false;
        shop.Line.Distort = (r, result) =>
        {
            bool now = !aborted && IsMix(r, cycle: 7);
            aborted |= now;
            return now
                ? With(result, "StepSeconds", v => v with { Value = 95d }) with { Code = ResultCode.Aborted }
                : result;
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/07"));
        Assert.That(shop.Events().OfType<MaterialWeighed>().Any(e => e.Dilution), Is.False);
        Assert.That(shop.Answer(batch, AnswerKind.Repeat), Is.Empty);

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        List<BatchEvent> events = shop.Events();
        Assert.That(events.OfType<MixCycleAborted>().Single().StepS, Is.EqualTo(95m));
        Assert.That(
            events.OfType<MixCycleCompleted>()
                .Count(e => e is { Layer: SubLayer.Base, Stage: MixStageKind.PreDilution }),
            Is.EqualTo(12));
        Assert.That(
            events.OfType<PhaseIntended>().Where(e => e.Step == "base/pre-dilution/07").Select(e => e.Attempt),
            Is.EqualTo(new[] { 1, 2 }));
        Assert.That(Mixed(shop), Is.EqualTo(35), "one aborted, and the 34 planned ones; no 13th that counts");
    }

    [Test]
    public async Task Scenario10_SlurryAt41Degrees_WaitsUntilItIsAt35()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        double seen = 41;
        shop.Line.SlurryTemp = actual => Mixed(shop) == 5 ? seen -= 0.5 : actual;

        await shop.RunAsync(batch);

        TemperatureGatePassed gate = shop.Events().OfType<TemperatureGatePassed>()
            .Single(e => e.Step == "base/pre-dilution/06/gate");
        Assert.That(gate.TempDegc, Is.LessThanOrEqualTo(35m));
        Assert.That(gate.WaitedS, Is.GreaterThan(0m));
    }

    [Test]
    public async Task Scenario11_TopSilverAt304Milligrams_IsBlockedAndTheSlurryMadeAnew()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        bool over = false;
        shop.Line.Distort = (r, result) =>
        {
            bool now = !over && r.Phase == PhaseKind.Weigh && SimpleWorld.Number(r, "TargetMass") == 0.3;
            over |= now;
            return now ? With(result, "Net", v => v with { Value = 0.304 }) : result;
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Reason, Does.Contain("0.304").And.Contain("0.303"));
        Assert.That(
            shop.Answer(batch, AnswerKind.Repeat).Single(),
            Does.EndWith("can be answered by Remake, GiveUp, not by Repeat"), "nothing is scooped back");
        Assert.That(shop.Answer(batch, AnswerKind.Remake), Is.Empty);

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(
            shop.Events().OfType<CoatCompleted>().Select(e => e.Container),
            Is.EqualTo(new[] { $"J-{batch}-BASE", $"J-{batch}-TOP-2" }));
    }

    [Test]
    public async Task Scenario11_BalanceWithExpiredCalibration_Blocks()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.Weigh
            ? With(result, "CalDue", v => v with { Value = result.EndedAt.AddSeconds(-1) })
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/weigh/01-cb-40"));
        Assert.That(held.Reason, Does.StartWith("S02"));
    }

    [Test]
    public async Task Scenario16_TopMixedAtTenAndCoatedAt1201_IsRefusedAndMadeAnew()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Delay(TimeSpan.FromMinutes(121), _ => Mixed(shop) == 34);

        BatchOutcome outcome = await shop.RunAsync(batch);

        var held = (BatchWasHeld)outcome;
        Assert.That(held.Step, Is.EqualTo("coat-2/pot-life"));
        Assert.That(held.Reason, Does.Contain("7260 s").And.Contain("7200 s"));
        Assert.That(shop.Answer(batch, AnswerKind.Remake), Is.Empty, "a re-mix does not reset the clock: a new slurry");
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(Mixed(shop), Is.EqualTo(51));
        Assert.That(
            shop.Events().OfType<MaterialWeighed>()
                .Where(e => e.Layer == SubLayer.Top).Select(e => e.Container).Distinct(),
            Is.EqualTo(new[] { $"J-{batch}-TOP", $"J-{batch}-TOP-2" }));
    }

    private static async Task<BatchWasHeld> ScanUntilAsync(Workshop shop, string batch, string step)
    {
        for (int scans = 0; scans < 100; scans++)
        {
            var held = (BatchWasHeld)await shop.RunAsync(batch);
            if (held.Step == step)
            {
                return held;
            }

            using Journal journal = shop.OpenJournal();
            BatchEngine engine = shop.Start(journal);
            AnswerOption option = engine.StateOf(batch).Held!.Options!.Value.Single();
            Assert.That(engine.Answer(batch, Scanning(shop, option.Expected!)), Is.Empty);
        }

        throw new AssertionException($"{step} was not reached");
    }

    private static IReadOnlyList<string> Scan(Workshop shop, string batch, string code) =>
        [.. shop.Answer(batch, Scanning(shop, code))];

    private static Answer Scanning(Workshop shop, string code) =>
        new(AnswerKind.Scan, "", [shop.Sign("Olga", SignerRole.Operator)]) { Scanned = code };
}
