using System.Globalization;
using CoatLine.OpcUa;

namespace CoatLine.Faults.OpcUa;

/// <summary>What a campaign came to.</summary>
internal sealed class CampaignResult
{
    private readonly SortedDictionary<string, SortedDictionary<string, long>> statuses = new(StringComparer.Ordinal);
    private readonly List<Finding> findings = [];

    public long Inputs { get; private set; }

    /// <summary>The input that took longest.</summary>
    public (long Input, string Target, TimeSpan Elapsed) Slowest { get; private set; }

    /// <summary>The input for which most was allocated.</summary>
    public (long Input, string Target, long Allocated, int Octets) Largest { get; private set; }

    public IReadOnlyList<Finding> Findings
    {
        get
        {
            lock (findings)
            {
                return [.. findings];
            }
        }
    }

    public void Add(Finding finding)
    {
        lock (findings)
        {
            findings.Add(finding);
        }
    }

    public void Count(
        string target, StatusCode status, long input, TimeSpan elapsed, long allocated, int octets)
    {
        Inputs++;
        if (!statuses.TryGetValue(target, out var counts))
        {
            statuses.Add(target, counts = new SortedDictionary<string, long>(StringComparer.Ordinal));
        }

        var name = status.ToString();
        counts[name] = counts.GetValueOrDefault(name) + 1;
        if (elapsed > Slowest.Elapsed)
        {
            Slowest = (input, target, elapsed);
        }

        if (allocated > Largest.Allocated)
        {
            Largest = (input, target, allocated, octets);
        }
    }

    /// <summary>The report for people.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var (target, counts) in statuses)
        {
            var most = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);
            yield return Text($"{target,-18} {counts.Values.Sum(),9} inputs, {counts.Count} distinct statuses: ")
                + string.Join(", ", most.Take(6).Select(pair => Text($"{pair.Key} {pair.Value}")))
                + (counts.Count > 6 ? ", …" : "");
        }

        yield return Text($"inputs run         {Inputs}");
        yield return Text($"distinct statuses  {statuses.Values.SelectMany(counts => counts.Keys).Distinct().Count()}");
        yield return Text(
            $"slowest            {Slowest.Elapsed.TotalMilliseconds:0.0} ms ({Slowest.Target}, input {Slowest.Input})");
        yield return Text($"largest allocation {Largest.Allocated} octets for an input of {Largest.Octets} octets ")
            + Text($"({Largest.Target}, input {Largest.Input})");
        yield return Text($"findings           {Findings.Count}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
