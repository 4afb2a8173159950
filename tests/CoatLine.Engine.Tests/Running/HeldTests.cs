using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Faults.Line;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Running;

/// <summary>Units that refuse, forget or surprise: the batch stops with a question, and nothing is run on.</summary>
public sealed class HeldTests
{
    private static readonly RequestId Foreign = new(0xDEADul);

    [Test]
    public async Task Echo_OtherThanMeant_IsNotStarted()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Latch = (r, p) => IsMix(r, cycle: 3) && p.Name == "RevSpeedSP" ? 1990d : null;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/03"));
        Assert.That(held.Reason, Does.Contain("RevSpeedSP 1990 instead of 2000"));
        Assert.That(Mixed(shop), Is.EqualTo(2));
        PhaseRefused refused = shop.Events().OfType<PhaseRefused>().Single();
        Assert.That(refused.EchoDifferences.Single(), Is.EqualTo(new EchoDifference("RevSpeedSP", "2000", "1990")));
    }

    [Test]
    public async Task Request_Refused_IsHeldAndGoesOnWithTheNextAttemptWhenResumed()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Refuse = r => r.Phase == PhaseKind.Coat ? (AckCode.WrongMaterial, "container is not here") : null;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        shop.Line.Refuse = _ => null;
        Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(held.Reason, Is.EqualTo("Coater refused Coat: WrongMaterial container is not here"));
        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(
            shop.Events().OfType<PhaseIntended>().Where(e => e.Step == "coat-1/coat").Select(e => e.Attempt),
            Is.EqualTo(new[] { 1, 2 }));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.Coat), Is.EqualTo(2));
    }

    [Test]
    public async Task HeldBatch_RunAgain_StaysHeldAndRecordsNothing()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Refuse = _ => (AckCode.Interlocked, "the lid is open");
        BatchOutcome first = await shop.RunAsync(batch);
        int events = shop.Events().Count;

        BatchOutcome again = await shop.RunAsync(batch);

        Assert.That(again, Is.EqualTo(first));
        Assert.That(shop.Events(), Has.Count.EqualTo(events));
    }

    [Test]
    public async Task Unit_WithAForeignRequestActive_IsNotWritten()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line[Unit.Mixer].ActiveId = Foreign;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Question, Does.Contain("Mixer has request 000000000000dead active"));
        Assert.That(Mixed(shop), Is.Zero);
    }

    [Test]
    public async Task Unit_ThatRanSomethingElseWhileTheMesWasDown_IsAskedAbout()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(
            shop, batch, (call, unit, before) => unit == Unit.Balance && call == "request" && Mixed(shop) == 12);
        shop.Line[Unit.Mixer].ResultId = Foreign;
        shop.Line[Unit.Mixer].AckId = Foreign;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/post-dilution/01"));
        Assert.That(held.Question, Does.Contain("what was run there in between"));
        Assert.That(Mixed(shop), Is.EqualTo(12));
    }

    [Test]
    public async Task Unit_ThatWasSomeoneElsesBefore_IsNobodysConcern()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        (shop.Line[Unit.Dryer].ResultId, shop.Line[Unit.Dryer].AckId) = (Foreign, Foreign);

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
    }

    [Test]
    public async Task Person_WhoAcceptsWhatWasRunInBetween_LetsTheBatchGoOn()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(shop, batch, (call, unit, before) => Mixed(shop) == 17);
        (shop.Line[Unit.Balance].ResultId, shop.Line[Unit.Balance].AckId) = (Foreign, Foreign);
        BatchOutcome held = await shop.RunAsync(batch);

        Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(held, Is.InstanceOf<BatchWasHeld>());
        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(Mixed(shop), Is.EqualTo(34));
    }

    [Test]
    public async Task OpenRequest_UnitHasForgottenEverything_IsAskedAbout()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(shop, batch, (call, unit, before) => unit == Unit.Mixer && call == "await" && Mixed(shop) == 7);
        UnitPlc mixer = shop.Line[Unit.Mixer];
        (mixer.ActiveId, mixer.AckId, mixer.State) = (RequestId.None, RequestId.None, PackMlState.Idle);

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("base/pre-dilution/07"));
        Assert.That(held.Question, Does.Contain("was the phase run?"));
        Assert.That(Mixed(shop), Is.EqualTo(7), "no cycle is run on a guess");
    }

    [TestCase(Unit.Balance, PhaseKind.Weigh)]
    [TestCase(Unit.Coater, PhaseKind.Coat)]
    public async Task FirstRequestEver_RunAndThenForgottenByTheUnit_IsNotRunAgain(Unit unit, PhaseKind phase)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await KillAsync(shop, batch, (call, called, before) => called == unit && call == "await");
        shop.Line.LosePower(unit, keepsMemory: false);

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Question, Does.Contain("was the phase run?"));
        Assert.That(shop.Line.Log.Count(a => a.Phase == phase), Is.EqualTo(1));
    }

    [Test]
    public async Task JournalLost_UnitKnowsTheVeryRequest_IsAskedAbout()
    {
        var line = new InMemoryLine(new(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero)));
        using (var before = new Workshop(line))
        {
            await KillAsync(
                before, before.Create(), (call, unit, first) => unit == Unit.Balance && call == "await" && !first);
        }

        using var after = new Workshop(line);
        var held = (BatchWasHeld)await after.RunAsync(after.Create());

        Assert.That(held.Question, Does.Contain("never sent from this journal"));
        Assert.That(line.Log, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Phase_WithoutEndInItsBound_IsAskedAboutAndItsResultTakenLater()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.PressCycle
            ? WithoutBuffer(result) with { EndedAt = result.StartedAt.AddHours(30) }
            : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        shop.Line.Clock.Advance(TimeSpan.FromHours(30));
        Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(held.Question, Does.StartWith("does Press still run request"));
        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.PressCycle), Is.EqualTo(1));
    }

    [Test]
    public async Task Unit_AgainstItsContract_IsHeld()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit == Unit.Dryer && call == "request")
            {
                throw new LineContractException("Dryer.Ack.Code is 42");
            }
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Is.EqualTo("Dryer.Ack.Code is 42"));
    }

    [Test]
    public async Task Unit_ThatHasSeenANewerEpoch_RefusesThisEngine()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line[Unit.Balance].OwnerEpoch = 99;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Does.Contain("StaleEpoch"));
        Assert.That(shop.Line.Log, Is.Empty);
    }

    [Test]
    public async Task Recipe_ReadOtherwiseThanItWasPinned_IsNotRun()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        BatchCreated created = shop.Events().OfType<BatchCreated>().Single();
        using (Journal journal = shop.OpenJournal())
        {
            journal.Append(created with { Batch = "B-2026-0009", SiteHash = new string('0', 64) });
        }

        var held = (BatchWasHeld)await shop.RunAsync("B-2026-0009");

        Assert.That(held.Reason, Does.Contain("site parameters"));
        Assert.That(shop.Line.Log, Is.Empty);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
    }

    [Test]
    public async Task OpenRequest_WithOtherParametersThanTheStepHasNow_IsAskedAbout()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using (Journal journal = shop.OpenJournal())
        {
            journal.Append(new ChecksJudged(batch, "recipe", CoatLine.Domain.Rules.RuleStage.Recipe, []));
            journal.Append(new PhaseIntended(
                batch,
                "base/weigh/01-cb-40",
                1,
                Unit.Balance,
                PhaseKind.Weigh,
                RequestId.Derive(batch, "base/weigh/01-cb-40", 1),
                1,
                RequestId.None,
                RequestId.None,
                [new NamedValue("TargetMass", 99d)]));
        }

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Does.Contain("other parameters"));
        Assert.That(shop.Line.Log, Is.Empty);
    }

    // A press that keeps no buffer; that of a short cycle would not cover thirty hours.
    private static PhaseResult WithoutBuffer(PhaseResult result) => result with
    {
        Values =
        [
            .. result.Values.Select(v => v.Name.StartsWith("Trace", StringComparison.Ordinal)
                ? v with { Value = Array.Empty<double>() }
                : v),
        ],
    };
}
