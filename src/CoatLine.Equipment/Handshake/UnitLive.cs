using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Live values of one unit.</summary>
internal static class UnitLive
{
    /// <summary>Waits until a live value is Good and at or below a limit.</summary>
    /// <exception cref="ArgumentException">The contract has no such live value, or it is no number.</exception>
    /// <exception cref="LineUnreachableException">The link or the PLC was lost while waiting.</exception>
    public static async Task<LiveValue> AwaitAtMostAsync(
        UnitLink unit, string liveTag, double limit, CancellationToken cancellationToken)
    {
        TagDefinition tag = unit.Tags.Contract.Tag("Live." + liveTag);
        if (tag.Type is not (TagType.Double or TagType.Int32))
        {
            throw new ArgumentException($"{tag.FullName} is {tag.TypeName}, not a number", nameof(liveTag));
        }

        long session = await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        var wait = new UnitWait(
            $"waiting for {tag.FullName}",
            session,
            [tag.Name],
            unit.Watch.Live,
            unit.Options.SafetyReadPeriod,
            TimeSpan.MaxValue);
        LiveValue? reached = await unit.PollAsync(
            wait, values => AtMost(unit, tag, values[tag.Name], limit), cancellationToken).ConfigureAwait(false);
        return reached!;
    }

    /// <summary>Reads a live value of a PLC that is alive.</summary>
    /// <exception cref="ArgumentException">The contract has no such live value.</exception>
    /// <exception cref="LineUnreachableException">The link or the PLC was lost.</exception>
    public static async Task<LiveValue> ReadAsync(
        UnitLink unit, string liveTag, CancellationToken cancellationToken)
    {
        TagDefinition tag = unit.Tags.Contract.Tag("Live." + liveTag);
        await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        TagValues values = await unit.Tags.ReadAsync([tag.Name], cancellationToken).ConfigureAwait(false);
        unit.Watch.ExpectAlive();
        return Of(tag, values[tag.Name]);
    }

    /// <summary>A live value as a number: a switch is 1 or 0, and what is not Good is NaN.</summary>
    public static LiveValue Of(TagDefinition tag, DataValue read)
    {
        double value = TagQuality.IsGood(read.Status)
            ? read.Value.Value switch
            {
                double number => number,
                int number => number,
                bool isOn => isOn ? 1 : 0,
                _ => double.NaN,
            }
            : double.NaN;
        DateTime at = read.SourceTimestamp ?? read.ServerTimestamp ?? DateTime.MinValue;
        return new LiveValue(
            tag.Unit!.Value,
            tag.Name["Live.".Length..],
            value,
            new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
    }

    private static LiveValue? AtMost(UnitLink unit, TagDefinition tag, DataValue read, double limit)
    {
        // A PLC that stands still may have left a value behind that was true once.
        unit.Watch.ExpectAlive();
        LiveValue value = Of(tag, read);
        return value.Value <= limit ? value : null;
    }
}
