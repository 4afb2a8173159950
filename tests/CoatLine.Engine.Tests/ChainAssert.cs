using CoatLine.Domain.Events;

namespace CoatLine.Engine.Tests;

/// <summary>The chain of a journal from its first event to its head.</summary>
internal static class ChainAssert
{
    public static void IsWhole(IReadOnlyList<ChainedEvent> events)
    {
        ChainHash previous = ChainHash.Zero;
        for (int i = 0; i < events.Count; i++)
        {
            ChainedEvent e = events[i];
            Assert.That(e.Seq, Is.EqualTo(i + 1));
            Assert.That(e.Previous, Is.EqualTo(previous), $"link of event {e.Seq}");
            Assert.That(EventChain.Hash(e.Line, e.Seq, e.Previous, e.Payload.Span), Is.EqualTo(e.Hash));
            previous = e.Hash;
        }

        Assert.That(events.Select(e => e.EventId), Is.Unique);
    }
}
