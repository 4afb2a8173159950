using System.Text;
using System.Text.Json;
using CoatLine.Ledger;
using RabbitMQ.Client;

namespace CoatLine.Messaging;

/// <summary>An event as dashboards get it: a CloudEvents 1.0 document in structured mode, its own hash last.</summary>
internal static class EventMessage
{
    public const string ContentType = "application/cloudevents+json";

    /// <summary>Type of the message that ends a replay.</summary>
    public const string ReplayEnd = "coatline.replay-end.v1";

    /// <summary><c>LINE.BARE-TYPE</c>, for example <c>line-1.mix-cycle-completed</c>.</summary>
    public static string RoutingKey(LedgerRow row) => $"{row.Line}.{BareType(row.Type)}";

    public static BasicProperties Properties(LedgerRow row) => new()
    {
        Persistent = true, ContentType = ContentType, MessageId = row.Id, Type = row.Type,
    };

    /// <summary>The payload as recorded, and the hash that cannot stand inside what it covers.</summary>
    public static byte[] Body(LedgerRow row)
    {
        int end = row.Payload.LastIndexOf('}');
        return end < 0
            ? Encoding.UTF8.GetBytes(row.Payload)
            : Encoding.UTF8.GetBytes($"{row.Payload[..end]},\"hash\":\"{row.Hash}\"{row.Payload[end..]}");
    }

    /// <summary>Tells who asked up to where the ledger had events.</summary>
    public static byte[] End(string line, long from, long through) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type = ReplayEnd, line, from, through });

    /// <summary>The middle of <c>coatline.NAME.vN</c>; the text itself where it has another form.</summary>
    public static string BareType(string type) => type.Split('.') is ["coatline", var bare, _] ? bare : type;
}
