using CoatLine.Cli.Running;
using CoatLine.Hosting;
using CoatLine.Ledger;
using CoatLine.Messaging;

namespace CoatLine.Cli.Tests;

/// <summary>What a run was told about broker and ledger, and what its folder keeps of it.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FeedSettingsTests : IDisposable
{
    private const string Database = "Host=db;Database=plant;Username=mes";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("coatline-cli-feed-");
    private readonly DataFolder _folder;

    public FeedSettingsTests() => _folder = DataFolder.Claim(_directory.FullName);

    private string PasswordFile => Path.Combine(_directory.FullName, "password");

    public void Dispose()
    {
        _folder.Dispose();
        _directory.Delete(recursive: true);
    }

    [TestCase(false, MessagingRole.Both)]
    [TestCase(true, MessagingRole.Edge)]
    public void Settle_OfBrokerAndLedger_IsKeptByTheFolder(bool isEdge, MessagingRole role)
    {
        new FeedSettings(Broker("amqp://mes@broker/plant", isEdge), Database).Settle(_folder);
        FeedSettings.AsBefore.Settle(_folder);

        RabbitMqOptions? broker = FeedSettings.BrokerOf(_folder.Path);
        Assert.That(
            (broker?.Host, broker?.VirtualHost, broker?.Role, broker?.PasswordFile),
            Is.EqualTo(("broker", "plant", role, PasswordFile)));
        Assert.That(LedgerPlace.OfFolder(_folder.Path).IsServer, Is.True);
    }

    [Test]
    public void Settle_OfNothing_LeavesTheBusInMemory()
    {
        FeedSettings.AsBefore.Settle(_folder);

        Assert.That(FeedSettings.BrokerOf(_folder.Path), Is.Null);
        Assert.That(_folder.Ledger.IsServer, Is.False);
    }

    [Test]
    public void Settle_OfAnEdgeWithoutALedgerToRead_IsRefused()
    {
        CommandFailedException refused = Assert.Throws<CommandFailedException>(
            () => new FeedSettings(Broker("amqp://mes@broker", true), null).Settle(_folder))!;

        Assert.That(refused.Code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(refused.Message, Does.Contain("--ledger"));
    }

    [TestCase("http://broker", "--broker")]
    [TestCase("amqp://mes:guess-7391@broker", "COATLINE_BROKER_PASSWORD")]
    public void Settle_OfABadBroker_NotesNothing(string url, string named)
    {
        CommandFailedException refused = Assert.Throws<CommandFailedException>(
            () => new FeedSettings(Broker(url, false), Database).Settle(_folder))!;

        Assert.That(refused.Message, Does.Contain(named).And.Not.Contain("guess-7391"));
        Assert.That(FeedSettings.BrokerOf(_folder.Path), Is.Null);
        Assert.That(_folder.Ledger.IsServer, Is.False);
    }

    [Test]
    public void OfFolder_WithADamagedNote_NamesItAndTheCure()
    {
        string note = Path.Combine(_folder.Path, BrokerSettings.NoteName);
        File.WriteAllText(note, "amqp://");

        Assert.That(
            Assert.Throws<CommandFailedException>(() => FeedSettings.BrokerOf(_folder.Path))!.Message,
            Does.Contain(note).And.Contain("delete"));
    }

    [Test]
    public void Options_OfAnEncryptedBroker_HaveItsFiles()
    {
        string key = Path.Combine(_directory.FullName, "none.pem");
        BrokerSettings broker = Broker("amqps://mes@broker", false) with { Certificate = key, Key = key };

        CommandFailedException refused =
            Assert.Throws<CommandFailedException>(() => broker.Options(MessagingRole.Both))!;

        Assert.That(refused.Message, Does.Contain(key), "the file is missing, so it was looked for");
        Assert.That(Broker("amqps://mes@broker", false).Options(MessagingRole.Both).Tls, Is.Not.Null);
    }

    [Test]
    public void Options_OfACertificateWithoutEncryption_AreRefused() =>
        Assert.That(
            Assert.Throws<CommandFailedException>(
                () => (Broker("amqp://mes@broker", false) with { Authority = "ca.pem" }).Options(MessagingRole.Both))!
                .Message,
            Does.Contain("amqps://"));

    private BrokerSettings Broker(string url, bool isEdge)
    {
        File.WriteAllText(PasswordFile, "x");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new BrokerSettings(url, isEdge, PasswordFile, null, null, null);
    }
}
