using CoatLine.Servers;
using RabbitMQ.Client;

namespace CoatLine.Messaging.Tests;

/// <summary>The broker that the other tests rely on does what they ask of it.</summary>
[TestFixture]
internal sealed class PrivateRabbitTests
{
    [Test]
    public async Task Vhost_Fresh_TakesAndGivesAMessage()
    {
        RabbitVhost vhost = Broker.Rabbit.CreateVhost();
        await using IConnection connection = await new ConnectionFactory { Uri = vhost.Uri(Broker.Rabbit.Port) }
            .CreateConnectionAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("q", durable: true, exclusive: false, autoDelete: false);
        await channel.BasicPublishAsync("", "q", mandatory: true, body: new byte[] { 42 });

        BasicGetResult? got = await channel.BasicGetAsync("q", autoAck: true);

        Assert.That(got?.Body.ToArray(), Is.EqualTo(new byte[] { 42 }));
    }

    [Test]
    public async Task Broker_WipedAndRestarted_HasItsUsersAndNoQueue()
    {
        RabbitVhost vhost = Broker.Rabbit.CreateVhost();
        var factory = new ConnectionFactory { Uri = vhost.Uri(Broker.Rabbit.Port), AutomaticRecoveryEnabled = false };
        await using (IConnection before = await factory.CreateConnectionAsync())
        await using (IChannel channel = await before.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync("q", durable: true, exclusive: false, autoDelete: false);
        }

        await Broker.Rabbit.WipeAndRestartAsync();

        await using IConnection after = await factory.CreateConnectionAsync();
        await using IChannel other = await after.CreateChannelAsync();
        Assert.That(
            async () => await other.QueueDeclarePassiveAsync("q"),
            Throws.InstanceOf<RabbitMQ.Client.Exceptions.OperationInterruptedException>());
    }
}
