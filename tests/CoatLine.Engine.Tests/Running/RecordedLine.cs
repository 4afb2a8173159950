using System.Text;
using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Engine.Tests.Running;

/// <summary>A line of a recording: the payload as stored, with its hash as last attribute.</summary>
internal static class RecordedLine
{
    public static ChainedEvent Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        string Text(string name) => root.GetProperty(name).GetString()!;
        int tail = line.LastIndexOf(",\"hash\":", StringComparison.Ordinal);
        return new ChainedEvent(
            new LineId(Text("line")),
            root.GetProperty("seq").GetInt64(),
            Text("id"),
            Text("type"),
            root.TryGetProperty("subject", out JsonElement subject) ? subject.GetString()! : "",
            root.GetProperty("time").GetDateTimeOffset(),
            Encoding.UTF8.GetBytes(line[..tail] + "}"),
            ChainHash.Parse(Text("prevhash")),
            ChainHash.Parse(Text("hash")));
    }
}
