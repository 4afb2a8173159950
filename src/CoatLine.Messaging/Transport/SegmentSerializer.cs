using System.Net.Mime;
using System.Runtime.Serialization;
using CoatLine.Messaging.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace CoatLine.Messaging;

/// <summary>
/// Carries a <see cref="LedgerSegment"/> as the bytes of <see cref="SegmentFrame"/>, not as base64 in a JSON envelope.
/// Bytes that are none fail as MassTransit expects it, so that they are set aside.
/// </summary>
internal sealed class SegmentSerializer : IMessageSerializer, IMessageDeserializer, ISerializerFactory
{
    public static readonly SegmentSerializer Instance = new();

    public static readonly ContentType MediaType = new("application/vnd.coatline.segment");

    private static readonly string[] MessageTypes = [MessageUrn.ForTypeString<LedgerSegment>()];

    public ContentType ContentType => MediaType;

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => context.Message is LedgerSegment segment
        ? new BytesMessageBody(SegmentFrame.Write(segment))
        : throw new SerializationException($"{typeof(T).Name} is no segment");

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
        receiveContext,
        Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        try
        {
            byte[] bytes = body.GetBytes();
            return bytes.Length <= SegmentFrame.MaxBytes
                ? new Context(SegmentFrame.Read(bytes), headers, destinationAddress)
                : throw new FormatException($"it has {bytes.Length} bytes, at most {SegmentFrame.MaxBytes} are read");
        }
        catch (FormatException e)
        {
            throw new SerializationException($"the segment cannot be read: {e.Message}", e);
        }
    }

    public MessageBody GetMessageBody(string text) => throw new NotSupportedException("a segment is no text");

    public void Probe(ProbeContext context) => context.CreateScope("coatline-segment");

    /// <summary>One segment that was received.</summary>
    private sealed class Context(LedgerSegment segment, Headers headers, Uri? destination) : BaseSerializerContext(
        SystemTextJsonMessageSerializer.Instance,
        new RawMessageContext(headers, destination!, default),
        MessageTypes)
    {
        public override bool TryGetMessage<T>(out T? message)
            where T : class => (message = segment as T) is not null;

        public override bool TryGetMessage(Type messageType, out object message)
        {
            message = segment;
            return messageType == typeof(LedgerSegment);
        }

        public override IMessageSerializer GetMessageSerializer() => Instance;

        public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => Instance;

        public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => Instance;

        public override Dictionary<string, object> ToDictionary<T>(T? message)
            where T : class => [];
    }
}
