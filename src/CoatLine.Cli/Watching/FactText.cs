using System.Globalization;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Cli.Watching;

/// <summary>One line of text per recorded fact, for the person who follows a run.</summary>
internal static class FactText
{
    /// <summary>The line, or null for a fact that only the record needs.</summary>
    public static string? Of(BatchEvent fact) => fact switch
    {
        BatchCreated e => $"batch {e.Batch} created from {e.RecipeId} v{e.RecipeVersion}: {e.RecipeTitle}",
        ChecksJudged e => Checks(e),
        PhaseIntended e => Text($"{Name(e.Unit)}: {PhaseName(e.Phase)} asked for (request {e.RequestId})"),
        PhaseReattached e => $"request {e.RequestId} found on its unit after a restart: {Word(e.How)}",
        PhaseRefused e => $"REFUSED request {e.RequestId}: {e.Code} {e.Text} {Differences(e)}".TrimEnd(),
        PhaseFailed e => $"FAILED {e.Step}: {e.Reason}",
        MaterialWeighed e => Text(
            $"weighed {e.NetG:0.###} g {e.Material} into {e.Container} (target {e.TargetG:0.###} g)"),
        TemperatureGatePassed e => Text(
            $"{e.Layer} slurry at {e.TempDegc:0.0} °C, gate {e.LimitDegc:0.#} °C, waited {e.WaitedS:0} s"),
        MixCycleCompleted e => Text(
            $"{e.Layer} cycle {e.Cycle} of {e.Of} {Word(e.Stage)}: {e.StepS:0.0} s at {e.SpeedMeanRpm:0} rpm, ") +
            Text($"peak {e.TempPeakDegc:0.0} °C"),
        MixCycleAborted e => $"{e.Layer} cycle {e.Cycle} of {e.Of} DOES NOT COUNT: {e.Reason}",
        SlurryCompleted e => $"{e.Layer} slurry complete: {e.CyclesPreDilution} + {e.CyclesPostDilution} cycles",
        CoatCompleted e => Text(
            $"coat {e.CoatIndex} ({e.Layer}) drawn: gap {e.GapLeftUm:0.0}/{e.GapRightUm:0.0} µm, ") +
            Text($"set {e.GapSetUm:0.0} µm, {e.SpeedMeanMmPerS:0.0} mm/s"),
        DryingCompleted e => Text(
            $"{e.Layer} dried: {e.Segment1S / 60:0} min up to {e.Segment1TempMaxDegc:0} °C, ") +
            Text($"{e.Segment2S / 60:0} min up to {e.Segment2TempMaxDegc:0} °C, NMP {e.ResidualNmpPpm:0} ppm"),
        ProfileRegistered e => Profile(e),
        GapPlanned e => Gap(e),
        ArealMassMeasured e => Text($"{LayerName(e.Layer)} areal mass {e.MeanMgPerCm2:0.000} mg/cm²"),
        PressCycleCompleted e => Text(
            $"pressed: {e.PressureMeanMpa:0.0} MPa, {e.TempMinDegc:0.0}–{e.TempMaxDegc:0.0} °C, dwell {e.DwellS:0} s"),
        RoughnessMeasured e => "roughness Sa/Sz " + string.Join(
            ", ", e.Samples.Select(static s => Text($"{s.SaUm:0.000}/{s.SzUm:0.00}"))) + " µm",
        QcJudged e => $"judged by {e.Checks.Length} checks: {e.Disposition}",
        GapLearnt e => Text($"gap of {e.Layer}: offset {e.Learnt.OffsetUm:0.00} µm from now on"),
        QuestionAnswered { Answer: AnswerKind.Scan } e => $"scanned {e.Scanned}",
        QuestionAnswered e => $"answered at {e.Step}: {e.Answer}, {e.Reason} ({Signers(e.Signatures)})",
        IdentityRefused e => $"WRONG: {e.Scanned} was scanned where {e.Expected} is expected",
        SheetDisposed { Outcome: LotOutcome.Product } e => $"sheet {e.Sheet}: product",
        SheetDisposed e => $"sheet {e.Sheet}: {OutcomeWord(e.Outcome)}, {string.Join("; ", e.Reasons)}",
        TrialConcluded e => $"batch {e.Batch} CONCLUDED as a trial, never product; breaks "
            + string.Join(", ", e.BrokenRules),
        BatchReleased e => $"batch {e.Batch} RELEASED ({e.Disposition})",
        BatchRejected e => $"batch {e.Batch} REJECTED: {e.Reason}",
        BatchHeld e => $"batch {e.Batch} HELD: {e.Reason} {e.Question}",
        BatchResumed e => $"batch {e.Batch} goes on: {e.Why}{(e.By is null ? "" : $" ({e.By})")}",
        BatchCommanded e => $"{e.Command.ToString().ToUpperInvariant()} of {e.Batch} by {e.By}: {e.Reason}",
        ExecutionModeSet e => $"mode of {e.Batch} is {e.Mode} from now on, by {e.By}: {e.Reason}",
        PhaseHeld e => Text($"phase of {e.Step} stands{(e.ElapsedS is { } s ? Text($" at {s:0.#} s") : "")}"),
        PhaseResumed e => $"phase of {e.Step} goes on",
        PhaseSuspended e => $"phase of {e.Step} waits for a condition of its unit",
        PhaseUnsuspended e => $"phase of {e.Step} runs again",
        UnitAwaited e => $"{e.Batch} waits for {Name(e.Unit)}, which {e.HeldBy} has",
        UnitReset e => $"{Name(e.Unit)} is cleared and reset, it was {e.From}",
        StepSkipped e => $"SKIPPED {e.Step}: {e.Reason}",
        UnitQuarantined e => $"QUARANTINE of {Name(e.Unit)}: {e.Reason}",
        UnitFreed e => $"{Name(e.Unit)} freed from quarantine by {e.By}: {e.Reason}",
        LinkLost e => $"LINK LOST to {(e.Unit is { } unit ? Name(unit) : "the line")}: {e.Why}",
        LinkRestored e => $"link to {(e.Unit is { } unit ? Name(unit) : "the line")} restored",
        DataGapFound e => Text($"REPORTS LOST between {e.From:HH:mm:ss.f} and {e.To:HH:mm:ss.f} UTC: {e.Why}"),
        AlarmRaised e => Text($"ALARM {e.Severity} {Name(e.Unit)} {e.Alarm} {e.Message}").TrimEnd(),
        AlarmAcknowledged e => Text(
            $"alarm {Name(e.Unit)} {e.Alarm} acknowledged {(e.By is null ? "" : $"by {e.By} {e.Comment}")}").TrimEnd(),
        AlarmShelved e => Text($"alarm {Name(e.Unit)} {e.Alarm} shelved until {e.Until:HH:mm} by {e.By}: {e.Reason}"),
        AlarmUnshelved e => $"alarm {Name(e.Unit)} {e.Alarm} back from the shelf",
        AlarmFloodBegan e => $"ALARM FLOOD: {e.Alarms} in ten minutes, first {Name(e.FirstUnit)} {e.FirstAlarm}",
        AlarmFloodEnded e => $"alarm flood over after {e.Alarms} alarms",
        AlarmCleared e => $"alarm {Name(e.Unit)} {e.Alarm} gone",
        LedgerSealed e => Text($"ledger signed up to event {e.CheckpointSeq}"),
        LabResultEntered e => LabTable.Line(e),
        RecipeApproved e => $"recipe {e.RecipeId} v{e.RecipeVersion} approved by {Signers(e.Signatures)}",
        RecipeRetired e => $"recipe {e.RecipeId} v{e.RecipeVersion} retired by {e.Signature.Person}: {e.Reason}",
        LotReceived e => $"lot {e.Lot.Lot} of {e.Lot.Material} received by {e.By}",
        LotStatusSet e => $"lot {e.Lot} is {LotRelease.Word(e.Status)} by {e.Signature.Person}: {e.Reason}",
        EngineStarted e => Text($"engine started, epoch {e.Epoch}, journal head {e.JournalHead}"),
        _ => null,
    };

    /// <summary>A sub-layer, or both together.</summary>
    public static string LayerName(SubLayer? layer) => layer is { } one ? one.ToString() : "Base + Top";

    /// <summary>A unit as a person calls it.</summary>
    public static string Name(Unit unit) => unit == Unit.ThicknessGauge ? "Gauge" : unit.ToString();

    /// <summary>A phase as a person calls it.</summary>
    public static string PhaseName(PhaseKind phase) => phase switch
    {
        PhaseKind.Weigh => "weigh in",
        PhaseKind.WeighPunch => "weigh punched discs",
        PhaseKind.MixCycle => "mix cycle",
        PhaseKind.Coat => "coat",
        PhaseKind.Dry => "dry",
        PhaseKind.MeasureProfile => "measure profile",
        PhaseKind.PressCycle => "press cycle",
        PhaseKind.MeasureRoughness => "measure roughness",
        _ => phase.ToString(),
    };

    /// <summary>A stage as a person calls it.</summary>
    public static string Word(MixStageKind stage) =>
        stage == MixStageKind.PreDilution ? "before dilution" : "after dilution";

    private static string Word(ReattachKind how) => how switch
    {
        ReattachKind.Resent => "never seen there, sent again under the same id",
        ReattachKind.Accepted => "accepted, waiting for start",
        ReattachKind.Running => "running",
        ReattachKind.Completed => "finished, result read",
        _ => how.ToString(),
    };

    /// <summary>What became of a sheet, as a person calls it.</summary>
    public static string OutcomeWord(LotOutcome outcome) => outcome switch
    {
        LotOutcome.Product => "product",
        LotOutcome.ProductOnSignature => "product on signature",
        LotOutcome.ProductByWaiver => "product by waiver",
        LotOutcome.Trial => "trial",
        LotOutcome.Reject => "rejected",
        _ => "held",
    };

    private static string Signers(IEnumerable<Signature> signatures) =>
        string.Join(", ", signatures.Select(static s => $"{s.Person}, {s.Role}"));

    private static string Checks(ChecksJudged e)
    {
        RuleCheck[] broken = [.. e.Checks.Where(static c => c.Verdict is Verdict.Fail or Verdict.NotMeasured)];
        return broken.Length == 0
            ? $"{e.Checks.Length} {(e.Checks.Length == 1 ? "check holds" : "checks hold")} ({e.Stage})"
            : $"{broken.Length} of {e.Checks.Length} checks FAIL ({e.Stage}): "
                + string.Join("; ", broken.Select(static c => c.Message));
    }

    private static string Differences(PhaseRefused e) => string.Join(
        ", ", e.EchoDifferences.Select(static d => $"{d.Name}: meant {d.Meant}, echoed {d.Echoed}"));

    private static string Profile(ProfileRegistered e)
    {
        decimal[] thickness = [.. e.Points.Select(static p => p.ThicknessUm)];
        string state = e.State == LayerState.Pressed ? "pressed" : "dried";
        return Text($"{LayerName(e.Layer)} profile {state}, {thickness.Length} points: ") +
            Text($"{thickness.Min():0.00}–{thickness.Max():0.00} µm (gauge ±{e.GaugeClassUm:0.0##} µm)");
    }

    private static string Gap(GapPlanned e) => e.Feasible
        ? Text($"coat 2 planned: Base max {e.BaseMaxUm:0.00} µm, ") +
            Text($"window {e.WindowLowUm:0.0}–{e.WindowHighUm:0.0} µm, proposed {e.ProposedUm:0.0} µm above the foil")
        : $"coat 2 has NO permissible gap: {e.Reason}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
