using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Cli.Watching;

/// <summary>A check with the stage at which it was judged.</summary>
internal sealed record JudgedCheck(RuleStage Stage, RuleCheck Check, string? Sheet = null);

/// <summary>What was measured and planned of one sheet.</summary>
internal sealed record SheetProfiles(
    ThicknessProfile? BaseDried, ThicknessProfile? TotalDried, ThicknessProfile? TotalPressed, GapPlanned? Gap)
{
    public static SheetProfiles None { get; } = new(null, null, null, null);
}

/// <summary>
/// What a person wants to see of a batch, folded from its recorded facts and the live values. Not thread-safe: the
/// watcher feeds and reads it under one lock.
/// </summary>
internal sealed class BatchProgress
{
    /// <summary>How many of the last lines are kept for the screen.</summary>
    public const int RecentLines = 5;

    private readonly Dictionary<(SubLayer Layer, MixStageKind Stage), (int Done, int Of)> _cycles = [];
    private readonly Dictionary<(Unit Unit, string Tag), double> _live = [];
    private readonly Dictionary<Milestone, MilestoneState> _milestones = [];
    private readonly Queue<string> _recent = new();
    private readonly List<JudgedCheck> _checks = [];
    private readonly List<SheetDisposed> _sheets = [];
    private readonly List<QcJudged> _judgedSheets = [];
    private readonly SortedDictionary<string, SheetProfiles> _profiles = new(StringComparer.Ordinal);

    /// <summary>Batch id, or empty before its first fact.</summary>
    public string Batch { get; private set; } = "";

    /// <summary>Recipe title.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The recipe pinned in the batch; null before its first fact.</summary>
    public Recipe? Recipe { get; private set; }

    /// <summary>The sub-layer that is being made.</summary>
    public SubLayer Layer { get; private set; }

    /// <summary>What was asked of a unit last and is not concluded; null between two phases.</summary>
    public PhaseIntended? Phase { get; private set; }

    /// <summary>Whether <see cref="Phase"/> runs on its unit.</summary>
    public bool Running { get; private set; }

    /// <summary>The sheet whose profiles and gap are shown: the one measured last, unless another was asked for; empty
    /// before any was measured.</summary>
    public string Sheet { get; private set; } = "";

    /// <summary>The sheets measured so far, by id.</summary>
    public IEnumerable<string> MeasuredSheets => _profiles.Keys;

    /// <summary>Dried Base, at the registered points.</summary>
    public ThicknessProfile? BaseDried => Shown.BaseDried;

    /// <summary>Dried Base and Top together.</summary>
    public ThicknessProfile? TotalDried => Shown.TotalDried;

    /// <summary>Pressed Base and Top together.</summary>
    public ThicknessProfile? TotalPressed => Shown.TotalPressed;

    /// <summary>The plan of coat 2.</summary>
    public GapPlanned? Gap => Shown.Gap;

    /// <summary>The verdict by rules.</summary>
    public QcJudged? Judged { get; private set; }

    /// <summary>The verdict by rules on each sheet so far, in order.</summary>
    public IReadOnlyCollection<QcJudged> JudgedSheets => _judgedSheets;

    /// <summary>What became of each sheet so far, in order.</summary>
    public IReadOnlyCollection<SheetDisposed> Sheets => _sheets;

    /// <summary>Every check judged so far, in order; bounded by the steps of the batch.</summary>
    public IReadOnlyCollection<JudgedCheck> Checks => _checks;

    /// <summary>The fact that ended or stopped the batch: released, rejected or held.</summary>
    public BatchEvent? End { get; private set; }

    /// <summary>The last sentence about something abnormal that still stands; null when all is well.</summary>
    public string? Abnormal { get; private set; }

    /// <summary>Facts seen of the line, this batch's and others.</summary>
    public long Seen { get; private set; }

    /// <summary>Sequence number and hash of the last fact; null before the first.</summary>
    public ChainedEvent? Head { get; private set; }

    /// <summary>The last lines of text, oldest first.</summary>
    public IReadOnlyCollection<string> Recent => _recent;

    private SheetProfiles Shown => _profiles.GetValueOrDefault(Sheet, SheetProfiles.None);

    /// <summary>Shows another sheet's profiles and gap; one that was not measured shows nothing.</summary>
    public void Show(string sheet) => Sheet = sheet;

    /// <summary>The state of a part of the batch.</summary>
    public MilestoneState State(Milestone milestone) => _milestones.GetValueOrDefault(milestone);

    /// <summary>Cycles done and planned of a stage; (0, 0) when the recipe does not have it.</summary>
    public (int Done, int Of) Cycles(SubLayer layer, MixStageKind stage) => _cycles.GetValueOrDefault((layer, stage));

    /// <summary>A live value in the contract's unit; NaN when it was never seen or is not Good.</summary>
    public double Live(Unit unit, string tag) => _live.GetValueOrDefault((unit, tag), double.NaN);

    /// <summary>Takes a live value in.</summary>
    public void Apply(LiveValue value) => _live[(value.Unit, value.Name)] = value.Value;

    /// <summary>Takes a recorded fact in; facts come in the order recorded.</summary>
    public void Apply(ChainedEvent recorded, BatchEvent fact, string? line)
    {
        Head = recorded;
        Seen++;
        if (line is not null)
        {
            _recent.Enqueue(line);
            while (_recent.Count > RecentLines)
            {
                _recent.Dequeue();
            }
        }

        switch (fact)
        {
            case BatchCreated created:
                Begin(created);
                break;
            case PhaseIntended intended:
                (Phase, Running, Abnormal) = (intended, false, null);
                StartMilestone(intended.Phase);
                break;
            case PhaseStarted:
                Running = true;
                break;
            case BatchReleased or BatchRejected or BatchHeld or TrialConcluded:
                (End, Phase, Running) = (fact, null, false);
                break;
            case BatchResumed or QuestionAnswered or BatchCommanded { Command: not ControlCommand.Hold }:
                (End, Abnormal) = (null, null);
                break;
            case ChecksJudged judged:
                _checks.AddRange(judged.Checks.Select(c => new JudgedCheck(judged.Stage, c, judged.Sheet)));
                break;
            case PhaseSuspended or UnitAwaited:
                Abnormal = line;
                break;
            case PhaseUnsuspended:
                Abnormal = null;
                break;
            case LinkLost:
                Abnormal = line;
                break;
            case LinkRestored:
                Abnormal = null;
                break;
            case StepConcluded concluded:
                Conclude(concluded, line);
                break;
        }
    }

    private void Begin(BatchCreated created)
    {
        (Batch, Title) = (created.Batch, created.RecipeTitle);
        Recipe = PinnedRecipe.Read(created);
        foreach (SlurryFormula slurry in Recipe?.Slurries ?? [])
        {
            _cycles[(slurry.Layer, MixStageKind.PreDilution)] = (0, slurry.PreDilution.Cycles);
            _cycles[(slurry.Layer, MixStageKind.PostDilution)] = (0, slurry.PostDilution.Cycles);
        }

        _milestones[Milestone.MixBase] = MilestoneState.Running;
    }

    private void StartMilestone(PhaseKind phase)
    {
        bool top = Layer == SubLayer.Top;
        Milestone? milestone = phase switch
        {
            PhaseKind.Coat => top ? Milestone.Coat2 : Milestone.Coat1,
            PhaseKind.Dry => top ? Milestone.Dry2 : Milestone.Dry1,
            PhaseKind.MeasureProfile when State(Milestone.Press) == MilestoneState.Done => Milestone.Judge,
            PhaseKind.MeasureProfile => top ? Milestone.Profile2 : Milestone.Profile1,
            PhaseKind.PressCycle => Milestone.Press,
            PhaseKind.MeasureRoughness => Milestone.Judge,
            _ => null,
        };
        if (milestone is { } one && State(one) == MilestoneState.Ahead)
        {
            _milestones[one] = MilestoneState.Running;
        }
    }

    private void Conclude(StepConcluded fact, string? line)
    {
        if (fact is PhaseConcluded)
        {
            (Phase, Running) = (null, false);
        }

        switch (fact)
        {
            case MaterialWeighed e:
                EnterLayer(e.Layer);
                break;
            case MixCycleCompleted e:
                EnterLayer(e.Layer);
                _cycles[(e.Layer, e.Stage)] = (e.Cycle, e.Of);
                break;
            case SlurryCompleted e:
                Done(e.Layer == SubLayer.Base ? Milestone.MixBase : Milestone.MixTop);
                break;
            case CoatCompleted e:
                Layer = e.Layer;
                Done(e.Layer == SubLayer.Base ? Milestone.Coat1 : Milestone.Coat2);
                break;
            case DryingCompleted e:
                Done(e.Layer == SubLayer.Base ? Milestone.Dry1 : Milestone.Dry2);
                break;
            case ProfileRegistered e:
                Register(e);
                break;
            case GapPlanned e:
                Keep(e.Sheet ?? Sheet, p => p with { Gap = e });
                break;
            case PressCycleCompleted:
                Done(Milestone.Press);
                break;
            case SheetDisposed e:
                _sheets.Add(e);
                break;
            case QcJudged e:
                Judged = e;
                _checks.AddRange(e.Checks.Select(c => new JudgedCheck(RuleStage.AfterWip, c, e.Sheet)));
                _judgedSheets.Add(e);
                Done(Milestone.Judge);
                break;
            case MixCycleAborted or PhaseFailed:
                Abnormal = line;
                break;
        }
    }

    private void EnterLayer(SubLayer layer)
    {
        Layer = layer;
        Milestone mixing = layer == SubLayer.Base ? Milestone.MixBase : Milestone.MixTop;
        if (State(mixing) == MilestoneState.Ahead)
        {
            _milestones[mixing] = MilestoneState.Running;
        }
    }

    private void Register(ProfileRegistered e)
    {
        ThicknessProfile profile = new(
            e.Layer,
            e.State,
            [.. e.Points.Select(static p => new ProfilePoint(p.Id, p.XMm, p.YMm, new(p.ThicknessUm)))]);
        switch (e.State, e.Layer)
        {
            case (LayerState.Dried, SubLayer.Base):
                Keep(e.Sheet, p => p with { BaseDried = profile });
                Done(Milestone.Profile1);
                break;
            case (LayerState.Dried, _):
                Keep(e.Sheet, p => p with { TotalDried = profile });
                Done(Milestone.Profile2);
                break;
            case (LayerState.Pressed, _):
                Keep(e.Sheet, p => p with { TotalPressed = profile });
                break;
        }
    }

    private void Keep(string sheet, Func<SheetProfiles, SheetProfiles> change)
    {
        Sheet = sheet;
        _profiles[sheet] = change(Shown);
    }

    private void Done(Milestone milestone) => _milestones[milestone] = MilestoneState.Done;
}
