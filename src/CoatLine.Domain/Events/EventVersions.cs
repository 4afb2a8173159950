using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoatLine.Domain.Events;

/// <summary>
/// Reads events of every version: the newest of each type into its record, older ones by way of their upcasters.
/// Immutable and thread-safe.
/// </summary>
internal sealed class EventVersions
{
    private readonly FrozenDictionary<string, Type> _newest;
    private readonly FrozenDictionary<string, EventUpcaster> _steps;
    private readonly FrozenDictionary<string, int> _newestVersion;

    /// <summary>Puts types and steps together.</summary>
    /// <param name="newest">The newest version of each type by name, and its record.</param>
    /// <param name="steps">The steps from older versions.</param>
    /// <exception cref="ArgumentException">Two versions of a type are called the newest, or a step leads to no version
    /// that can be read.</exception>
    public EventVersions(IEnumerable<KeyValuePair<string, Type>> newest, IEnumerable<EventUpcaster> steps)
    {
        _newest = newest.ToFrozenDictionary(StringComparer.Ordinal);
        _steps = steps.ToFrozenDictionary(static s => s.From, StringComparer.Ordinal);
        _newestVersion = _newest.Keys.Select(TypeVersion.Parse)
            .ToFrozenDictionary(static t => t.BareName, static t => t.Version, StringComparer.Ordinal);
        foreach (string from in _steps.Keys)
        {
            string to = Next(from);
            if (_newest.ContainsKey(from) || (!_newest.ContainsKey(to) && !_steps.ContainsKey(to)))
            {
                throw new ArgumentException($"the step from {from} to {to} leads from the newest version or to none");
            }
        }
    }

    /// <summary>Versions that are read but written no more, in alphabetical order.</summary>
    public ImmutableArray<string> Older => [.. _steps.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a recorded fact.</summary>
    /// <exception cref="EventFormatException">The type or its version is not known, or the payload does not have its
    /// form. The sentence names line, sequence number, type and version.</exception>
    public BatchEvent Read(ChainedEvent recorded)
    {
        string type = recorded.Type;
        if (!_newest.ContainsKey(type) && !_steps.ContainsKey(type))
        {
            throw new EventFormatException($"event {recorded.Seq} of {recorded.Line} is a {type}, {WhyUnknown(type)}");
        }

        try
        {
            if (_newest.TryGetValue(type, out Type? record))
            {
                using JsonDocument document = JsonDocument.Parse(recorded.Payload);
                return (BatchEvent)document.RootElement.GetProperty("data").Deserialize(record, EventJson.Options)!;
            }

            (JsonObject data, string newest) = Raise(recorded);
            return (BatchEvent)data.Deserialize(_newest[newest], EventJson.Options)!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unreadable(recorded, recorded.Type, e);
        }
    }

    private (JsonObject Data, string Type) Raise(ChainedEvent recorded)
    {
        string type = recorded.Type;
        try
        {
            JsonObject data = JsonNode.Parse(recorded.Payload.Span)!["data"]!.AsObject();
            for (; _steps.TryGetValue(type, out EventUpcaster? step); type = Next(type))
            {
                step.Apply(data);
            }

            return (data, type);
        }
        catch (Exception e)
        {
            // Whatever a step stumbles over, it is this event that cannot be read.
            throw Unreadable(recorded, type, e);
        }
    }

    private static EventFormatException Unreadable(ChainedEvent recorded, string type, Exception e)
    {
        string raised = type == recorded.Type ? string.Empty : $", raised to {type}";
        return new EventFormatException(
            $"event {recorded.Seq} of {recorded.Line} is not a readable {recorded.Type}{raised}: {e.Message}", e);
    }

    private static string Next(string type)
    {
        TypeVersion version = TypeVersion.Parse(type);
        return (version with { Version = version.Version + 1 }).ToString();
    }

    private string WhyUnknown(string type) =>
        !TypeVersion.TryParse(type, out TypeVersion asked) || !_newestVersion.TryGetValue(asked.BareName, out int known)
            ? "which this version does not know"
            : asked.Version > known
                ? $"written by a newer program: this one reads {asked.BareName} up to version {known}"
                : $"and no upcaster leads from version {asked.Version} of {asked.BareName} to version {known}";
}
