using System.Collections.Frozen;
using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Equipment.Tags;

/// <summary>Everything that the contract says of one unit: its phases and all its tags. Immutable.</summary>
public sealed class UnitContract
{
    private readonly FrozenDictionary<string, TagDefinition> byName;

    internal UnitContract(Unit unit, ImmutableArray<PhaseContract> phases, ImmutableArray<TagRow> live)
    {
        Unit = unit;
        Phases = phases;
        LiveNames = [.. live.Select(static l => l.Name)];
        ResultNames = [.. phases.SelectMany(static p => p.ResultNames).Distinct(StringComparer.Ordinal)];
        Tags = [.. AllTags(unit, phases, live).DistinctBy(static t => t.Name, StringComparer.Ordinal)];
        byName = Tags.ToFrozenDictionary(static t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The unit.</summary>
    public Unit Unit { get; }

    /// <summary>The phases that the unit runs.</summary>
    public ImmutableArray<PhaseContract> Phases { get; }

    /// <summary>Names of the live values below <c>Live.</c>.</summary>
    public ImmutableArray<string> LiveNames { get; }

    /// <summary>Names of the result values of all its phases below <c>Result.</c>, the common ones left out.</summary>
    public ImmutableArray<string> ResultNames { get; }

    /// <summary>Every tag of the unit.</summary>
    public ImmutableArray<TagDefinition> Tags { get; }

    /// <summary>The tag of this name below the unit, e.g. <c>Request.Id</c>.</summary>
    /// <exception cref="ArgumentException">The contract has no such tag.</exception>
    public TagDefinition Tag(string name) => byName.TryGetValue(name, out TagDefinition? tag)
        ? tag
        : throw new ArgumentException($"the tag contract has no {Unit}.{name}", nameof(name));

    /// <summary>The phase, or null when the unit does not run it.</summary>
    public PhaseContract? Phase(PhaseKind phase) => Phases.FirstOrDefault(p => p.Phase == phase);

    private static IEnumerable<TagDefinition> AllTags(
        Unit unit, ImmutableArray<PhaseContract> phases, ImmutableArray<TagRow> live)
    {
        foreach (TagRow row in CommonTags.Readable)
        {
            yield return Define(unit, string.Empty, row, TagAccess.Read, row.Meaning);
        }

        foreach (TagRow row in CommonTags.Writable(phases.Select(static p => p.Phase)))
        {
            yield return Define(unit, string.Empty, row, TagAccess.ReadWrite, row.Meaning);
        }

        foreach (PhaseContract phase in phases)
        {
            foreach (TagRow row in phase.ParameterRows)
            {
                string echo = $"Echo of Request.{row.Name} as latched; retentive";
                yield return Define(unit, "Request.", row, TagAccess.ReadWrite, $"{phase.Phase}: {row.Meaning}");
                yield return Define(unit, "Active.", row, TagAccess.Read, echo);
            }

            foreach (TagRow row in phase.ResultRows)
            {
                yield return Define(unit, "Result.", row, TagAccess.Read, row.Meaning);
            }
        }

        foreach (TagRow row in live)
        {
            yield return Define(unit, "Live.", row, TagAccess.Read, row.Meaning);
        }
    }

    private static TagDefinition Define(Unit unit, string group, TagRow row, TagAccess access, string meaning) =>
        new(unit, group + row.Name, row.Type, row.IsArray, row.EngineeringUnit, row.Low, row.High, access, meaning);
}
