using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Execution.Control;
using CoatLine.Faults.Line;

namespace CoatLine.Engine.Tests.Running;

/// <summary>Hold, stop and abort at each phase, as its control says; README prints the same table.</summary>
public sealed class ControlTests
{
    private static readonly TimeSpan IntoThePhase = TimeSpan.FromSeconds(5);

    [Test]
    public async Task Hold_AtEachPhase_PausesItOrLetsItEnd_AndResumedEndsAsPlanned([Values] PhaseKind phase)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        PhaseControl control = PhaseControl.Of(phase);
        BatchOutcome outcome = await CommandedAsync(shop, batch, phase, ControlCommand.Hold);

        Assert.That(((BatchWasHeld)outcome).Reason, Is.EqualTo("Hold by Olga: shift change"));
        LineAction last = shop.Line.Log[^1];
        Assert.That(last.Phase, Is.EqualTo(phase), "nothing more is begun");
        Assert.That(shop.Events().OfType<PhaseHeld>().Count(), Is.EqualTo(control.IsPaused ? 1 : 0));
        Assert.That(
            shop.Line[last.Unit].State, Is.EqualTo(control.IsPaused ? PackMlState.Held : PackMlState.Complete));
        Assert.That(shop.State(batch).Commanded, Is.Null);

        shop.Line.Live = (_, _) => 490d;
        Disturbance.Resume(shop, batch);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Line.Log.Select(a => a.What), Is.EqualTo(await PlannedAsync()));
    }

    [Test]
    public async Task Stop_AtEachPhase_EndsItInOrderAndAsks([Values] PhaseKind phase)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        var held = (BatchWasHeld)await CommandedAsync(shop, batch, phase, ControlCommand.Stop);

        LineAction last = shop.Line.Log[^1];
        Assert.That((last.Phase, shop.Line[last.Unit].State), Is.EqualTo((phase, PackMlState.Stopped)));
        PhaseIntended intended = shop.Events().OfType<PhaseIntended>().Last();
        Assert.That(held.Step, Is.EqualTo(intended.Step));
        BatchState state = shop.State(batch);
        Assert.That((state.Open, state.Commanded), Is.EqualTo(((OpenPhase?)null, (BatchCommanded?)null)));
        Assert.That(state.Held!.Options!.Value.Select(o => o.Kind), Does.Contain(AnswerKind.GiveUp));

        AnswerKind onward = state.Held.Options.Value[0].Kind;
        int before = shop.Line.Log.Count;
        AnswerOf(shop, batch, onward);
        BatchOutcome outcome = await shop.RunAsync(batch);
        Assert.That(
            outcome,
            onward == AnswerKind.ScrapSheet
                ? Is.InstanceOf<BatchWasRejected>()
                : Is.InstanceOf<BatchWasReleased>());
        Assert.That(
            shop.Line.Log.Skip(before).Any(a => a.Phase == phase), Is.EqualTo(onward != AnswerKind.ScrapSheet));
    }

    [Test]
    public async Task Abort_AtEachPhase_EndsItAtOnceAndGivesTheBatchUp([Values] PhaseKind phase)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        var rejected = (BatchWasRejected)await CommandedAsync(shop, batch, phase, ControlCommand.Abort);

        LineAction last = shop.Line.Log[^1];
        Assert.That((last.Phase, shop.Line[last.Unit].State), Is.EqualTo((phase, PackMlState.Aborted)));
        Assert.That(rejected.Reason, Is.EqualTo("aborted by Olga: shift change"));
        Assert.That(shop.Events().OfType<BatchCommanded>().Single().By, Is.EqualTo("Olga"));
    }

    [Test]
    public async Task Command_CutOffByAKillBeforeTheUnitHeard_IsCarriedOutAfterTheRestart(
        [Values] ControlCommand command)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using (Journal journal = shop.OpenJournal())
        {
            BatchEngine engine = shop.Start(journal);
            shop.Line.Around = (call, unit, before) =>
            {
                if (call == "await" && unit == Unit.Dryer && before)
                {
                    Assert.That(engine.Command(batch, command, "Olga", "smoke"), Is.Null);
                    throw new InvalidOperationException("killed");
                }
            };
            Assert.That(
                async () => await engine.RunAsync(batch, CancellationToken.None),
                Throws.InvalidOperationException);
        }

        shop.Line.Around = (_, _, _) => { };
        await shop.RunAsync(batch);

        Assert.That(shop.Line[Unit.Dryer].State, Is.EqualTo(command switch
        {
            ControlCommand.Hold => PackMlState.Held,
            ControlCommand.Stop => PackMlState.Stopped,
            _ => PackMlState.Aborted,
        }));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.Dry), Is.EqualTo(1));
    }

    [Test]
    public async Task HeldPhase_ThatIsStopped_EndsItsRequestAndAsks()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        await CommandedAsync(shop, batch, PhaseKind.Dry, ControlCommand.Hold);
        Command(shop, batch, ControlCommand.Stop);

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Question, Is.EqualTo("dry it again, or scrap the sheet?"));
        Assert.That(shop.Line[Unit.Dryer].State, Is.EqualTo(PackMlState.Stopped));
        Assert.That(shop.Line.Commands.Select(c => c.Command), Does.Not.Contain(PackMlCommand.Unhold));
    }

    [Test]
    public async Task UnitThatHoldsByItself_GoesOnOnlyWhenAPersonLetsIt_EachTime()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line[Unit.Dryer].HoldsAt = TimeSpan.FromSeconds(600);
        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Reason, Is.EqualTo("Dryer has held Dry by itself at 600 s"));
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasHeld>(), "a restart is no leave");

        shop.Line[Unit.Dryer].HoldsAt = TimeSpan.FromSeconds(900);
        Disturbance.Resume(shop, batch);
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasHeld>(), "one leave is for one stand");
        Disturbance.Resume(shop, batch);

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Line.Log.Select(a => a.What), Is.EqualTo(await PlannedAsync()));
    }

    [TestCase(480.0, true)]
    [TestCase(479.9, false)]
    [TestCase(double.NaN, false)]
    public async Task PressDwell_IsResumedOnlyWhileItsPressureStands(double pressureMpa, bool isResumed)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Live = (unit, tag) => (unit, tag) == (Unit.Press, "PressurePV") ? pressureMpa : double.NaN;
        shop.Line[Unit.Press].HoldsAt = TimeSpan.FromSeconds(900);
        await shop.RunAsync(batch);

        Disturbance.Resume(shop, batch);
        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome is BatchWasReleased, Is.EqualTo(isResumed));
        if (outcome is BatchWasHeld held)
        {
            Assert.That(held.Reason, Does.Contain("PressurePV is").And.Contain("below 480"));
            Command(shop, batch, ControlCommand.Stop);
            Assert.That(((BatchWasHeld)await shop.RunAsync(batch)).Step, Is.EqualTo("press/cycle"));
        }
    }

    [Test]
    public async Task UnitThatTakesACommandAndIgnoresIt_CallsAPerson()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Deaf = (unit, command) => unit == Unit.Dryer && command == PackMlCommand.Hold;

        var held = (BatchWasHeld)await CommandedAsync(shop, batch, PhaseKind.Dry, ControlCommand.Hold);

        Assert.That(held.Reason, Does.StartWith("Dryer took Hold 5 times and did not obey"));
    }

    [TestCase("", "why", "by: the name of who commands it is needed")]
    [TestCase("Olga", " ", "a reason is needed")]
    public void Command_WithoutNameOrReason_IsRefused(string by, string reason, string refusal)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using Journal journal = shop.OpenJournal();
        long head = journal.HeadSeq;
        Assert.That(shop.Start(journal).Command(batch, ControlCommand.Stop, by, reason), Is.EqualTo(refusal));
        Assert.That(journal.HeadSeq, Is.EqualTo(head));
    }

    internal static async Task<BatchOutcome> CommandedAsync(
        Workshop shop, string batch, PhaseKind phase, ControlCommand command)
    {
        using Journal journal = shop.OpenJournal();
        BatchEngine engine = shop.Start(journal);
        bool isGiven = false;
        shop.Line.Around = (call, _, before) =>
        {
            if (call == "await" && before && !isGiven && shop.Line.Log[^1].Phase == phase)
            {
                isGiven = true;
                shop.Line.Clock.Advance(IntoThePhase);
                Assert.That(engine.Command(batch, command, "Olga", "shift change"), Is.Null);
            }
        };
        BatchOutcome outcome = await engine.RunAsync(batch, CancellationToken.None);
        shop.Line.Around = (_, _, _) => { };
        return outcome;
    }

    private static void Command(Workshop shop, string batch, ControlCommand command)
    {
        using Journal journal = shop.OpenJournal();
        Assert.That(shop.Start(journal).Command(batch, command, "Olga", "shift change"), Is.Null);
    }

    private static void AnswerOf(Workshop shop, string batch, AnswerKind kind)
    {
        Answer answer = new(kind, "looked at it", [shop.Sign("Erik", Domain.Quality.SignerRole.ProcessEngineer)])
        {
            PressureMpa = kind == AnswerKind.PressAgain ? 495m : null,
        };
        Assert.That(shop.Answer(batch, answer), Is.Empty);
    }

    private static async Task<List<string>> PlannedAsync()
    {
        using var shop = new Workshop();
        await shop.RunAsync(shop.Create());
        return [.. shop.Line.Log.Select(a => a.What)];
    }
}
