using RabbitMQ.Client;

namespace CoatLine.Messaging.Tests;

/// <summary>A start that cannot go well says why, and soon.</summary>
[TestFixture]
[CancelAfter(120_000)]
internal sealed class StartTests
{
    [Test]
    public async Task Ledger_WhereItsQueueIsOfAnotherType_SaysSo()
    {
        await using Rig rig = await Rig.MakeAsync();
        await using (IConnection connection = await rig.ConnectAsync())
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync(
                LedgerConsumer.EndpointName, durable: true, exclusive: false, autoDelete: false);
        }

        BrokerException refused = (await Assert.ThrowsAsync<BrokerException>(rig.LedgerAsync))!;

        Assert.That(refused.Fault, Is.EqualTo(BrokerFault.WrongTopology));
        Assert.That(refused.Message, Does.Contain(LedgerConsumer.EndpointName));
    }

    [Test]
    public async Task Edge_WithAWrongPassword_IsToldSoWithoutThePassword()
    {
        await using Rig rig = await Rig.MakeAsync();
        RabbitMqOptions options = rig.Options();
        options.Password = "guess-7391";

        BrokerException refused = (await Assert.ThrowsAsync<BrokerException>(() => Faults.Bus.Edge.StartAsync(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), Rig.Line, options)))!;

        Assert.That(refused.Fault, Is.EqualTo(BrokerFault.Refused));
        Assert.That(refused.Message, Does.Contain(options.User).And.Not.Contain("guess-7391"));
    }

    [Test]
    public async Task Edge_WhereNothingListens_GivesUpAtItsStartTimeout()
    {
        await using Rig rig = await Rig.MakeAsync();
        RabbitMqOptions options = rig.Options();
        options.Port = Servers.FreePort.Next();
        options.StartTimeout = TimeSpan.FromSeconds(1);

        BrokerException refused = (await Assert.ThrowsAsync<BrokerException>(() => Faults.Bus.Edge.StartAsync(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), Rig.Line, options)))!;

        Assert.That(refused.Fault, Is.EqualTo(BrokerFault.Unreachable));
        Assert.That(refused.Message, Does.Contain("waited 1 s"));
    }

    [TestCase("amqp://mes@broker/plant", "broker", 0, "mes", "plant", false)]
    [TestCase("amqps://broker:5999", "broker", 5999, "coatline", "/", true)]
    public void Address_Read_SaysWhatItSays(
        string url, string host, int port, string user, string vhost, bool isEncrypted)
    {
        RabbitMqOptions options = RabbitMqOptions.FromUrl(url);

        Assert.That(
            (options.Host, options.Port, options.User, options.VirtualHost, options.Tls is not null),
            Is.EqualTo((host, port, user, vhost, isEncrypted)));
    }

    [TestCase("amqp://mes:secret@broker")]
    [TestCase("http://broker")]
    [TestCase("broker")]
    public void Address_Wrong_IsRefusedAndAPasswordIsNotRepeated(string url)
    {
        FormatException refused = Assert.Throws<FormatException>(() => RabbitMqOptions.FromUrl(url))!;

        Assert.That(refused.Message, Does.Not.Contain("secret"));
    }
}
