using System.Numerics;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>
/// The alarms of the line, from wherever a unit tells them: from events where the object of the unit is an event
/// notifier, else from its alarm word, and never from both. Which of the two is asked anew in every session.
/// Thread-safe; reports one alarm at a time.
/// </summary>
internal sealed class LineAlarms(ILineConnection connection, Action<UnitAlarm> report)
{
    private const byte SubscribeToEvents = 1;

    private static readonly Unit[] Units = [.. TagContract.Units.Select(static u => u.Unit)];

    private readonly Lock gate = new();
    private readonly Dictionary<Unit, DataValue> words = [];
    private readonly Dictionary<Unit, uint> reported = [];
    private readonly Dictionary<Unit, bool> hasEvents = [];

    /// <summary>The alarm words of every unit.</summary>
    public static TagAddress[] WordAddresses { get; } =
        [.. TagContract.Units.Select(static u => TagAddress.Of(u.Tag(CommonTags.AlarmWord)))];

    /// <summary>Whether a tag is the alarm word of a unit.</summary>
    public static bool IsWord(TagAddress address) =>
        address.Property is null && address.Tag.EndsWith("." + CommonTags.AlarmWord, StringComparison.Ordinal);

    /// <summary>Asks which units have events, in the session that stands now.</summary>
    /// <exception cref="LineUnreachableException">They cannot be asked; the next session will.</exception>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        TagRead[] reads =
            [.. Units.Select(static u => new TagRead(new TagAddress(u.ToString()), AttributeId.EventNotifier))];
        DataValue[] answers = await connection.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            for (int i = 0; i < Units.Length; i++)
            {
                hasEvents[Units[i]] = answers[i].Status.IsGood
                    && answers[i].Value.TryGet(out byte notifier) && (notifier & SubscribeToEvents) != 0;
                Compare(Units[i]);
            }
        }
    }

    /// <summary>Takes alarm words.</summary>
    public void OnWords(IReadOnlyList<TagChange> changes)
    {
        lock (gate)
        {
            foreach (TagChange change in changes)
            {
                Unit unit = Enum.Parse<Unit>(change.Address.Tag.AsSpan(0, change.Address.Tag.IndexOf('.')));
                words[unit] = change.Value;
                Compare(unit);
            }
        }
    }

    /// <summary>Takes an alarm that the server tells.</summary>
    public void OnCondition(ConditionReport condition)
    {
        if (!Enum.TryParse(condition.Source, out Unit unit) || !Enum.IsDefined(unit))
        {
            // A condition of something that the contract does not know: not a unit of this line.
            return;
        }

        lock (gate)
        {
            if (hasEvents.TryGetValue(unit, out bool events) && !events)
            {
                // Its word tells already.
                return;
            }

            report(new UnitAlarm(
                unit,
                condition.Condition,
                condition.Severity,
                condition.IsActive,
                condition.IsAcked,
                Utc(condition.Time),
                condition.Message));
        }
    }

    /// <summary>Reports what a unit's word has changed. A word that is not Good says nothing, least of all that an
    /// alarm has gone.</summary>
    private void Compare(Unit unit)
    {
        if (!hasEvents.TryGetValue(unit, out bool events) || events
            || !words.TryGetValue(unit, out DataValue value)
            || !TagQuality.IsGood(value.Status) || !value.Value.TryGet(out uint word))
        {
            return;
        }

        uint before = reported.GetValueOrDefault(unit);
        reported[unit] = word;
        for (uint changed = word ^ before; changed != 0; changed &= changed - 1)
        {
            int bit = BitOperations.TrailingZeroCount(changed);
            AlarmDefinition alarm = AlarmContract.Of(unit, bit);
            report(new UnitAlarm(
                unit,
                alarm.Name,
                alarm.Severity,
                IsActive: (word & (1u << bit)) != 0,
                IsAcked: false,
                Utc(value.SourceTimestamp ?? DateTime.MinValue),
                string.Empty));
        }
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
