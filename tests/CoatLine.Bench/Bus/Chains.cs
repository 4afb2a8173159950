using CoatLine.Domain.Events;

namespace CoatLine.Bench.Bus;

/// <summary>Chains of facts of usual length, made by the product's own writer.</summary>
internal static class Chains
{
    private static readonly LineId Line = new("bench");

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private static readonly string Filling = new('x', 171);

    public static List<ChainedEvent> Of(int count)
    {
        var chain = new List<ChainedEvent>(count);
        ChainedEvent? before = null;
        for (int i = 0; i < count; i++)
        {
            before = Next(before);
            chain.Add(before);
        }

        return chain;
    }

    public static ChainedEvent Next(ChainedEvent? before)
    {
        long seq = (before?.Seq ?? 0) + 1;
        return CloudEvent.Chain(
            new LinkLost(string.Empty, null, FormattableString.Invariant($"{seq:0000000} {Filling}")),
            Line,
            seq,
            before?.Hash ?? ChainHash.Zero,
            FormattableString.Invariant($"01942f00-0000-7000-8000-{seq:x12}"),
            Start.AddSeconds(seq));
    }
}
