using CoatLine.Servers;

namespace CoatLine.Messaging.Tests;

/// <summary>The broker and the database of this test run.</summary>
[SetUpFixture]
internal sealed class Broker
{
    private static PrivateRabbit? _rabbit;
    private static PrivatePostgres? _postgres;

    public static PrivateRabbit Rabbit => _rabbit!;

    public static PrivatePostgres Postgres => _postgres!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        _postgres = await PrivatePostgres.StartAsync();
        _rabbit = await PrivateRabbit.StartAsync();
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_rabbit is not null)
        {
            await _rabbit.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
