using System.Text;
using CoatLine.Messaging;
using RabbitMQ.Client;

namespace CoatLine.Faults.Bus;

/// <summary>Messages that should not be: twice, in the wrong order, of nobody, too long, spoilt.</summary>
internal static class MessageFaults
{
    private const string Copies = "copies";
    private const int MostCopies = 40;
    private const int Some = 500;

    public static IEnumerable<BusScenario> All =>
    [
        new("segments again, and in reverse order", RepeatAsync),
        new("spoilt segments: any octet changed, cut short", SpoilAsync),
        new("poison: no segment, unknown version, unknown kind, too long", PoisonAsync),
    ];

    private static async Task RepeatAsync(BusRig rig)
    {
        await using Copying copies = await CopyAsync(rig);
        foreach ((IReadOnlyBasicProperties properties, byte[] body) in Enumerable.Reverse(copies.Taken)
            .Concat(copies.Taken).Concat(Enumerable.Reverse(copies.Taken)))
        {
            await SendAsync(copies.Channel, properties, body);
        }

        await rig.RecoverAsync();
    }

    private static async Task SpoilAsync(BusRig rig)
    {
        await using Copying copies = await CopyAsync(rig);
        var chance = new Chance(4);
        foreach ((IReadOnlyBasicProperties properties, byte[] body) in copies.Taken)
        {
            byte[] spoilt = [.. body];
            spoilt[chance.Below(spoilt.Length)] ^= (byte)(1 + chance.Below(255));
            await SendAsync(copies.Channel, properties, spoilt);
            await SendAsync(copies.Channel, properties, body[..chance.Below(body.Length)]);
        }

        await rig.RecoverAsync();
        await rig.FinishAsync();
        uint parked = await copies.Channel.MessageCountAsync(RabbitTopology.ParkedQueue);
        if (parked == 0)
        {
            rig.Wrong.Enqueue("nothing was parked, so there was no fault");
        }
    }

    private static async Task PoisonAsync(BusRig rig)
    {
        await rig.StartAsync();
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        string segment = SegmentSerializer.MediaType.ToString();
        (string Type, byte[] Body)[] poison =
        [
            (segment, [.. "CLS"u8, 9, .. "of another version"u8]),
            (segment, []),
            (segment, new byte[SegmentFrame.MaxBytes + 1]),
            ("application/json", "{\"what\":1}"u8.ToArray()),
            ("application/json", "{"u8.ToArray()),
            ("text/plain", Encoding.UTF8.GetBytes("hello")),
        ];
        foreach ((string type, byte[] body) in poison)
        {
            await SendAsync(channel, new BasicProperties { ContentType = type }, body);
        }

        await rig.RecoverAsync();
        await rig.FinishAsync();
        await rig.UntilAsync(
            () => channel.MessageCountAsync(RabbitTopology.ParkedQueue).GetAwaiter().GetResult() >= poison.Length,
            "each poisonous message is parked");
        for (int i = 0; i < poison.Length; i++)
        {
            BasicGetResult? parked = await channel.BasicGetAsync(RabbitTopology.ParkedQueue, autoAck: true);
            if (parked?.BasicProperties.Headers?.ContainsKey(RabbitParking.ReasonHeader) != true)
            {
                rig.Wrong.Enqueue("a parked message has no reason");
            }
        }
    }

    /// <summary>Both ends run, and copies of segments are at hand while facts are recorded.</summary>
    private static async Task<Copying> CopyAsync(BusRig rig)
    {
        await rig.StartAsync();
        IConnection connection = await rig.ConnectAsync();
        var copies = new Copying(connection, await connection.CreateChannelAsync());
        await copies.Channel.QueueDeclareAsync(Copies, durable: false, exclusive: true, autoDelete: true);
        await copies.Channel.QueueBindAsync(Copies, "CoatLine.Messaging.Contracts:LedgerSegment", "");
        long until = rig.Edge!.Journal.HeadSeq + Some;
        await rig.UntilAsync(() => rig.Edge.Journal.ConfirmedSeq >= until, "more facts arrive");
        while (copies.Taken.Count < MostCopies
            && await copies.Channel.BasicGetAsync(Copies, autoAck: true) is { } copy)
        {
            copies.Taken.Add((copy.BasicProperties, copy.Body.ToArray()));
        }

        if (copies.Taken.Count == 0)
        {
            rig.Wrong.Enqueue("no segment was copied, so there was no fault");
        }

        return copies;
    }

    private static ValueTask SendAsync(IChannel channel, IReadOnlyBasicProperties properties, byte[] body) =>
        channel.BasicPublishAsync(
            "", LedgerConsumer.EndpointName, mandatory: true, new BasicProperties(properties), body);

    private sealed class Copying(IConnection connection, IChannel channel) : IAsyncDisposable
    {
        public IChannel Channel => channel;

        public List<(IReadOnlyBasicProperties Properties, byte[] Body)> Taken { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
