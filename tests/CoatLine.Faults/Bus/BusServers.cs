using CoatLine.Servers;

namespace CoatLine.Faults.Bus;

/// <summary>The broker and the database of a campaign.</summary>
internal sealed record BusServers(PrivateRabbit Rabbit, PrivatePostgres Postgres) : IAsyncDisposable
{
    public static async Task<BusServers> StartAsync()
    {
        PrivatePostgres postgres = await PrivatePostgres.StartAsync();
        try
        {
            return new BusServers(await PrivateRabbit.StartAsync(), postgres);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Rabbit.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
