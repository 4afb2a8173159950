using System.Buffers.Binary;
using Npgsql;

namespace CoatLine.Bench.Bus;

/// <summary>The broker's client by itself: one message an event, COPY of what is there, acknowledged after the commit.
/// </summary>
internal sealed class RawSingle(Uri broker, NpgsqlDataSource database) : IPipeline
{
    private const ushort Prefetch = 2000;
    private const int MostRows = 1000;
    private const int NumberOctets = 8;

    private readonly RawTable _table = new(database, "raw_single");
    private RawBroker? _bus;
    private NpgsqlConnection? _connection;

    public string Name => "raw, one event a message";

    public async Task PrepareAsync(Flow flow)
    {
        await DisposeAsync();
        await _table.CreateAsync();
        _connection = await database.OpenConnectionAsync();
        _bus = await RawBroker.OpenAsync(broker, "raw-single", Prefetch);
        await _bus.ConsumeAsync(MostRows, bodies => CommitAsync(bodies, flow), flow);
        _flow = flow;
    }

    public async Task SendAsync(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            byte[] body = new byte[NumberOctets + Payloads.Octets];
            BinaryPrimitives.WriteInt64LittleEndian(body, i);
            Payloads.Of(i).CopyTo(body, NumberOctets);
            _flow!.Begin(i, 1);
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

    private Flow? _flow;

    private async Task CommitAsync(IReadOnlyList<byte[]> bodies, Flow flow)
    {
        await _table.CopyAsync(_connection!, bodies.Select(body =>
            (BinaryPrimitives.ReadInt64LittleEndian(body), (ReadOnlyMemory<byte>)body.AsMemory(NumberOctets))));
        flow.CommitThrough((int)BinaryPrimitives.ReadInt64LittleEndian(bodies[^1]) + 1);
    }
}
