using CoatLine.Cli.Output;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using Spectre.Console.Testing;

namespace CoatLine.Cli.Tests;

/// <summary>What a person sees, at the size of an ordinary terminal.</summary>
[TestFixture]
internal sealed class PictureTests
{
    private const int Columns = 100;
    private const int Rows = 38;

    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    [Test]
    public void Screen_OfAMixCycle_ShowsCycleLiveValuesGateAndBoxes()
    {
        SampleBatch batch = new();
        batch.Record(
            SampleBatch.Created(),
            SampleBatch.Cycle(SubLayer.Base, MixStageKind.PreDilution, 6),
            SampleBatch.Intended(
                Unit.Mixer, PhaseKind.MixCycle, new NamedValue("CycleIndex", 7), new NamedValue("StageId", 1)),
            SampleBatch.Started());
        batch.Progress.Apply(new LiveValue(Unit.Mixer, "SlurryTemp", 41.23, At));
        batch.Progress.Apply(new LiveValue(Unit.Mixer, "RevSpeedPV", 2000.4, At));

        string screen = Draw(batch.Progress);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(screen, Does.Contain("cycle 7 of 12 before dilution, Base"));
            Assert.That(screen, Does.Contain("2000 rpm").And.Contain("41.2 °C (start ≤ 35, warn 50, stop 60 °C)"));
            Assert.That(screen, Does.Contain("■■■■■■□□□□□□ +NMP □□□□□"));
            Assert.That(screen, Does.Contain("line 08:30:00").And.Contain("×600"));
        }
    }

    [Test]
    public void Screen_WithEverythingOnIt_FitsAnOrdinaryTerminal()
    {
        SampleBatch batch = new();
        decimal[] baseUm = [30.5m, 31.7m, 33.4m, 30.2m, 31.4m, 32.4m, 30.0m, 31.1m, 32.4m];
        batch.Record(
            SampleBatch.Created(),
            SampleBatch.Cycle(SubLayer.Base, MixStageKind.PreDilution, 12),
            SampleBatch.Profile(SubLayer.Base, LayerState.Dried, baseUm),
            SampleBatch.Profile(null, LayerState.Dried, [.. baseUm.Select(static t => t + 5)]),
            new GapPlanned(SampleBatch.Id, "s", true, 33.4m, 58.6m, 61.6m, 59.9m, 0.188m, 6.68m, 0.0586m, ""),
            new LinkLost(SampleBatch.Id, Unit.Press, "no answer"));

        string[] lines = Draw(batch.Progress).Split('\n');

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.LessThanOrEqualTo(Rows));
            Assert.That(lines.Max(static l => l.TrimEnd().Length), Is.LessThanOrEqualTo(Columns));
            Assert.That(lines, Has.Some.Contain("window 58.6–61.6 µm").And.Some.Contain("▲"));
        }
    }

    [Test]
    public void Screen_BeforeTheFirstFact_CanBeDrawn() =>
        Assert.That(Draw(new BatchProgress()), Does.Contain("waiting for the first fact"));

    [Test]
    public void Chart_OfBothLayers_MarksThickestBaseAndThinnestTop()
    {
        ThicknessProfile below = Profile(SubLayer.Base, 30m, 33.5m, 31m);
        ThicknessProfile total = Profile(null, 35.6m, 38.5m, 36.4m);

        IReadOnlyList<string> lines = ProfileChart.Draw(below, total, rows: 6);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Count.EqualTo(8));
            Assert.That(lines[^1], Does.Contain("[33.5]").And.Not.Contain("[30.0]"));
            Assert.That(lines[^2], Does.Contain("[5.00]").And.Contain("5.60"));
            Assert.That(lines[0], Does.Contain("▒").And.Contain("38.5 ┤"));
            Assert.That(lines[5], Does.Contain("████").And.Not.Contain("▒"));
        }
    }

    [Test]
    public void Chart_OfTheBaseAlone_HasNoTop()
    {
        IReadOnlyList<string> lines = ProfileChart.Draw(Profile(SubLayer.Base, 30m, 33.5m), total: null, rows: 4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Count.EqualTo(5));
            Assert.That(string.Concat(lines), Does.Not.Contain("▒"));
        }
    }

    [Test]
    public void Verdict_OfAReleasedBatch_ShowsRatioInBothStatesAndHeadHash()
    {
        SampleBatch batch = new();
        batch.Record(
            SampleBatch.Created(), SampleBatch.Judged(SampleBatch.Check("R35", Verdict.Pass)), SampleBatch.Released());

        string text = VerdictOf(batch.Progress);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("1:6.71").And.Contain("1:7.52").And.Contain("RELEASED"));
            Assert.That(text, Does.Contain("37.4 %").And.Contain("0.070 µm").And.Contain("0.92 µm"));
            Assert.That(text, Does.Contain("331 events in the ledger, head abc"));
        }
    }

    [Test]
    public void Verdict_OfARejectedBatch_PutsWhatFailedFirst()
    {
        SampleBatch batch = new();
        batch.Record(
            SampleBatch.Judged(SampleBatch.Check("R33", Verdict.Pass), SampleBatch.Check("R30", Verdict.Fail)),
            SampleBatch.Rejected());

        string text = VerdictOf(batch.Progress);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("FAIL").And.Contain("REJECTED").And.Contain("R30 is 10.8"));
            Assert.That(
                text.IndexOf("R30", StringComparison.Ordinal),
                Is.LessThan(text.IndexOf("R33", StringComparison.Ordinal)));
        }
    }

    [Test]
    public void Verdict_OfAHeldBatch_AsksItsQuestion() =>
        Assert.That(
            VerdictOf(new SampleBatch().Record(SampleBatch.Held()).Progress),
            Does.Contain("HELD").And.Contain("Repeat the cycle?"));

    [Test]
    public void FactText_OfEveryEventType_IsALineOrKnownToBeSilent()
    {
        Type[] silent = [typeof(PhaseAccepted), typeof(PhaseStarted)];
        Type[] spoken =
        [
            .. typeof(BatchEvent).Assembly.GetTypes()
                .Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(BatchEvent))).Except(silent),
        ];
        string source = File.ReadAllText(Path.Combine(FindRoot(), "src/CoatLine.Cli/Watching/FactText.cs"));

        Assert.That(spoken, Is.Not.Empty);
        Assert.That(
            spoken.Where(t => !source.Contains($"        {t.Name} e => ", StringComparison.Ordinal)), Is.Empty);
    }

    private static ThicknessProfile Profile(SubLayer? layer, params decimal[] thicknessUm) => new(
        layer,
        LayerState.Dried,
        [.. thicknessUm.Select(static (t, i) => new ProfilePoint(i + 1, i * 10, 0, new(t)))]);

    private static string Draw(BatchProgress progress)
    {
        using TestConsole console = Terminal();
        console.Write(LiveScreen.Draw(progress, At, 600));
        return console.Output.TrimEnd('\n');
    }

    private static string VerdictOf(BatchProgress progress)
    {
        using TestConsole console = Terminal();
        VerdictReport.Draw(console, progress, 331, "abc");
        return console.Output;
    }

    private static TestConsole Terminal()
    {
        TestConsole console = new();
        console.Profile.Width = Columns;
        return console;
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CoatLineMES.sln")))
        {
            at = at.Parent;
        }

        return at!.FullName;
    }
}
