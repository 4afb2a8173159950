using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events;

/// <summary>
/// One step from a version of an event type to the next: the data of an event as the old version wrote it, made into
/// what the new one would have written. Applied on reading only; stored bytes, and so their hashes, never change.
/// </summary>
/// <param name="From">Type name with the old version, <c>coatline.&lt;bare-name&gt;.v&lt;n&gt;</c>; the step leads to
/// the same name with version n + 1.</param>
/// <param name="Apply">Changes the data in place. Pure: the same data gives the same result, whatever the time.</param>
internal sealed record EventUpcaster(string From, Action<JsonObject> Apply);

/// <summary>Every step, one beside another. How and when to add one is said in <c>VERSIONS.md</c>.</summary>
internal static class EventUpcasters
{
    /// <summary>The steps of this program.</summary>
    public static IReadOnlyList<EventUpcaster> All { get; } = [];
}
