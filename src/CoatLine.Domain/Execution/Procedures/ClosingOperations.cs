using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>Ends a batch by what became of its sheets.</summary>
internal sealed class ClosingOperations(BatchContext context)
{
    private const string ClosingId = "batch/disposition";

    public IEnumerable<Step> Steps()
    {
        if (context.State.Status is BatchStatus.Running)
        {
            yield return new DecideStep(ClosingId, "batch closed", _ => Close());
        }
    }

    private ImmutableArray<BatchEvent> Close()
    {
        SheetDisposed[] scrapped =
        [
            .. context.AllSheets.Where(s => s.Disposed is null).Select(s => Scrapped(
                s, context.State.Scrapped.GetValueOrDefault(s.Name, context.State.EndedBecause ?? string.Empty))),
        ];
        SheetDisposed[] kept = [.. context.AllSheets.Select(s => s.Disposed).OfType<SheetDisposed>()];
        return [.. scrapped, .. new GapControl(context).Learn(kept), End(kept, scrapped)];
    }

    private SheetDisposed Scrapped(SheetScope sheet, string why) => new(
        context.Batch,
        sheet.DispositionId,
        sheet.Name,
        LotOutcome.Reject,
        LotStanding.Invalid,
        [why],
        Broken(sheet),
        []);

    private ImmutableArray<string> Broken(SheetScope sheet) =>
    [
        .. context.State.Outcomes
            .Where(o => o.Key == sheet.JudgeId || o.Key == sheet.Id(FinishOperations.DriedId))
            .SelectMany(o => o.Value)
            .SelectMany(fact => fact switch
            {
                QcJudged e => e.Checks,
                ChecksJudged e => e.Checks,
                _ => [],
            })
            .Where(c => c.Verdict == Rules.Verdict.Fail)
            .Select(c => c.Rule)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private BatchEvent End(SheetDisposed[] kept, SheetDisposed[] scrapped)
    {
        if (kept.Length == 0)
        {
            string reason = string.Join("; ", scrapped.SelectMany(s => s.Reasons).Distinct());
            return new BatchRejected(
                context.Batch, ClosingId, reason, [.. scrapped.SelectMany(s => s.Rules).Distinct()]);
        }

        ImmutableArray<string> sheets = [.. kept.Select(s => s.Sheet)];
        ImmutableArray<string> rules = [.. kept.SelectMany(s => s.Rules).Distinct()];
        return context.Recipe.Class == RecipeClass.Engineering
            ? new TrialConcluded(context.Batch, ClosingId, sheets, rules)
            : new BatchReleased(
                context.Batch,
                ClosingId,
                kept.All(s => s.Outcome == LotOutcome.Product) ? Disposition.Accept : Disposition.Conditional,
                sheets[0],
                rules) { Sheets = sheets };
    }
}
