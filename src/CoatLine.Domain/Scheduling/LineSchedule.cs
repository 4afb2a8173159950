using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Scheduling;

/// <summary>A batch to be scheduled.</summary>
/// <param name="Batch">Batch id, or a name where it is not created yet.</param>
/// <param name="Recipe">Its recipe.</param>
/// <param name="Sheets">Sheets, from 1.</param>
/// <param name="State">What is recorded of it; <see cref="BatchState.Empty"/> where it is not created yet.</param>
public sealed record BatchToSchedule(string Batch, Recipe Recipe, int Sheets, BatchState State);

/// <summary>When an operation is expected on its unit.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Operation">The operation.</param>
/// <param name="From">Expected begin (line time).</param>
/// <param name="To">Expected end (line time).</param>
public sealed record ScheduledOperation(
    string Batch, PlannedOperation Operation, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// When each batch is expected on each unit, as the line itself gives units to batches: one at a time, first come first
/// served. A forecast from expected times; pure. Held batches are taken as if they were let go on now.
/// </summary>
/// <param name="Operations">In the order of their begin.</param>
/// <param name="LapsedPotLives">Each coat that is expected to come too late for its slurry, a sentence each.</param>
public sealed record LineSchedule(
    ImmutableArray<ScheduledOperation> Operations, ImmutableArray<string> LapsedPotLives)
{
    /// <summary>When a unit is expected to be free of all that is scheduled; null when it has nothing to do.</summary>
    public DateTimeOffset? FreeFrom(Unit unit) =>
        Operations.Where(o => o.Operation.Claim.Unit == unit).Max(o => (DateTimeOffset?)o.To);

    /// <summary>When a batch is expected to end; null when it has nothing left to do.</summary>
    public DateTimeOffset? EndOf(string batch) =>
        Operations.Where(o => o.Batch == batch).Max(o => (DateTimeOffset?)o.To);

    /// <summary>Schedules what is left of batches.</summary>
    /// <param name="batches">The batches, in the order in which they ask where they ask at the same time.</param>
    /// <param name="now">Line time.</param>
    public static LineSchedule Of(IReadOnlyList<BatchToSchedule> batches, DateTimeOffset now)
    {
        Track[] tracks = [.. batches.Select(b => new Track(b, now))];
        Dictionary<Unit, DateTimeOffset> free = [];
        List<ScheduledOperation> done = [];
        List<string> lapsed = [];
        while (tracks.Where(t => t.Next is not null).MinBy(t => t.At) is { } track)
        {
            PlannedOperation next = track.Next!;
            DateTimeOffset isFree = free.GetValueOrDefault(next.Claim.Unit, now);
            DateTimeOffset from = track.At > isFree ? track.At : isFree;
            DateTimeOffset to = from + Time(next.Duration);
            if (track.Lapse(next, from) is { } sentence)
            {
                lapsed.Add(sentence);
            }

            free[next.Claim.Unit] = to;
            done.Add(new ScheduledOperation(track.Batch, next, from, to));
            track.Pass(next, to);
        }

        return new LineSchedule([.. done.OrderBy(o => o.From)], [.. lapsed]);
    }

    private static TimeSpan Time(Seconds seconds) => TimeSpan.FromSeconds((double)seconds.Value);

    /// <summary>One batch on its way through the line.</summary>
    private sealed class Track
    {
        private readonly Recipe _recipe;
        private readonly Queue<PlannedOperation> _left;
        private readonly Dictionary<SubLayer, DateTimeOffset> _mixed = [];

        public Track(BatchToSchedule batch, DateTimeOffset now)
        {
            (Batch, _recipe, At) = (batch.Batch, batch.Recipe, now);
            bool hasEnded = batch.State.Status is not (BatchStatus.Unknown or BatchStatus.Running or BatchStatus.Held);
            _left = new Queue<PlannedOperation>(hasEnded
                ? []
                : BatchPlan.Of(batch.Recipe, batch.Sheets).Where(o => !batch.State.IsConcluded(o.LastStep)));
            foreach (SlurryFormula slurry in batch.Recipe.Slurries)
            {
                if (BatchSlurries.MixEnd(batch.State, slurry.Layer) is { } end)
                {
                    _mixed[slurry.Layer] = end;
                }
            }
        }

        public string Batch { get; }

        public DateTimeOffset At { get; private set; }

        public PlannedOperation? Next => _left.TryPeek(out PlannedOperation? next) ? next : null;

        public void Pass(PlannedOperation operation, DateTimeOffset end)
        {
            _left.Dequeue();
            At = end;
            if (operation.Readies is { } layer)
            {
                _mixed[layer] = end;
            }
        }

        /// <summary>Why a coat comes too late; null when it does not.</summary>
        public string? Lapse(PlannedOperation operation, DateTimeOffset from)
        {
            if (operation.Coats is not { } layer || !_mixed.TryGetValue(layer, out DateTimeOffset mixed))
            {
                return null;
            }

            Seconds life = _recipe.Site.PotLife(layer);
            double age = (from - mixed).TotalSeconds;
            return age <= (double)life.Value
                ? null
                : FormattableString.Invariant(
                    $"{RuleCatalogue.CoatRun.Id} {Batch}: {operation.Claim.Key} is expected {age:0} s after the ")
                    + FormattableString.Invariant($"{layer} slurry is mixed, beyond its pot life of {life.Value:0} s");
        }
    }
}
