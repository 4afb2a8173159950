using System.Text.Json;

namespace CoatLine.Messaging.Tailing;

/// <summary>A message of the tail's queue: an event, or the end of a replay.</summary>
/// <param name="Tag">Number for the acknowledgement.</param>
/// <param name="Event">The event, or null.</param>
/// <param name="End">What a replay that has ended was asked for and has sent, or null.</param>
/// <param name="Wrong">Why it is neither, or null.</param>
internal sealed record TailMessage(ulong Tag, TailedEvent? Event, ReplayRequest? End, string? Wrong)
{
    /// <summary>Reads a message; one that is not understood says why.</summary>
    public static TailMessage Read(ulong tag, byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            string type = Text(root, "type");
            string line = Text(root, "line");
            return type == EventMessage.ReplayEnd
                ? new TailMessage(tag, null, ReadEnd(root, line), null)
                : new TailMessage(tag, ReadEvent(root, line, type, body), null, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            return new TailMessage(tag, null, null, e.Message);
        }
    }

    private static ReplayRequest ReadEnd(JsonElement root, string line) =>
        new(line, Number(root, "from"), Number(root, "through"));

    private static TailedEvent ReadEvent(JsonElement root, string line, string type, byte[] body) => new(
        line,
        Number(root, "seq"),
        type,
        root.TryGetProperty("subject", out JsonElement subject) ? subject.GetString() ?? "" : "",
        Text(root, "time"),
        body);

    private static string Text(JsonElement root, string name) =>
        root.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static long Number(JsonElement root, string name) => root.GetProperty(name).GetInt64();
}
