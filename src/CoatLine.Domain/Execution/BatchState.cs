using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution;

/// <summary>Where a batch stands.</summary>
public enum BatchStatus
{
    /// <summary>There is no such batch.</summary>
    Unknown,

    /// <summary>It may go on.</summary>
    Running,

    /// <summary>It waits for a person.</summary>
    Held,

    /// <summary>Released as product.</summary>
    Released,

    /// <summary>Rejected.</summary>
    Rejected,

    /// <summary>An engineering lot made to its end: never product.</summary>
    TrialConcluded,
}

/// <summary>A request whose outcome is not recorded yet.</summary>
/// <param name="Intended">The intent.</param>
/// <param name="IsAccepted">Whether it is on record that the unit accepted it and echoed what was meant.</param>
public sealed record OpenPhase(PhaseIntended Intended, bool IsAccepted);

/// <summary>What is known of a batch: a pure fold of its events, in the order of the journal. Immutable.</summary>
public sealed record BatchState
{
    /// <summary>A batch of which nothing is recorded.</summary>
    public static BatchState Empty { get; } = new();

    /// <summary>Where it stands.</summary>
    public BatchStatus Status { get; private init; }

    /// <summary>How it was created; null when nothing is recorded.</summary>
    public BatchCreated? Created { get; private init; }

    /// <summary>The facts that concluded each step, by step id.</summary>
    public ImmutableDictionary<string, ImmutableArray<StepConcluded>> Outcomes { get; private init; } =
        ImmutableDictionary<string, ImmutableArray<StepConcluded>>.Empty;

    /// <summary>Attempts begun of each step that a unit does, by step id.</summary>
    public ImmutableDictionary<string, int> Attempts { get; private init; } =
        ImmutableDictionary<string, int>.Empty;

    /// <summary>The units that this batch has asked for a phase, whatever came of it.</summary>
    public ImmutableHashSet<Unit> Asked { get; private init; } = [];

    /// <summary>The request whose outcome is not known; null when there is none.</summary>
    public OpenPhase? Open { get; private init; }

    /// <summary>Why it is held; null when it is not.</summary>
    public BatchHeld? Held { get; private init; }

    /// <summary>The last answer to the question at each step, by step id; those of steps that are done again are gone.
    /// </summary>
    public ImmutableDictionary<string, QuestionAnswered> Answers { get; private init; } =
        ImmutableDictionary<string, QuestionAnswered>.Empty;

    /// <summary>Why each scrapped sheet was scrapped, by sheet id.</summary>
    public ImmutableDictionary<string, string> Scrapped { get; private init; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>Pressure of the second press cycle of each sheet that had one, MPa, by sheet id.</summary>
    public ImmutableDictionary<string, decimal> PressedAgain { get; private init; } =
        ImmutableDictionary<string, decimal>.Empty;

    /// <summary>How often each slurry was made again, by the first part of its step ids.</summary>
    public ImmutableDictionary<string, int> Remade { get; private init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Waivers given while the batch was made.</summary>
    public ImmutableArray<Deviation> Waivers { get; private init; } = [];

    /// <summary>The answer by which the batch was given up; null when there was none.</summary>
    public QuestionAnswered? GivenUp { get; private init; }

    /// <summary>What a person has commanded and is not carried out yet; null when there is nothing.</summary>
    public BatchCommanded? Commanded { get; private init; }

    /// <summary>How it goes from phase to phase.</summary>
    public ExecutionMode Mode { get; private init; }

    /// <summary>Why nothing of it is made any more: given up, or aborted and no phase under way. Null when it is made
    /// on.</summary>
    public string? EndedBecause => GivenUp?.Reason
        ?? (Commanded is { Command: ControlCommand.Abort } abort && Open is null
            ? $"aborted by {abort.By}: {abort.Reason}"
            : null);

    /// <summary>Whether a person let it go on and no new request has been made since.</summary>
    public bool IsResumed { get; private init; }

    /// <summary>Whether the link was lost and is not on record as restored.</summary>
    public bool IsLinkLost { get; private init; }

    /// <summary>Folds recorded events.</summary>
    public static BatchState Of(IEnumerable<BatchEvent> events) =>
        events.Aggregate(Empty, static (state, e) => state.Apply(e));

    /// <summary>Whether the step's outcome is recorded.</summary>
    public bool IsConcluded(string step) => Outcomes.ContainsKey(step);

    /// <summary>The fact of one type that concluded a step.</summary>
    /// <exception cref="InvalidOperationException">None is recorded: a procedure asked for it too early.</exception>
    public T Outcome<T>(string step)
        where T : StepConcluded =>
        Outcomes.GetValueOrDefault(step, []).OfType<T>().FirstOrDefault()
        ?? throw new InvalidOperationException($"no {typeof(T).Name} is recorded for step '{step}'");

    /// <summary>The state after one more fact. Facts of other batches change nothing.</summary>
    public BatchState Apply(BatchEvent fact)
    {
        if (Created is not null && fact.Batch != Created.Batch)
        {
            return this;
        }

        BatchState next = fact is StepConcluded concluded ? Conclude(concluded) : this;
        return fact switch
        {
            BatchCreated e => next with { Created = e, Status = BatchStatus.Running },
            PhaseIntended e => next with
            {
                Open = new OpenPhase(e, IsAccepted: false),
                Attempts = Attempts.SetItem(e.Step, e.Attempt),
                Asked = Asked.Add(e.Unit),
                IsResumed = false,
            },
            PhaseAccepted => next with { Open = Open is null ? null : Open with { IsAccepted = true } },
            PhaseRefused => next with { Open = null },
            BatchHeld e => next with
            {
                Status = BatchStatus.Held,
                Held = e,
                Commanded = Commanded is { Command: ControlCommand.Abort } ? Commanded : null,
            },
            BatchResumed => next with
            {
                Status = BatchStatus.Running, Held = null, IsResumed = true, Commanded = null,
            },
            BatchCommanded e => next.CommandedBy(e),
            PhaseResumed => next with { IsResumed = false },
            ExecutionModeSet e => next with { Mode = e.Mode },
            QuestionAnswered e => next.Answered(e),
            TrialConcluded => next with { Status = BatchStatus.TrialConcluded },
            BatchReleased => next with { Status = BatchStatus.Released },
            BatchRejected => next with { Status = BatchStatus.Rejected },
            LinkLost => next with { IsLinkLost = true },
            LinkRestored => next with { IsLinkLost = false },
            _ => next,
        };
    }

    /// <summary>
    /// Why the batch cannot go on after a concluded step: an unusable result, a cycle that does not count, or a check
    /// that fails or was not measured. Null when it can.
    /// </summary>
    /// <param name="step">Step id.</param>
    /// <param name="isCovered">Whether a deviation covers what a check found.</param>
    internal string? Obstacle(string step, Func<RuleCheck, bool> isCovered)
    {
        foreach (StepConcluded fact in Outcomes.GetValueOrDefault(step, []))
        {
            string? reason = fact switch
            {
                PhaseFailed e => e.Reason,
                MixCycleAborted e => e.Reason,
                ChecksJudged e => Broken(e.Checks.Where(c => !isCovered(c))),
                _ => null,
            };
            if (reason is not null)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>The sentences of checks that forbid to go on; null when none does.</summary>
    internal static string? Broken(IEnumerable<RuleCheck> checks)
    {
        string[] broken =
            [.. checks.Where(c => c.Verdict is Verdict.Fail or Verdict.NotMeasured).Select(c => c.Message)];
        return broken.Length == 0 ? null : string.Join("; ", broken);
    }

    private static bool IsAmong(string step, ImmutableArray<string> redo) => redo.Any(r =>
        r.EndsWith('/') ? step.StartsWith(r, StringComparison.Ordinal) : step == r);

    /// <summary>A held batch takes up a stop or an abort at once; there is nothing in it that a hold could hold.
    /// </summary>
    private BatchState CommandedBy(BatchCommanded e) => Status switch
    {
        BatchStatus.Running => this with { Commanded = Stronger(e) },
        BatchStatus.Held when e.Command != ControlCommand.Hold =>
            this with { Status = BatchStatus.Running, Held = null, Commanded = Stronger(e) },
        _ => this,
    };

    private BatchCommanded Stronger(BatchCommanded e) =>
        Commanded is { } before && before.Command > e.Command ? before : e;

    private BatchState Answered(QuestionAnswered e) => this with
    {
        Status = BatchStatus.Running,
        Held = null,

        // A request that is made anew because a person says that it was never run: as after any look at the line.
        Open = Open is { } open && IsAmong(open.Intended.Step, e.Redo) ? null : Open,
        IsResumed = IsResumed || (Open is { } asked && IsAmong(asked.Intended.Step, e.Redo)),
        Outcomes = Outcomes.RemoveRange(Outcomes.Keys.Where(step => IsAmong(step, e.Redo))),
        Answers = Answers.RemoveRange(Answers.Keys.Where(step => IsAmong(step, e.Redo))).SetItem(e.Step, e),
        Scrapped = e is { Answer: AnswerKind.ScrapSheet, Sheet: { } scrapped }
            ? Scrapped.SetItem(scrapped, e.Reason)
            : Scrapped,
        PressedAgain = e is { Sheet: { } sheet, PressureMpa: { } mpa }
            ? PressedAgain.SetItem(sheet, mpa)
            : PressedAgain,
        Remade = e.Answer == AnswerKind.Remake
            ? Remade.SetItem(e.Redo[0], Remade.GetValueOrDefault(e.Redo[0]) + 1)
            : Remade,
        Waivers = Waivers.AddRange(e.Deviations),
        GivenUp = e.Answer == AnswerKind.GiveUp ? e : GivenUp,
    };

    private BatchState Conclude(StepConcluded fact) => this with
    {
        Outcomes = Outcomes.SetItem(fact.Step, Outcomes.GetValueOrDefault(fact.Step, []).Add(fact)),
        Open = Open?.Intended.Step == fact.Step ? null : Open,
    };
}
