using Dapper;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CoatLine.Bench.Bus;

/// <summary>An event as the usual way publishes it.</summary>
public sealed record NaiveEvent(int Number, string Json);

/// <summary>The usual way: one MassTransit message an event, one Dapper INSERT in its consumer, defaults everywhere.
/// </summary>
internal sealed class Naive(Uri broker, NpgsqlDataSource database) : IPipeline
{
    private const int Window = 500;

    private readonly RawTable _table = new(database, "naive");
    private IHost? _host;
    private Flow? _flow;
    private int _rows;

    public string Name => "usual: MassTransit, one INSERT each";

    public async Task PrepareAsync(Flow flow)
    {
        await DisposeAsync();
        await _table.CreateAsync();
        (_flow, _rows) = (flow, 0);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(this);
        // Without waiting, what is published first finds no queue and is lost.
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<NaiveConsumer>();
            bus.UsingRabbitMq((context, transport) =>
            {
                transport.Host(broker);
                transport.ReceiveEndpoint("naive", endpoint =>
                {
                    endpoint.SetQuorumQueue();
                    endpoint.ConfigureConsumer<NaiveConsumer>(context);
                });
            });
        });
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task SendAsync(int first, int count)
    {
        IBus bus = _host!.Services.GetRequiredService<IBus>();
        var pending = new Queue<Task>();
        for (int i = first; i < first + count; i++)
        {
            string json = System.Text.Encoding.ASCII.GetString(Payloads.Of(i));
            _flow!.Begin(i, 1);
            pending.Enqueue(bus.Publish(new NaiveEvent(i, json)));
            if (pending.Count >= Window)
            {
                await pending.Dequeue();
            }
        }

        await Task.WhenAll(pending);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        _host = null;
    }

    private async Task InsertAsync(NaiveEvent one)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            $"INSERT INTO naive ({RawTable.Columns}) VALUES (@line, @seq, @id, @type, @batch, @time, @payload, "
            + "@prevhash, @hash) ON CONFLICT DO NOTHING",
            RawTable.Row(one.Number, System.Text.Encoding.ASCII.GetBytes(one.Json)));

        // They come in any order; the count is what can be told of them.
        _flow!.CommitThrough(Interlocked.Increment(ref _rows));
    }

    internal sealed class NaiveConsumer(Naive owner) : IConsumer<NaiveEvent>
    {
        public async Task Consume(ConsumeContext<NaiveEvent> context)
        {
            try
            {
                await owner.InsertAsync(context.Message);
            }
            catch (Exception e)
            {
                owner._flow!.Fail(e);
                throw;
            }
        }
    }
}
