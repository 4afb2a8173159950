using CoatLine.Servers;

namespace CoatLine.Messaging.Tests;

/// <summary>The one broker of this test run.</summary>
[SetUpFixture]
internal sealed class Broker
{
    private static PrivateRabbit? _rabbit;

    public static PrivateRabbit Rabbit => _rabbit!;

    [OneTimeSetUp]
    public static async Task StartAsync() => _rabbit = await PrivateRabbit.StartAsync();

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_rabbit is not null)
        {
            await _rabbit.DisposeAsync();
        }
    }
}
