using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CoatLine.Domain.Events;

/// <summary>
/// The payload of an event: a CloudEvents 1.0 document in JSON format. What is hashed and stored has the extension
/// attributes <c>line</c>, <c>seq</c> and <c>prevhash</c>; <c>hash</c> cannot stand inside the bytes that it covers and
/// is put last for readers who get the document alone.
/// </summary>
public static class CloudEvent
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>Most payloads fit into it.</summary>
    private const int UsualBytes = 1024;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a fact as payload, puts it behind the chain's head and hashes it. Pure.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="line">The line.</param>
    /// <param name="seq">Its sequence number, from 1.</param>
    /// <param name="previous">Hash of the event before it.</param>
    /// <param name="eventId">UUIDv7 in lower-case text form.</param>
    /// <param name="time">Line time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The payload is larger than
    /// <see cref="EventChain.MaxPayloadBytes"/>, or seq is below 1.</exception>
    public static ChainedEvent Chain(
        BatchEvent fact, LineId line, long seq, ChainHash previous, string eventId, DateTimeOffset time)
    {
        string type = EventCatalog.TypeOf(fact);
        var buffer = new ArrayBufferWriter<byte>(UsualBytes);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, eventId);
            json.WriteString("source"u8, $"/coatline/{line}");
            json.WriteString("type"u8, type);
            if (fact.Batch.Length > 0)
            {
                json.WriteString("subject"u8, fact.Batch);
            }

            json.WriteString("time"u8, time.UtcDateTime.ToString(TimeFormat, null));
            json.WriteString("datacontenttype"u8, "application/json"u8);
            json.WriteString("line"u8, line.Value);
            json.WriteNumber("seq"u8, seq);
            json.WriteString("prevhash"u8, previous.ToString());
            json.WritePropertyName("data"u8);
            JsonSerializer.Serialize(json, fact, fact.GetType(), EventJson.Options);
            json.WriteEndObject();
        }

        byte[] payload = buffer.WrittenSpan.ToArray();
        ChainHash hash = EventChain.Hash(line, seq, previous, payload);
        return new ChainedEvent(
            line, seq, eventId, type, fact.Batch, time.ToUniversalTime(), payload, previous, hash);
    }

    /// <summary>The document with <c>hash</c> as its last attribute, for dashboards; not the bytes that were hashed.
    /// </summary>
    public static byte[] WithHash(ChainedEvent recorded)
    {
        ReadOnlySpan<byte> payload = recorded.Payload.Span;
        string tail = $$""","hash":"{{recorded.Hash}}"}""";
        byte[] document = new byte[payload.Length - 1 + tail.Length];
        payload[..^1].CopyTo(document);
        Encoding.ASCII.GetBytes(tail, document.AsSpan(payload.Length - 1));
        return document;
    }
}
