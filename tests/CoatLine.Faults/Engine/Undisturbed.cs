using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Faults.Engine;

/// <summary>The phases of a batch that nothing disturbs: the plan that every other run is held against.</summary>
internal static class Undisturbed
{
    private static readonly Dictionary<int, ImmutableArray<string>> Known = [];

    /// <summary>Step ids of the phases, in order.</summary>
    public static ImmutableArray<string> Steps(BatchOrder order)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(order.Sheets, out ImmutableArray<string> steps))
            {
                using var plant = new Plant();
                Life.RunAsync(plant, order, new Person(plant, null)).GetAwaiter().GetResult();
                IEnumerable<BatchEvent> facts = Record.Of(plant).Chain.Select(EventCatalog.Read);
                steps = [.. facts.OfType<PhaseIntended>().Select(e => e.Step)];
                Known.Add(order.Sheets, steps);
            }

            return steps;
        }
    }
}
