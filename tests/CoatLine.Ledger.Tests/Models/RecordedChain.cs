using System.Text;
using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests.Models;

/// <summary>A whole batch as an engine recorded it, and facts about alarms behind it.</summary>
internal static class RecordedChain
{
    private const string Alarms = """
        coatline.alarm-raised.v1 {"unit":"mixer","alarm":"hum","severity":7,"message":"shakes","at":"2026-01-05T06:00Z"}
        coatline.alarm-acknowledged.v1 {"unit":"mixer","alarm":"hum","by":"jo","at":"2026-01-05T06:01:00Z"}
        coatline.alarm-cleared.v1 {"unit":"mixer","alarm":"hum","at":"2026-01-05T06:02:00Z"}
        coatline.alarm-raised.v1 {"unit":"mixer","alarm":"hum","severity":7,"message":"again","at":"2026-01-05T07:00Z"}
        coatline.what-nobody-knows.v7 {"x":1}
        """;

    public static List<ChainedEvent> All()
    {
        var chain = new List<ChainedEvent>();
        foreach (string line in File.ReadLines(Path.Combine(Root(), "tests", "CoatLine.Engine.Tests", "Recordings",
            "embodiment-4.v3.jsonl")))
        {
            // The hash stands behind what it covers.
            Add(chain, Encoding.UTF8.GetBytes(line[..line.LastIndexOf(",\"hash\":", StringComparison.Ordinal)] + "}"));
        }

        foreach (string[] words in Alarms.Split('\n').Select(static l => l.Split(' ', 2)))
        {
            long seq = chain.Count + 1;
            Add(chain, Encoding.UTF8.GetBytes(
                $$"""{"specversion":"1.0","id":"01942f00-0000-7000-8000-{{seq:x12}}","source":"/coatline/line-1",""" +
                $$""" "type":"{{words[0]}}","time":"2026-01-06T06:00:00.0000000Z","data":{{words[1]}}}"""));
        }

        return chain;
    }

    private static void Add(List<ChainedEvent> chain, byte[] payload)
    {
        JsonElement e = JsonSerializer.Deserialize<JsonElement>(payload);
        ChainHash previous = chain.Count == 0 ? ChainHash.Zero : chain[^1].Hash;
        string subject = e.TryGetProperty("subject", out JsonElement said) ? said.GetString()! : "";
        chain.Add(new ChainedEvent(
            SampleChain.Line, chain.Count + 1, e.GetProperty("id").GetString()!, e.GetProperty("type").GetString()!,
            subject, e.GetProperty("time").GetDateTimeOffset(), payload, previous,
            EventChain.Hash(SampleChain.Line, chain.Count + 1, previous, payload)));
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
