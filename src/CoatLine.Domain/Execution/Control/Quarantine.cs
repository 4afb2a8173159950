using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Execution.Control;

/// <summary>The units in quarantine and why: a pure fold of the line's facts. Immutable.</summary>
public sealed record Quarantine
{
    /// <summary>None.</summary>
    public static Quarantine Empty { get; } = new();

    /// <summary>Why each unit is in quarantine.</summary>
    public ImmutableSortedDictionary<Unit, string> Units { get; private init; } =
        ImmutableSortedDictionary<Unit, string>.Empty;

    /// <summary>Reads it back.</summary>
    public static Quarantine Of(IEnumerable<(Unit Unit, string Reason)> units) =>
        new() { Units = units.ToImmutableSortedDictionary(u => u.Unit, u => u.Reason) };

    /// <summary>After one more fact; facts of another kind change nothing.</summary>
    public Quarantine Apply(BatchEvent fact) => fact switch
    {
        UnitQuarantined e => this with { Units = Units.SetItem(e.Unit, e.Reason) },
        UnitFreed e => this with { Units = Units.Remove(e.Unit) },
        _ => this,
    };

    /// <summary>Why a unit is not freed; null when it is.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">What was found there and done about it.</param>
    public string? FreeRefusal(Unit unit, string by, string reason) => Units.ContainsKey(unit)
        ? string.IsNullOrWhiteSpace(by) ? "by: the name of who frees it is needed"
            : string.IsNullOrWhiteSpace(reason) ? "a reason is needed: what was found there?" : null
        : $"{unit} is not in quarantine";
}
