using System.Text.Json;
using CoatLine.Hosting;
using CoatLine.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.System.Tests;

/// <summary>A whole batch of real processes over a real broker into a real database server, and what is found of it
/// there afterwards, by the record and by a dashboard.</summary>
[TestFixture]
internal sealed class PlantRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Plant? _plant;
    private Answer _run = new(-1, "", "");
    private List<string> _seenLive = [];

    private Plant Plant => _plant!;

    private string Data => _folder.File("data");

    [OneTimeSetUp]
    public async Task RunOnce()
    {
        _plant = await Plant.StartAsync();
        using FollowedRun watcher = new(Plant.Command(
            ["events", "tail", .. Plant.Broker, "--type", "mix-cycle-completed", "--count", "34", "--json"]));
        _run = await Coatline.RunAsync(Plant.Command(
            ["run", "--once", "--speed", "3000", "--data", Data, "--json", .. Plant.Broker, .. Plant.Ledger]));
        Assert.That(_run.ExitCode, Is.Zero, _run.ToString());
        await watcher.EndAsync();
        _seenLive = watcher.Lines;
    }

    [OneTimeTearDown]
    public ValueTask Stop() => _plant?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Run_OverBrokerAndServer_ReleasesAndItsChainHoldsThere()
    {
        Answer verified = await AskAsync("ledger", "verify", "--data", Data, "--json");

        Assert.That(_run.Json.GetProperty("outcome").GetString(), Is.EqualTo("released"));
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(
            verified.Json.GetProperty("lines")[0].GetProperty("hash").GetString(),
            Is.EqualTo(_run.Json.GetProperty("head_hash").GetString()));
        Assert.That(File.Exists(Path.Combine(Data, "ledger.db")), Is.False, "nothing is kept in a file");
    }

    [Test]
    public async Task Certificate_OfTheBatch_HoldsOffline()
    {
        string file = _folder.File("certificate.json");
        string batch = _run.Json.GetProperty("batch").GetString()!;

        Answer made = await AskAsync("ledger", "certificate", batch, "--data", Data, "-o", file);
        Answer keys = await Coatline.RunAsync("ledger", "key", "--data", Data, "--json");
        Answer verified = await Coatline.RunAsync(
            "verify", file, "--key", keys.Json.GetProperty("keys")[0].GetProperty("id").GetString()!, "--json");

        Assert.That(made.ExitCode, Is.Zero, made.ToString());
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(verified.Json.GetProperty("key_trust").GetString(), Is.EqualTo("trusted"));
    }

    [Test]
    public void Tail_DuringTheRun_HasSeenEachMixCycleInOrder()
    {
        IEnumerable<JsonElement> events = _seenLive.Select(static l => JsonDocument.Parse(l).RootElement);
        long[] numbers = [.. events.Select(static e => e.GetProperty("seq").GetInt64())];

        Assert.That(numbers, Has.Length.EqualTo(34).And.Ordered.Ascending);
        Assert.That(_seenLive, Has.All.Contains("\"coatline.mix-cycle-completed.v1\""));
    }

    [Test]
    public async Task Tail_AfterTheRun_GetsWhatTheLedgerHasFromWhoeverServesIt()
    {
        Answer ledger = await AskAsync("ledger", "events", "--data", Data, "--json");
        string[] recorded =
        [
            .. ledger.Json.GetProperty("events").EnumerateArray()
                .Where(static e => e.GetProperty("line").GetString() == "line-1")
                .Select(static e => Told(e.GetProperty("event"))),
        ];
        using FollowedRun serving = await ServeAsync();

        Answer tail = await AskAsync(
            ["events", "tail", .. Plant.Broker, "--from", "1", "--count", $"{recorded.Length}", "--json"]);
        await serving.TerminateAsync();

        string[] told = [.. tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Told)];
        Assert.That(recorded, Has.Length.GreaterThan(300));
        Assert.That((tail.ExitCode, tail.Errors), Is.EqualTo((0, "")));
        Assert.That(told, Is.EqualTo(recorded));
        Assert.That(serving.ExitCode, Is.Zero, await serving.Errors);
    }

    [Test]
    public async Task Host_OfAnEdgeThatCannotReadTheLedger_RecordsAndStartsAgain()
    {
        string lots = RecipeCommandTests.FindRecipes() + "/simulated-lots.yaml";
        using FollowedRun serving = await ServeAsync();

        await WithEdgeAsync(mes => Assert.That(
            mes.ReceiveLots(File.ReadAllText(lots), lots, "Ito").Refusals, Is.Empty));
        int kept = 0;
        await WithEdgeAsync(mes => kept = mes.Stock.Lots.Count);
        await serving.TerminateAsync();

        Assert.That(kept, Is.Positive);
        Assert.That(serving.Lines, Has.Some.Contains("line-2: "));
        Assert.That(Directory.GetFiles(_folder.File("edge"), "ledger*"), Is.Empty);
    }

    [TestCase("run", "--broker", "amqp://mes:guess-7391@127.0.0.1")]
    [TestCase("run", "--ledger", "postgres://mes:guess-7391@127.0.0.1/plant")]
    [TestCase("run", "--ledger", "Host=127.0.0.1;Database=plant;Password=guess-7391")]
    [TestCase("events", "tail", "--broker", "amqps://mes:guess-7391@127.0.0.1")]
    public async Task Command_WithAPasswordInIt_SaysWhereItGoes(params string[] command)
    {
        Answer answer = await Coatline.RunAsync(command);

        Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
        Assert.That(
            answer.Errors,
            Does.Contain("a password does not belong").And.Contain("PASSWORD").And.Not.Contain("guess-7391"));
    }

    [Test]
    public async Task Tail_OfAnUnknownHost_SaysSoInASentence()
    {
        Answer answer = await AskAsync("events", "tail", "--broker", "amqp://mes@nowhere.invalid");

        Assert.That(answer.ExitCode, Is.EqualTo(3), answer.ToString());
        Assert.That(answer.Errors, Does.Match(@"^error: the broker at nowhere\.invalid:5672.*cannot be reached.*\n$"));
    }

    private static string Told(string document) => Told(JsonDocument.Parse(document).RootElement);

    private static string Told(JsonElement e) =>
        $"{e.GetProperty("seq").GetInt64()} {e.GetProperty("type").GetString()} {e.GetProperty("id").GetString()}";

    /// <summary>The ledger's end in a process of its own, ready.</summary>
    private async Task<FollowedRun> ServeAsync()
    {
        FollowedRun serving = new(Plant.Command(
            ["ledger", "serve", .. Plant.Broker, .. Plant.Ledger, "--state", _folder.File("state")]));
        Assert.That(await serving.ReadUntilAsync(static line => line.Contains("Ctrl-C ends")), Is.True);
        return serving;
    }

    private async Task WithEdgeAsync(Action<CoatLineMes> work)
    {
        using CancellationTokenSource patience = new(Coatline.Patience);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddCoatLineMes(o =>
        {
            (o.DataDirectory, o.Line, o.ConnectLine) = (_folder.File("edge"), "line-2", false);
            o.RabbitMq = Plant.Options(MessagingRole.Edge);
        });
        using IHost host = builder.Build();
        await host.StartAsync(patience.Token);
        CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
        work(mes);
        await mes.DrainAsync(patience.Token);
        await host.StopAsync(patience.Token);
    }

    private Task<Answer> AskAsync(params string[] arguments) => Coatline.RunAsync(Plant.Command(arguments));
}
