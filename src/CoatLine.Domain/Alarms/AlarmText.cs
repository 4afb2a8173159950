using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Alarms;

/// <summary>Alarms as JSON, in the spelling of recorded facts.</summary>
public static class AlarmText
{
    /// <summary>Writes an alarm.</summary>
    public static string Of(AlarmState alarm) => JsonSerializer.Serialize(alarm, EventJson.Options);

    /// <summary>Writes a flood.</summary>
    public static string Of(AlarmFloodBegan flood) => JsonSerializer.Serialize(flood, EventJson.Options);

    /// <summary>Reads an alarm.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static AlarmState ToAlarm(string json) => Read<AlarmState>(json);

    /// <summary>Reads a flood.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static AlarmFloodBegan ToFlood(string json) => Read<AlarmFloodBegan>(json);

    private static T Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, EventJson.Options)
                ?? throw new FormatException("an alarm is not null");
        }
        catch (JsonException e)
        {
            throw new FormatException($"'{json}' is no alarm", e);
        }
    }
}
