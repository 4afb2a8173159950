using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events.Contract;

/// <summary>
/// Limits that the writer of an event keeps by itself. A value that a unit or a gauge reports has none here: what was
/// measured is recorded as it was, and an event that exists must never fail its own schema.
/// </summary>
internal static class FieldRanges
{
    private const string Sha256 = "^[0-9a-f]{64}$";

    private static readonly FrozenDictionary<string, (long Low, long? High)> Whole =
        new Dictionary<string, (long, long?)>
        {
            ["recipe_version"] = (1, null),
            ["attempt"] = (1, null),
            ["cycle"] = (1, null),
            ["of"] = (1, null),
            ["coat_index"] = (1, 2),
            ["epoch"] = (0, null),
            ["journal_head"] = (0, null),
            ["checkpoint_seq"] = (1, null),
            ["lost_messages"] = (-1, null),
            ["sheets"] = (1, BatchOrder.MaxSheets),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Hashes = FrozenSet.Create(
        StringComparer.Ordinal, "recipe_hash", "site_hash", "content_hash", "root", "checkpoint", "key");

    /// <summary>Adds the limits of a field, where it has some, to its schema.</summary>
    public static void Add(JsonObject schema, string field)
    {
        if (SchemaNode.Allows(schema, "integer") && Whole.TryGetValue(field, out (long Low, long? High) range))
        {
            schema["minimum"] = range.Low;
            if (range.High is { } high)
            {
                schema["maximum"] = high;
            }
        }

        if (SchemaNode.Allows(schema, "string") && Hashes.Contains(field))
        {
            schema["pattern"] = Sha256;
        }
    }
}
