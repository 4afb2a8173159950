using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Alarms;

/// <summary>The alarms of a line: a pure fold of its facts. An alarm that is normal and not shelved is not on it.
/// Immutable.</summary>
public sealed record AlarmBoard
{
    /// <summary>Without any alarm.</summary>
    public static AlarmBoard Empty { get; } = new();

    /// <summary>The alarms, by unit and name.</summary>
    public ImmutableSortedDictionary<(Unit Unit, string Name), AlarmState> Alarms { get; private init; } =
        ImmutableSortedDictionary<(Unit Unit, string Name), AlarmState>.Empty;

    /// <summary>The flood that stands; null for none.</summary>
    public AlarmFloodBegan? Flood { get; private init; }

    /// <summary>Reads it back.</summary>
    public static AlarmBoard Of(IEnumerable<AlarmState> alarms) =>
        new() { Alarms = alarms.ToImmutableSortedDictionary(a => (a.Unit, a.Name), a => a) };

    /// <summary>The alarm of a unit; null when it is normal.</summary>
    public AlarmState? Alarm(Unit unit, string name) => Alarms.GetValueOrDefault((unit, name));

    /// <summary>What a person has to see, worst first: everything but what is shelved.</summary>
    public IEnumerable<AlarmState> Shown(DateTimeOffset now) => Alarms.Values
        .Where(a => a.ConditionAt(now) is not (AlarmCondition.Shelved or AlarmCondition.Normal))
        .OrderBy(a => a.IsAcked)
        .ThenByDescending(a => a.Severity)
        .ThenBy(a => a.Since);

    /// <summary>After one more fact; facts of another kind change nothing.</summary>
    public AlarmBoard Apply(BatchEvent fact) => fact switch
    {
        AlarmRaised e => With(new AlarmState(e.Unit, e.Alarm, e.Severity, IsActive: true, IsAcked: false, e.At)
        {
            IsFirstOut = !Alarms.Values.Any(a => a.Unit == e.Unit && a.IsActive),
            ShelvedUntil = Alarm(e.Unit, e.Alarm)?.ShelvedUntil,
            ShelvedBy = Alarm(e.Unit, e.Alarm)?.ShelvedBy ?? string.Empty,
        }),
        AlarmAcknowledged e => Changed(e.Unit, e.Alarm, static a => a with { IsAcked = true }),
        AlarmCleared e => Changed(e.Unit, e.Alarm, static a => a with { IsActive = false }),
        AlarmShelved e => Changed(
            e.Unit, e.Alarm, a => a with { ShelvedUntil = e.Until, ShelvedBy = $"{e.By}: {e.Reason}" }),
        AlarmUnshelved e => Changed(
            e.Unit, e.Alarm, static a => a with { ShelvedUntil = null, ShelvedBy = string.Empty }),
        AlarmFloodBegan e => this with { Flood = e },
        AlarmFloodEnded => this with { Flood = null },
        _ => this,
    };

    private AlarmBoard Changed(Unit unit, string name, Func<AlarmState, AlarmState> change) =>
        Alarm(unit, name) is { } alarm ? With(change(alarm)) : this;

    private AlarmBoard With(AlarmState alarm)
    {
        bool isNormal = alarm is { IsActive: false, IsAcked: true, ShelvedUntil: null };
        return this with
        {
            Alarms = isNormal
                ? Alarms.Remove((alarm.Unit, alarm.Name))
                : Alarms.SetItem((alarm.Unit, alarm.Name), alarm),
        };
    }
}
