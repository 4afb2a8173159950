using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CoatLine.Cli.Watching;

/// <summary>
/// The picture of a running batch, at most 100 columns by 36 rows. Calm: grey text, values beside their limits; colour
/// only for what is abnormal.
/// </summary>
internal static class LiveScreen
{
    private const int ProfileRows = 10;

    private static readonly (Milestone Milestone, string Text)[] Timeline =
    [
        (Milestone.MixBase, "mix Base"), (Milestone.Coat1, "coat 1"), (Milestone.Dry1, "dry"),
        (Milestone.Profile1, "profile"), (Milestone.MixTop, "mix Top"), (Milestone.Coat2, "coat 2"),
        (Milestone.Dry2, "dry"), (Milestone.Profile2, "profile"), (Milestone.Press, "press"),
        (Milestone.Judge, "judge"),
    ];

    /// <summary>Draws the batch as it stands.</summary>
    /// <param name="progress">The batch.</param>
    /// <param name="lineNow">Line time now.</param>
    /// <param name="speed">Line seconds per real second.</param>
    public static IRenderable Draw(BatchProgress progress, DateTimeOffset lineNow, double speed)
    {
        List<IRenderable> rows =
        [
            Head(progress, lineNow, speed),
            new Rule { Style = Style.Parse("grey") },
            Steps(progress),
            Text.Empty,
            Now(progress),
            Text.Empty,
            Cycles(progress, SubLayer.Base),
        ];
        if (progress.Recipe?.Slurry(SubLayer.Top) is not null)
        {
            rows.Add(Cycles(progress, SubLayer.Top));
        }

        rows.Add(Text.Empty);
        rows.Add(Units(progress));
        if (progress.BaseDried is { } baseDried)
        {
            rows.Add(Text.Empty);
            rows.AddRange(
                ProfileChart.Draw(baseDried, progress.TotalDried, ProfileRows).Select(static l => new Text(l)));
        }

        if (progress.Gap is { Feasible: true } gap)
        {
            rows.Add(Line("Gap", Plain(
                $"coat 2 window {gap.WindowLowUm:0.0}–{gap.WindowHighUm:0.0} µm above the foil, ") +
                Plain($"proposed {gap.ProposedUm:0.0} µm (Base max {gap.BaseMaxUm:0.0} µm)")));
        }

        if (progress.Abnormal is { } abnormal)
        {
            rows.Add(new Markup($"[yellow]▲ {Markup.Escape(abnormal)}[/]"));
        }

        rows.Add(new Rule { Style = Style.Parse("grey") });
        rows.AddRange(progress.Recent.Select(
            static l => new Markup($"[grey]{Markup.Escape(l)}[/]") { Overflow = Overflow.Ellipsis }));
        return new Rows(rows);
    }

    private static Grid Head(BatchProgress progress, DateTimeOffset lineNow, double speed)
    {
        Grid grid = new Grid().Expand();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn().RightAligned().NoWrap());
        string title = progress.Batch.Length == 0
            ? "waiting for the first fact"
            : $"[bold]{Markup.Escape(progress.Batch)}[/]  {Markup.Escape(progress.Title)}";
        grid.AddRow(
            new Markup(title),
            new Text(Plain($"line {lineNow:HH:mm:ss}  ×{speed:0.###}  {progress.Seen} facts")));
        return grid;
    }

    private static Markup Steps(BatchProgress progress) => new(string.Join("  ", Timeline.Select(
        step => progress.State(step.Milestone) switch
        {
            MilestoneState.Done => $"{step.Text} ✓",
            MilestoneState.Running => $"[bold]{step.Text} ▶[/]",
            _ => $"[grey]{step.Text}[/]",
        })));

    private static Rows Now(BatchProgress progress)
    {
        if (progress.Phase is not { } phase)
        {
            (string what, string detail) = Waiting(progress);
            return new Rows(Line("Now", what), Line("", detail));
        }

        string state = progress.Running ? "runs" : "asked for";
        return new Rows(
            Line(
                "Now",
                $"{FactText.Name(phase.Unit)}: {FactText.PhaseName(phase.Phase)} {state}{Place(progress, phase)}"),
            Line("", Values(progress, phase.Unit)));
    }

    private static (string What, string Detail) Waiting(BatchProgress progress)
    {
        double temperature = progress.Live(Unit.Mixer, "SlurryTemp");
        bool mixing = progress.State(Milestone.MixBase) == MilestoneState.Running
            || progress.State(Milestone.MixTop) == MilestoneState.Running;
        return mixing && temperature > 0 && progress.Recipe is { } recipe
            ? ("Mixer: the slurry cools", Plain(
                $"slurry {temperature:0.0} °C, a cycle starts at ≤ {recipe.Site.Mixing.Start.Value:0.#} °C"))
            : ("between two phases", "");
    }

    private static string Place(BatchProgress progress, Domain.Events.PhaseIntended phase)
    {
        if (phase.Phase != PhaseKind.MixCycle)
        {
            return "";
        }

        double cycle = phase.Parameters.FirstOrDefault(static p => p.Name == "CycleIndex")?.Number ?? 0;
        MixStageKind stage = phase.Parameters.FirstOrDefault(static p => p.Name == "StageId")?.Number == 2
            ? MixStageKind.PostDilution
            : MixStageKind.PreDilution;
        (_, int of) = progress.Cycles(progress.Layer, stage);
        return Plain($", cycle {cycle} of {of} {FactText.Word(stage)}, {progress.Layer}");
    }

    private static string Values(BatchProgress progress, Unit unit) => unit switch
    {
        Unit.Mixer => string.Join(" · ",
            Value(progress, unit, "RevSpeedPV", "0", "rpm"),
            Value(progress, unit, "StepElapsed", "0", "s") + CycleTime(progress),
            "slurry " + Value(progress, unit, "SlurryTemp", "0.0", "°C") + Limits(progress)),
        Unit.Coater => string.Join(" · ",
            "gap left " + Value(progress, unit, "GapLeft", "0.0", "µm"),
            "right " + Value(progress, unit, "GapRight", "0.0", "µm"),
            Value(progress, unit, "SpeedPV", "0.0", "mm/s"),
            "position " + Value(progress, unit, "Position", "0", "mm")),
        Unit.Dryer => string.Join(" · ",
            "sample " + Value(progress, unit, "SampleTemp", "0", "°C"),
            "segment " + Value(progress, unit, "SegmentIndex", "0", ""),
            Value(progress, unit, "Remaining", "0", "s") + " left",
            "LEL " + Value(progress, unit, "Lel", "0.0", "%") + " (< 10)"),
        Unit.Press => string.Join(" · ",
            Value(progress, unit, "PressurePV", "0", "MPa"),
            Value(progress, unit, "MediumTempPV", "0.0", "°C"),
            "dwell " + Value(progress, unit, "DwellElapsed", "0", "s")),
        Unit.Balance => "gross " + Value(progress, unit, "Gross", "0.000", "g"),
        Unit.ThicknessGauge => Value(progress, unit, "Thickness", "0.00", "µm"),
        Unit.Profilometer => "Sa " + Value(progress, unit, "Sa", "0.000", "µm"),
        _ => "",
    };

    private static string CycleTime(BatchProgress progress) =>
        progress.Recipe?.Slurry(progress.Layer)?.PreDilution is { } stage
            ? Plain($" of {stage.CycleTime.Value:0.#} s")
            : "";

    private static string Limits(BatchProgress progress) => progress.Recipe?.Site.Mixing is { } mixing
        ? Plain($" (start ≤ {mixing.Start.Value:0.#}, warn {mixing.Warn.Value:0.#}, ") +
            Plain($"stop {mixing.Stop.Value:0.#} °C)")
        : "";

    private static string Value(BatchProgress progress, Unit unit, string tag, string format, string symbol)
    {
        double value = progress.Live(unit, tag);
        string number = double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
        return symbol.Length == 0 ? number : $"{number} {symbol}";
    }

    private static Markup Cycles(BatchProgress progress, SubLayer layer)
    {
        (int preDone, int preOf) = progress.Cycles(layer, MixStageKind.PreDilution);
        (int postDone, int postOf) = progress.Cycles(layer, MixStageKind.PostDilution);
        return new Markup(
            $"[grey]{(layer == SubLayer.Base ? "Cycles" : ""),-8}[/]{layer,-5} " +
            $"{Boxes(preDone, preOf)} [grey]+NMP[/] {Boxes(postDone, postOf)}  " +
            $"[grey]{preDone} of {preOf}, {postDone} of {postOf}[/]");
    }

    private static string Boxes(int done, int of) =>
        $"{new string('■', done)}[grey]{new string('□', Math.Max(0, of - done))}[/]";

    private static Markup Units(BatchProgress progress) => new(
        $"[grey]{"Units",-8}[/]" + string.Join("  ", Enum.GetValues<Unit>().Select(unit =>
            progress.Phase is { } phase && phase.Unit == unit
                ? $"[bold]{FactText.Name(unit)} {(progress.Running ? "runs" : "asked")}[/]"
                : $"[grey]{FactText.Name(unit)} idle[/]")));

    private static Markup Line(string name, string text) => new($"[grey]{name,-8}[/]{Markup.Escape(text)}");

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
