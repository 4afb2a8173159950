using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CoatLine.Ledger;

/// <summary>
/// The CloudEvents attributes that stand in the payload and again in columns beside it. The payload is what is
/// hashed, so it is the truth and the columns are copies. Line, seq and prevhash may be absent; the hash covers them
/// in any case.
/// </summary>
internal readonly record struct EventAttributes(
    string Id, string Type, string Subject, string Time, string? Line, string? Seq, string? PreviousHash)
{
    private static readonly string[] Names = ["id", "type", "subject", "time", "line", "seq", "prevhash"];

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

    /// <summary>The first of line, seq and prevhash that is there and says something else; null when there is none.
    /// </summary>
    public string? PlaceDifference(string line, long seq, string previousHash) =>
        Line is not null && Line != line ? "line"
        : Seq is not null && Seq != seq.ToString(CultureInfo.InvariantCulture) ? "seq"
        : PreviousHash is not null && PreviousHash != previousHash ? "prevhash"
        : null;

    private static EventAttributes? Read(ReadOnlySpan<byte> payload, out string reason)
    {
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reason = "the payload is not a JSON object";
            return null;
        }

        var found = new string?[Names.Length];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int which = IndexOf(ref reader);
            reader.Read();
            if (which < 0)
            {
                reader.Skip();
                continue;
            }

            JsonTokenType due = Names[which] == "seq" ? JsonTokenType.Number : JsonTokenType.String;
            if (found[which] is not null || reader.TokenType != due)
            {
                reason = $"attribute '{Names[which]}' stands twice in the payload or is no {due}";
                return null;
            }

            found[which] = due == JsonTokenType.Number
                ? Encoding.ASCII.GetString(reader.ValueSpan)
                : reader.GetString();
        }

        // The reader throws on anything but white space after the closing brace.
        while (reader.Read())
        {
        }

        if (found[0] is { Length: > 0 } id && found[1] is { Length: > 0 } type && found[3] is { Length: > 0 } time)
        {
            reason = "";
            return new EventAttributes(id, type, found[2] ?? "", time, found[4], found[5], found[6]);
        }

        reason = "the payload lacks id, type or time";
        return null;
    }

    private static int IndexOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("id"u8) ? 0
        : reader.ValueTextEquals("type"u8) ? 1
        : reader.ValueTextEquals("subject"u8) ? 2
        : reader.ValueTextEquals("time"u8) ? 3
        : reader.ValueTextEquals("line"u8) ? 4
        : reader.ValueTextEquals("seq"u8) ? 5
        : reader.ValueTextEquals("prevhash"u8) ? 6
        : -1;
}
