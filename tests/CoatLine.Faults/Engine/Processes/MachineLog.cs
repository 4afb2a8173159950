using System.Globalization;
using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Faults.Line;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>The simulator's own log of what physically ran, read from its file.</summary>
/// <param name="Begun">Every phase that entered Execute, in order.</param>
/// <param name="MixCycles">Mix cycles that ran to their end, by container.</param>
/// <param name="Wrong">What the log itself shows to be wrong.</param>
internal sealed record MachineLog(
    IReadOnlyList<LineAction> Begun, IReadOnlyDictionary<string, int> MixCycles, IReadOnlyList<string> Wrong)
{
    /// <summary>12 before dilution and 5 after it.</summary>
    private const int CyclesOfASlurry = 17;

    private const string Started = "started";
    private const string Completed = "completed";

    /// <param name="path">The file.</param>
    /// <param name="facts">The record, for the order in which a request's parameters were meant.</param>
    public static MachineLog Read(string path, IEnumerable<BatchEvent> facts)
    {
        Dictionary<RequestId, string[]> meant = facts.OfType<PhaseIntended>()
            .DistinctBy(e => e.RequestId)
            .ToDictionary(e => e.RequestId, e => e.Parameters.Select(p => p.Name).ToArray());
        JsonElement[] entries = [.. File.ReadLines(path).Select(l => JsonElement.Parse(l))];
        List<string> wrong = [];
        foreach (IGrouping<ulong, JsonElement> request in entries.GroupBy(Id))
        {
            string[] whats = [.. request.Select(e => e.GetProperty("what").GetString()!)];
            if (whats is not ([Started] or [Started, not Started]))
            {
                wrong.Add($"the machine's log has {string.Join(", ", whats)} of {new RequestId(request.Key)}");
            }
        }

        Dictionary<string, int> mixed = entries
            .Where(e => e.GetProperty("what").GetString() == Completed && Phase(e) == PhaseKind.MixCycle)
            .GroupBy(e => e.GetProperty("parameters").GetProperty("ContainerId").GetString()!)
            .ToDictionary(g => g.Key, g => g.Count());
        wrong.AddRange(mixed.Where(m => m.Value > CyclesOfASlurry)
            .Select(m => $"the machine has mixed {m.Key} {m.Value} times"));
        LineAction[] begun =
        [
            .. entries.Where(e => e.GetProperty("what").GetString() == Started).Select(e => new LineAction(
                Enum.Parse<Unit>(e.GetProperty("unit").GetString()!),
                Phase(e),
                new RequestId(Id(e)),
                What(e.GetProperty("parameters"), meant.GetValueOrDefault(new RequestId(Id(e)))))),
        ];
        return new MachineLog(begun, mixed, wrong);
    }

    /// <summary>Whether each slurry of a released batch has had its 17 cycles, and there are two slurries.</summary>
    public bool IsWhole => MixCycles.Count == 2 && MixCycles.Values.All(n => n == CyclesOfASlurry);

    private static ulong Id(JsonElement entry) => entry.GetProperty("request_id").GetUInt64();

    private static PhaseKind Phase(JsonElement entry) => (PhaseKind)entry.GetProperty("phase").GetInt32();

    /// <summary>The parameters as the record would write them; in its order, where it knows the request.</summary>
    private static string What(JsonElement parameters, string[]? order)
    {
        string[] names = [.. parameters.EnumerateObject().Select(p => p.Name)];
        return string.Join(' ', (order ?? []).Where(names.Contains).Concat(names.Except(order ?? []))
            .Select(n => $"{n}={Text(parameters.GetProperty(n))}"));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString(CultureInfo.InvariantCulture)
        : value.ToString();
}
