using CoatLine.Messaging;
using CoatLine.Messaging.Contracts;

namespace CoatLine.Faults.Bus.Simulation;

/// <summary>The broker: what it was given on its way to the ledger, as bytes, and the answers on their way
/// back.</summary>
internal sealed class SimulatedBroker
{
    /// <summary>The most messages of a queue; more are refused, as the real one's bound does.</summary>
    public const int Most = 64;

    /// <summary>Frames of segments, and requests.</summary>
    public List<object> ToLedger { get; } = [];

    public List<object> ToEdge { get; } = [];

    /// <summary>Takes a message for the ledger.</summary>
    /// <exception cref="TimeoutException">It is full.</exception>
    public void Take(object message)
    {
        if (ToLedger.Count >= Most)
        {
            throw new TimeoutException("the queue is full");
        }

        ToLedger.Add(message is LedgerSegment segment ? SegmentFrame.Write(segment) : message);
    }

    /// <summary>A copy of one message with one octet changed or its end cut off; requests stay whole.</summary>
    public static object Spoil(object message, Chance chance)
    {
        if (message is not byte[] frame)
        {
            return message;
        }

        if (chance.OnceIn(2))
        {
            return frame[..chance.Below(frame.Length)];
        }

        byte[] spoilt = [.. frame];
        spoilt[chance.Below(spoilt.Length)] ^= (byte)(1 + chance.Below(255));
        return spoilt;
    }
}
