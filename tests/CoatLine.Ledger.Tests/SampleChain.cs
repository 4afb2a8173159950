using System.Globalization;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests;

/// <summary>Chains of sample events: the same arguments always give the same bytes.</summary>
internal static class SampleChain
{
    public static readonly LineId Line = new("line-1");

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private static readonly string[] Types =
        ["mix-cycle-completed", "material-weighed", "phase-intended", "phase-accepted", "coat-completed"];

    public static List<ChainedEvent> Of(int count, LineId? line = null, string batch = "B-2026-0001")
    {
        var chain = new List<ChainedEvent>();
        for (int i = 0; i < count; i++)
        {
            chain.Add(Next(line ?? Line, chain.LastOrDefault(), Types[i % Types.Length], batch, $"note {i} µm"));
        }

        return chain;
    }

    public static ChainedEvent Next(LineId line, ChainedEvent? before, string bareType, string batch, string note)
    {
        long seq = (before?.Seq ?? 0) + 1;
        DateTimeOffset time = Start.AddSeconds(seq * 1.5);
        string id = string.Create(CultureInfo.InvariantCulture, $"01942f00-0000-7000-8000-{seq:x12}");
        string type = $"coatline.{bareType}.v1";
        string stamp = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        string json =
            $$"""{"specversion":"1.0","id":"{{id}}","source":"/{{line}}","type":"{{type}}","subject":"{{batch}}",""" +
            $$"""  "time":"{{stamp}}","data":{"note":"{{note}}","step_s":180.0} }""";
        byte[] payload = Encoding.UTF8.GetBytes(json);
        ChainHash previous = before?.Hash ?? ChainHash.Zero;
        return new ChainedEvent(
            line, seq, id, type, batch, time, payload, previous, EventChain.Hash(line, seq, previous, payload));
    }

    /// <summary>The same event with another payload, and a hash that fits it.</summary>
    public static ChainedEvent Forged(ChainedEvent e, string from, string to)
    {
        byte[] payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(e.Payload.Span).Replace(from, to));
        return e with { Payload = payload, Hash = EventChain.Hash(e.Line, e.Seq, e.Previous, payload) };
    }
}
