using System.Diagnostics;
using CoatLine.Messaging;
using CoatLine.Servers;

namespace CoatLine.System.Tests;

/// <summary>A broker and a database server as a plant has them, and commands that know their passwords from the
/// environment alone.</summary>
internal sealed class Plant : IAsyncDisposable
{
    /// <summary>What the MES logs in with; it may write and read, and no more.</summary>
    private const string Role = "mes";

    private readonly PrivateRabbit _rabbit;
    private readonly PrivatePostgres _postgres;
    private readonly RabbitVhost _vhost;
    private readonly string _database;

    private Plant(PrivateRabbit rabbit, PrivatePostgres postgres, string database) =>
        (_rabbit, _postgres, _vhost, _database) = (rabbit, postgres, rabbit.CreateVhost(), database);

    public string[] Broker =>
        ["--broker", $"amqp://{_vhost.User}@{PrivateRabbit.Host}:{_rabbit.Port}/{_vhost.Name}"];

    public string[] Ledger => ["--ledger", Address(Role)];

    /// <summary>The broker for a host of a test's own.</summary>
    public RabbitMqOptions Options(MessagingRole role)
    {
        RabbitMqOptions options = RabbitMqOptions.FromUrl(Broker[1]);
        (options.Password, options.Role) = (_vhost.Password, role);
        return options;
    }

    public static async Task<Plant> StartAsync()
    {
        PrivatePostgres postgres = await PrivatePostgres.StartAsync();
        PrivateRabbit rabbit;
        try
        {
            rabbit = await PrivateRabbit.StartAsync();
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }

        Plant plant = new(rabbit, postgres, await postgres.CreateDatabaseAsync());
        Answer migrated = await Coatline.RunAsync(plant.Command("owner", "ledger", "migrate", plant.Address("owner")));
        Assert.That(migrated.ExitCode, Is.Zero, migrated.ToString());
        await postgres.ExecuteAsync(
            plant._database, $"CREATE ROLE {Role} LOGIN PASSWORD '{Role}'; GRANT coatline_writer TO {Role}");
        return plant;
    }

    /// <summary>A command of somebody who is to reach both servers.</summary>
    public ProcessStartInfo Command(params string[] arguments) => Command(Role, arguments);

    public async ValueTask DisposeAsync()
    {
        await _rabbit.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private string Address(string role) => $"postgres://{role}@127.0.0.1:{_postgres.Port}/{_database}";

    private ProcessStartInfo Command(string databasePassword, params string[] arguments)
    {
        ProcessStartInfo start = Coatline.StartInfo(arguments);
        start.Environment["PGPASSWORD"] = databasePassword;
        start.Environment["COATLINE_BROKER_PASSWORD"] = _vhost.Password;
        return start;
    }
}
