using System.Buffers.Binary;
using Npgsql;

namespace CoatLine.Bench.Bus;

/// <summary>The broker's client by itself, up to 500 events a message: the ceiling.</summary>
internal sealed class RawSegments(Uri broker, NpgsqlDataSource database) : IPipeline
{
    private const ushort Prefetch = 16;
    private const int MostEvents = 500;
    private const int NumberOctets = 8;

    private readonly RawTable _table = new(database, "raw_segments");
    private RawBroker? _bus;
    private NpgsqlConnection? _connection;
    private Flow? _flow;

    public string Name => "raw, 500 events a message";

    public async Task PrepareAsync(Flow flow)
    {
        await DisposeAsync();
        await _table.CreateAsync();
        _connection = await database.OpenConnectionAsync();
        _bus = await RawBroker.OpenAsync(broker, "raw-segments", Prefetch);
        _flow = flow;
        await _bus.ConsumeAsync(1, bodies => CommitAsync(bodies[0], flow), flow);
    }

    public async Task SendAsync(int first, int count)
    {
        for (int at = first; at < first + count; at += MostEvents)
        {
            int events = Math.Min(MostEvents, first + count - at);
            byte[] body = new byte[NumberOctets + (events * Payloads.Octets)];
            BinaryPrimitives.WriteInt64LittleEndian(body, at);
            for (int i = 0; i < events; i++)
            {
                Payloads.Of(at + i).CopyTo(body, NumberOctets + (i * Payloads.Octets));
            }

            _flow!.Begin(at, events);
            await _bus!.PublishAsync(body);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
        {
            await _bus.FlushAsync();
            await _bus.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        (_bus, _connection) = (null, null);
    }

    private async Task CommitAsync(byte[] segment, Flow flow)
    {
        long first = BinaryPrimitives.ReadInt64LittleEndian(segment);
        int events = (segment.Length - NumberOctets) / Payloads.Octets;
        await _table.CopyAsync(_connection!, Enumerable.Range(0, events).Select(i => (first + i,
            (ReadOnlyMemory<byte>)segment.AsMemory(NumberOctets + (i * Payloads.Octets), Payloads.Octets))));
        flow.CommitThrough((int)first + events);
    }
}
