using CoatLine.Domain.Events;
using CoatLine.Messaging;
using CoatLine.Messaging.Contracts;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace CoatLine.Ledger.Tests.Feeding;

/// <summary>What goes wrong in a test.</summary>
internal sealed record FeedFaults
{
    public int MaxSegmentEvents { get; init; } = 500;

    /// <summary>Decides on each segment that comes to the ledger, by its count from 0.</summary>
    public Func<int, LedgerSegment, SegmentFate>? Segment { get; init; }

    /// <summary>Stands between the consumer and the ledger, by the count of calls from 0.</summary>
    public Func<int, Func<AppendOutcome>, AppendOutcome>? Ledger { get; init; }

    public Action<IServiceCollection>? Services { get; init; }
}

internal enum SegmentFate
{
    Deliver,
    Drop,
    DeliverTwice,
    DeliverAfterTheNext,
    Spoil,
}

/// <summary>The ledger with faults around it.</summary>
internal sealed class FaultySink(LedgerStore store, Func<int, Func<AppendOutcome>, AppendOutcome> fault) : IEventSink
{
    private int _calls = -1;

    public ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken) => new(store.Mark(line));

    public ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken) =>
        new(fault(Interlocked.Increment(ref _calls), () => store.Append(segment)));
}

/// <summary>Loses, repeats, delays and spoils segments on their way to the consumer.</summary>
internal sealed class SegmentFaults(Func<int, LedgerSegment, SegmentFate> decide) : IFilter<ConsumeContext>
{
    private int _count = -1;
    private LedgerSegment? _held;

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (!context.TryGetMessage(out ConsumeContext<LedgerSegment>? segment))
        {
            await next.Send(context);
            return;
        }

        SegmentFate fate = decide(Interlocked.Increment(ref _count), segment.Message);
        if (_held is null && fate == SegmentFate.DeliverAfterTheNext)
        {
            _held = segment.Message;
            return;
        }

        if (fate == SegmentFate.Spoil)
        {
            byte[] payload = [.. segment.Message.Events[0].Payload];
            payload[^1] ^= 1;
            SegmentEvent first = segment.Message.Events[0] with { Payload = payload };
            await context.Publish(segment.Message with { Events = [first, .. segment.Message.Events.Skip(1)] });
            return;
        }

        int times = fate switch { SegmentFate.Drop => 0, SegmentFate.DeliverTwice => 2, _ => 1 };
        for (int i = 0; i < times; i++)
        {
            await next.Send(context);
        }

        if (_held is { } held)
        {
            _held = null;
            await context.Publish(held);
        }
    }

    public void Probe(ProbeContext context)
    {
    }
}
