using System.Globalization;
using System.Text.Json;

namespace CoatLine.Ledger;

/// <summary>
/// The CloudEvents attributes that stand in the payload and again in columns beside it. The payload is what is
/// hashed, so it is the truth and the columns are copies.
/// </summary>
internal readonly record struct EventAttributes(string Id, string Type, string Subject, string Time)
{
    /// <summary>Event time as an instant; null when the text is not an RFC 3339 time.</summary>
    public DateTimeOffset? Instant =>
        DateTimeOffset.TryParse(Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>
    /// Reads the attributes from UTF-8 JSON; null with a reason when the bytes are not one JSON object, when id,
    /// type or time is missing, or when an attribute stands there twice (readers would disagree about which counts).
    /// </summary>
    public static EventAttributes? TryRead(ReadOnlySpan<byte> payload, out string reason)
    {
        try
        {
            return Read(payload, out reason);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an escape that is no character, e.g. a lone surrogate.
            reason = "the payload is not valid JSON";
            return null;
        }
    }

    private static EventAttributes? Read(ReadOnlySpan<byte> payload, out string reason)
    {
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reason = "the payload is not a JSON object";
            return null;
        }

        var found = new string?[4];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int which = IndexOf(ref reader);
            reader.Read();
            if (which < 0)
            {
                reader.Skip();
                continue;
            }

            if (found[which] is not null || reader.TokenType != JsonTokenType.String)
            {
                reason = $"attribute '{Names[which]}' stands twice in the payload or is not text";
                return null;
            }

            found[which] = reader.GetString();
        }

        // The reader throws on anything but white space after the closing brace.
        while (reader.Read())
        {
        }

        if (found[0] is { Length: > 0 } id && found[1] is { Length: > 0 } type && found[3] is { Length: > 0 } time)
        {
            reason = "";
            return new EventAttributes(id, type, found[2] ?? "", time);
        }

        reason = "the payload lacks id, type or time";
        return null;
    }

    private static readonly string[] Names = ["id", "type", "subject", "time"];

    private static int IndexOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("id"u8) ? 0
        : reader.ValueTextEquals("type"u8) ? 1
        : reader.ValueTextEquals("subject"u8) ? 2
        : reader.ValueTextEquals("time"u8) ? 3
        : -1;
}
