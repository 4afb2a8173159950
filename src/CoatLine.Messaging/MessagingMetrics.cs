using System.Diagnostics.Metrics;

namespace CoatLine.Messaging;

/// <summary>Counters of the meter "CoatLine.Messaging".</summary>
internal static class MessagingMetrics
{
    public const string MeterName = "CoatLine.Messaging";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> SegmentsSent =
        Meter.CreateCounter<long>("coatline.ledger.segments_sent", description: "Segments handed to the transport");

    public static readonly Counter<long> Resends =
        Meter.CreateCounter<long>("coatline.ledger.resends", description: "Times that sending began anew");

    public static readonly Counter<long> EventsCommitted =
        Meter.CreateCounter<long>("coatline.ledger.events_committed", description: "Events newly in the ledger");

    public static readonly Counter<long> SegmentsParked =
        Meter.CreateCounter<long>("coatline.ledger.segments_parked", description: "Segments set aside by the ledger");
}
