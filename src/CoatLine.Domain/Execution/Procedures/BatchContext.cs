using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>What every operation of a batch's procedure needs: the recipe, the order, names, the record so far.
/// </summary>
internal sealed record BatchContext(Recipe Recipe, string Batch, BatchRecord Record)
{
    /// <summary>The foil roll where the line keeps no register of lots.</summary>
    private const string AnyFoilRoll = "FR-01";

    public SiteParameters Site => Recipe.Site;

    public BatchState State => Record.State;

    /// <summary>What the batch was ordered with.</summary>
    public BatchOrder Order => State.Created?.Order ?? BatchOrder.Plain;

    public bool HasTop => Recipe.Slurry(SubLayer.Top) is not null;

    /// <summary>The foil roll that the sheets are cut from.</summary>
    public string FoilRoll => Order.Foil?.Lot ?? AnyFoilRoll;

    /// <summary>The blade of both coats.</summary>
    public string Blade => Order.Blade;

    /// <summary>Deviations ordered with the batch, and waivers given since.</summary>
    public ImmutableArray<Deviation> Deviations => [.. Order.Deviations, .. State.Waivers];

    /// <summary>The sheets that are not scrapped, in order.</summary>
    public IEnumerable<SheetScope> Sheets => AllSheets.Where(s => !State.Scrapped.ContainsKey(s.Name));

    /// <summary>Every sheet of the batch, in order.</summary>
    public IEnumerable<SheetScope> AllSheets =>
        Enumerable.Range(1, Order.Sheets).Select(index => new SheetScope(this, index));

    /// <summary>The container of a slurry; one that is made again gets another.</summary>
    public string Container(SubLayer layer)
    {
        string name = $"J-{Batch}-{(layer == SubLayer.Base ? "BASE" : "TOP")}";
        int remade = State.Remade.GetValueOrDefault(Prefix(layer) + "/");
        return remade == 0 ? name : FormattableString.Invariant($"{name}-{remade + 1}");
    }

    /// <summary>The first part of step ids of a sub-layer's slurry.</summary>
    public static string Prefix(SubLayer layer) => layer == SubLayer.Base ? "base" : "top";

    /// <summary>
    /// Yields a step and, when its outcome forbids to go on, the hold. Whoever enumerates stops at a hold, so that
    /// what comes after it may rely on a sound outcome.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="question">What must be decided when its outcome forbids to go on.</param>
    /// <param name="options">The ways to decide it.</param>
    public IEnumerable<Step> Guarded(Step step, string question, params ImmutableArray<AnswerOption> options)
    {
        yield return step;
        if (!IsPassed(step.Id) && State.Obstacle(step.Id, IsCovered) is { } reason)
        {
            yield return new HoldStep(step.Id, reason, question, [.. options.Where(o => IsOpen(step, o))]);
        }
    }

    /// <summary>A cycle that was written off may have been run: the slurry gets no other in its place.</summary>
    private bool IsOpen(Step step, AnswerOption option) => step is not PhaseStep { Phase: PhaseKind.MixCycle }
        || option.Kind != AnswerKind.Repeat
        || State.Answers.GetValueOrDefault(step.Id)?.Answer != AnswerKind.WriteOff;

    /// <summary>Whether a person let the batch go on in spite of what a step found.</summary>
    public bool IsPassed(string step) => State.Answers.GetValueOrDefault(step)?.Answer == AnswerKind.GoOn;

    /// <summary>
    /// Whether a deviation covers a broken rule. When it expires is judged where there is a clock: when the batch is
    /// ordered, when a waiver is given, and at the disposition.
    /// </summary>
    public bool IsCovered(RuleCheck check) => Deviations.Any(d =>
        DeviationRules.Refusals(d, check, Lot(Batch, d.Signatures.Max(s => s.At)), used: 0).IsEmpty);

    /// <summary>A sheet, or the batch, as deviations see it.</summary>
    public DeviatingLot Lot(string name, DateTimeOffset now) =>
        new(name, Recipe.Class, State.Created is { } created ? Answering.Performers(created) : [], now);

    /// <summary>Where the order asks for scans: holds until the right thing is scanned.</summary>
    /// <param name="step">The step that uses it.</param>
    /// <param name="what">What it is, in words.</param>
    /// <param name="expected">Its id.</param>
    public IEnumerable<Step> Scanned(string step, string what, string expected)
    {
        string id = step + "/scan";
        if (Order.ScansRequired && State.Answers.GetValueOrDefault(id)?.Scanned != expected)
        {
            yield return new HoldStep(
                id, $"{what} is scanned before it is used", $"scan {what}", [Offer.Scan(expected)]);
        }
    }

    /// <summary>The facts that concluded steps, as they stand; those of steps that are done again are gone.</summary>
    public IEnumerable<BatchEvent> Facts() => State.Outcomes.Values.SelectMany(facts => facts);

    /// <summary>The facts of a phase: what was measured with its checks, or that the result cannot be used.</summary>
    /// <param name="step">Step id.</param>
    /// <param name="result">The result block.</param>
    /// <param name="reader">Its reader, after the fact was built with it.</param>
    /// <param name="fact">The fact, worth something only when the reader met no problem.</param>
    /// <param name="stage">Stage of the checks.</param>
    /// <param name="checks">Made only of a usable fact.</param>
    /// <param name="sheet">The sheet that they are about; null when they are about no single one.</param>
    public ImmutableArray<BatchEvent> Facts(
        string step,
        PhaseResult result,
        ResultReader reader,
        PhaseConcluded fact,
        RuleStage stage,
        Func<ImmutableArray<RuleCheck>> checks,
        SheetScope? sheet = null) => reader.Problem() is { } problem
        ? [new PhaseFailed(Batch, step, result.Id, result.Code, problem, reader.Values())
        {
            StartedAt = result.StartedAt,
            EndedAt = result.EndedAt,
        }]
        : [fact, new ChecksJudged(Batch, step, stage, checks()) { Sheet = sheet?.Name }];
}
