using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Quality;

/// <summary>Whether laboratory results can be entered: only for a sheet that was made. Pure.</summary>
public static class LabEntering
{
    /// <summary>A result may be dated this far ahead of the line's clock: the laboratory's day may have begun already.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>Enters results, all of them or none; of an open batch or of one that has ended.</summary>
    /// <param name="entries">The results, judged.</param>
    /// <param name="sheetsOf">The sheets of a batch that were coated; none of a batch that is not known.</param>
    /// <param name="by">Who enters them; not empty.</param>
    /// <param name="now">Line time.</param>
    /// <returns>One <see cref="LabResultEntered"/> a result, or every reason against it.</returns>
    public static FactsOrRefusals Decide(
        IReadOnlyCollection<LabEntry> entries,
        Func<string, IReadOnlySet<string>> sheetsOf,
        string by,
        DateTimeOffset now)
    {
        List<string> reasons = [];
        if (string.IsNullOrWhiteSpace(by))
        {
            reasons.Add("who enters the results is not said");
        }

        foreach (IGrouping<string, LabEntry> batch in entries.GroupBy(static e => e.Batch, StringComparer.Ordinal))
        {
            IReadOnlySet<string> sheets = sheetsOf(batch.Key);
            reasons.AddRange(batch
                .Where(e => !sheets.Contains(e.Sheet))
                .Select(e => $"sample {e.Sample}: batch {e.Batch} has no sheet {e.Sheet} that was coated"));
        }

        reasons.AddRange(entries.Where(e => e.MeasuredAt > now + ClockTolerance).Select(e => string.Create(
            CultureInfo.InvariantCulture,
            $"sample {e.Sample} says that it was measured at {e.MeasuredAt:u}; now it is {now:u}")));
        return reasons.Count > 0
            ? FactsOrRefusals.Refused([.. reasons])
            : FactsOrRefusals.Granted([.. entries.Select(e => new LabResultEntered(
                e.Batch, e.Sheet, e.Kind, e.Sample, e.MeasuredAt, e.Values, e.Checks, by.Trim(), now))]);
    }
}
