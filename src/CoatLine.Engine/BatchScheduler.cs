using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Scheduling;

namespace CoatLine.Engine;

/// <summary>Schedules the open batches of a journal's line, and refuses a batch with which a pot life must lapse.
/// </summary>
internal sealed class BatchScheduler(Journal journal, TimeProvider lineTime)
{
    private const string NewBatch = "the new batch";

    /// <summary>The schedule of the open batches and of more behind them.</summary>
    public LineSchedule Of(IReadOnlyList<BatchToSchedule> more) =>
        LineSchedule.Of([.. Open(), .. more], lineTime.GetUtcNow());

    /// <summary>The pot lives that are expected to lapse with one more batch, and would not without it.</summary>
    public IEnumerable<string> Refusals(Recipe recipe, int sheets)
    {
        if (sheets is < 1 or > BatchOrder.MaxSheets)
        {
            return [];
        }

        BatchToSchedule[] open = [.. Open()];
        DateTimeOffset now = lineTime.GetUtcNow();
        LineSchedule with = LineSchedule.Of(
            [.. open, new BatchToSchedule(NewBatch, recipe, sheets, BatchState.Empty)], now);
        return with.LapsedPotLives.IsEmpty
            ? []
            : with.LapsedPotLives.Except(LineSchedule.Of(open, now).LapsedPotLives, StringComparer.Ordinal);
    }

    private IEnumerable<BatchToSchedule> Open()
    {
        foreach (string batch in journal.OpenBatches())
        {
            BatchState state = BatchState.Of(journal.ReadBatch(batch).Select(EventCatalog.Read));
            if (state is { Created: { } created, EndedBecause: null } && PinnedRecipe.Read(created) is { } recipe)
            {
                yield return new BatchToSchedule(
                    batch, recipe, (created.Order ?? BatchOrder.Plain).Sheets, state);
            }
        }
    }
}
