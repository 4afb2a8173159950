using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Spc;

/// <summary>Why a lot is left out of charts and capability.</summary>
public enum LotExclusion
{
    /// <summary>It counts.</summary>
    None,

    /// <summary>Of class engineering: a trial shows what was tried, not what the process makes.</summary>
    Engineering,

    /// <summary>Rejected.</summary>
    Rejected,

    /// <summary>Released although a hard rule is broken, which only a waiver permits.</summary>
    Waived,

    /// <summary>Neither released nor rejected yet.</summary>
    Unfinished,

    /// <summary>The quantity was not measured, e.g. the ratio of a single-layer recipe.</summary>
    NotMeasured,
}

/// <summary>What charts need of a sheet, folded from the recorded facts of its batch in their order. A value that is
/// recorded more than once is the last one. Immutable.</summary>
/// <param name="Lot">Batch id, or sheet id where the batch has several sheets.</param>
public sealed record LotFacts(string Lot)
{
    /// <summary>The event types that say something here, by their bare names; others may be left unread.</summary>
    public static ImmutableArray<string> EventTypes { get; } =
    [
        "batch-created", "profile-registered", "areal-mass-measured", "checks-judged", "qc-judged", "batch-held",
        "batch-resumed", "question-answered", "sheet-disposed", "trial-concluded", "batch-released", "batch-rejected",
    ];

    /// <summary>Recipe id; empty before the batch was created.</summary>
    public string RecipeId { get; private init; } = string.Empty;

    /// <summary>Class of the recipe.</summary>
    public RecipeClass Class { get; private init; }

    /// <summary>Thickness of the dried Base at its points in µm; empty before it was measured.</summary>
    public ImmutableArray<double> BaseDriedUm { get; private init; } = [];

    /// <summary>Areal mass of the whole dried layer in mg/cm²; null before it was measured.</summary>
    public double? ArealMassMgPerCm2 { get; private init; }

    /// <summary>What was judged after pressing; null before.</summary>
    public QcJudged? Judged { get; private init; }

    /// <summary>Released, rejected, concluded as a trial, held, or null while it goes on.</summary>
    public BatchEvent? End { get; private init; }

    /// <summary>What became of the sheet; null before, and in a batch of a version that did not record it.</summary>
    public SheetDisposed? Disposed { get; private init; }

    /// <summary>Why the lot does not count, whatever the quantity.</summary>
    public LotExclusion Exclusion =>
        Class == RecipeClass.Engineering ? LotExclusion.Engineering
        : End is BatchRejected || Disposed?.Outcome == LotOutcome.Reject ? LotExclusion.Rejected
        : End is not BatchReleased ? LotExclusion.Unfinished
        : Disposed is { } disposed
            ? disposed.Standing == LotStanding.Waived ? LotExclusion.Waived : LotExclusion.None
        : Verdicts.ContainsValue(Verdict.Fail) ? LotExclusion.Waived
        : LotExclusion.None;

    private ImmutableDictionary<(RuleStage Stage, string Rule, string Subject), Verdict> Verdicts { get; init; } =
        ImmutableDictionary<(RuleStage, string, string), Verdict>.Empty;

    /// <summary>Takes a fact in.</summary>
    /// <param name="fact">The next fact of this batch; one that says nothing here changes nothing.</param>
    public LotFacts With(BatchEvent fact) => fact switch
    {
        BatchCreated e => this with { RecipeId = e.RecipeId, Class = e.Class },
        ProfileRegistered { State: LayerState.Dried, Layer: SubLayer.Base } e =>
            this with { BaseDriedUm = [.. e.Points.Select(static p => (double)p.ThicknessUm)] },
        ArealMassMeasured { State: LayerState.Dried } e => this with { ArealMassMgPerCm2 = (double)e.MeanMgPerCm2 },
        ChecksJudged e => With(e.Stage, e.Checks),
        QcJudged e => With(RuleStage.AfterWip, e.Checks) with { Judged = e },
        SheetDisposed e => this with { Disposed = e },
        BatchResumed or QuestionAnswered => this with { End = null },
        BatchHeld or BatchReleased or BatchRejected or TrialConcluded => this with { End = fact },
        _ => this,
    };

    // What is judged again replaces what was judged before: rework may mend a broken rule. The rest of a subject, after
    // its comma, names points, which another measurement may find elsewhere.
    private LotFacts With(RuleStage stage, ImmutableArray<RuleCheck> checks) => this with
    {
        Verdicts = Verdicts.SetItems(
            checks.Select(c => KeyValuePair.Create((stage, c.Rule, c.Subject.Split(',')[0]), c.Verdict))),
    };
}
