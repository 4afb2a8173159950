using CoatLine.Hosting;
using CoatLine.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoatLine.Hosting.Tests;

[TestFixture]
internal sealed class CoatLineOptionsTests
{
    [Test]
    public void Validate_TheDefaults_Succeeds() =>
        Assert.That(new CoatLineOptionsValidator().Validate(null, new CoatLineOptions()).Succeeded, Is.True);

    [Test]
    public void Validate_EverythingWrong_ReportsEveryError()
    {
        CoatLineOptions options = new()
        {
            DataDirectory = " ",
            Line = "Line 1",
            EndpointUrl = "http://127.0.0.1:4840",
            Speed = 0,
            AgreementTimeout = TimeSpan.Zero,
        };

        ValidateOptionsResult result = new CoatLineOptionsValidator().Validate(null, options);

        string[] fields = ["DataDirectory", "Line ", "EndpointUrl", "Speed", "AgreementTimeout"];
        Assert.That(result.Failures!.Count(), Is.EqualTo(fields.Length));
        Assert.That(fields.Where(f => !result.Failures!.Any(e => e.StartsWith(f, StringComparison.Ordinal))), Is.Empty);
    }

    [TestCase("opc.tcp://127.0.0.1:4840", true)]
    [TestCase("opc.tcp://plc-7/line", true)]
    [TestCase("opc.https://127.0.0.1", false)]
    [TestCase("127.0.0.1:4840", false)]
    [TestCase("opc.tcp://", false)]
    [TestCase("", false)]
    public void Validate_OfAnEndpoint_WantsOpcTcpAndAHost(string url, bool valid) =>
        Assert.That(
            new CoatLineOptionsValidator().Validate(null, new CoatLineOptions { EndpointUrl = url }).Succeeded,
            Is.EqualTo(valid));

    [TestCase(MessagingRole.Both, true)]
    [TestCase(MessagingRole.Edge, true)]
    [TestCase(MessagingRole.Ledger, false)]
    public void Validate_OfABroker_WantsALineToHaveAJournal(MessagingRole role, bool valid) =>
        Assert.That(Judged(new RabbitMqOptions { Password = "x", Role = role }), Is.EqualTo(valid));

    [Test]
    public void Validate_OfABrokerWithoutAPassword_Fails() => Assert.That(Judged(new RabbitMqOptions()), Is.False);

    [Test]
    public void Validate_OfABrokersPasswordInTheConfiguration_SaysWhereItGoes()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("CoatLine:RabbitMq:Password", "guess-7391")]).Build();

        ValidateOptionsResult result = new CoatLineOptionsValidator(configuration).Validate(
            null, new CoatLineOptions { RabbitMq = new RabbitMqOptions { Password = "guess-7391" } });

        Assert.That(result.FailureMessage, Does.Contain(RabbitMqOptions.PasswordVariable).And.Not.Contain("guess"));
    }

    [TestCase(MessagingRole.Both)]
    [TestCase(MessagingRole.Edge)]
    public void Host_WithABrokerInItsConfiguration_GivesItToTheMessagingWithAPlaceForItsState(MessagingRole role)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("CoatLine:RabbitMq:Host", "broker"), new("CoatLine:RabbitMq:Role", role.ToString()),
        ]);

        builder.AddCoatLineMes(o => (o.DataDirectory, o.RabbitMq!.Password) = ("data", "x"));
        using IHost host = builder.Build();

        RabbitMqOptions? broker = host.Services.GetRequiredService<MessagingOptions>().RabbitMq;
        Assert.That(
            (broker?.Host, broker?.Role, broker?.StateDirectory),
            Is.EqualTo(("broker", role, Path.Combine("data", "published"))));
    }

    private static bool Judged(RabbitMqOptions broker) =>
        new CoatLineOptionsValidator().Validate(null, new CoatLineOptions { RabbitMq = broker }).Succeeded;
}
