using System.Net;
using System.Net.Sockets;

namespace CoatLine.System.Tests;

/// <summary>Bad input gets a sentence that names the field and the limit, and changes nothing.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BadInputTests : IDisposable
{
    private static readonly string Embodiment4 =
        File.ReadAllText(Path.Combine(RecipeCommandTests.FindRecipes(), "embodiment-4.yaml"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("mass: 3 g", "masss: 3 g", "masss", TestName = "Run_OfARecipeWithAnUnknownKey_IsBadInput")]
    [TestCase("mass: 3 g", "mass: 3", "mass", TestName = "Run_OfARecipeWithoutAUnit_IsBadInput")]
    [TestCase("mass: 3 g", "mass: -1 g", "-1", TestName = "Run_OfARecipeWithANegativeMass_IsBadInput")]
    public async Task Run_OfABadRecipe_NamesTheFieldAndChangesNothing(string original, string changed, string named)
    {
        int at = Embodiment4.IndexOf(original, StringComparison.Ordinal);
        Assert.That(at, Is.Positive, "the example no longer holds the text that the test changes");
        string recipe = _folder.File("recipe.yaml");
        File.WriteAllText(recipe, Embodiment4[..at] + changed + Embodiment4[(at + original.Length)..]);
        string data = _folder.File("data");

        Answer checkedRecipe = await Coatline.RunAsync("recipe", "check", recipe);
        Answer run = await Coatline.RunAsync("run", "--once", "--recipe", recipe, "--data", data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(checkedRecipe.ExitCode, Is.EqualTo(2), checkedRecipe.ToString());
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Errors, Does.Contain(named).And.Contain("recipe.yaml:"));
            Assert.That(Directory.Exists(data), Is.False);
        }
    }

    [Test]
    public async Task Run_OfAComparativeExample_IsRefusedWithItsRules()
    {
        string data = _folder.File("data");

        Answer run = await Coatline.RunAsync(
            "run", "--once", "--data", data,
            "--recipe", Path.Combine(RecipeCommandTests.FindRecipes(), "comparative-3.yaml"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Errors, Does.Contain("R03").And.Contain("R04").And.Contain("R05").And.Contain("R06"));
            Assert.That(Directory.Exists(data), Is.False);
        }
    }

    [Test]
    public async Task SimRun_OnABusyPort_NamesThePortAndTheCure()
    {
        using TcpListener owner = new(IPAddress.Loopback, 0);
        owner.Start();
        int port = ((IPEndPoint)owner.LocalEndpoint).Port;

        Answer answer = await Coatline.RunAsync("sim", "run", "--port", $"{port}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(3), answer.ToString());
            Assert.That(answer.Errors, Does.Contain($"{port}").And.Contain("--port 0"));
        }
    }

    [TestCase("run", "--once", "--data")]
    [TestCase("batch", "start", "--data")]
    public async Task Command_OnAFolderThatCannotBeWritten_SaysSo(params string[] command)
    {
        string file = _folder.File("file");
        File.WriteAllText(file, "");

        Answer answer = await Coatline.RunAsync([.. command, Path.Combine(file, "data")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
            Assert.That(answer.Errors, Does.Contain(file).And.Contain("can't be written"));
        }
    }

    [TestCase("line", "check", "{url}")]
    [TestCase("run", "--once", "--line", "{url}", "--data", "{data}")]
    public async Task Command_OnAServerThatIsNotOpcUa_SaysSo(params string[] command)
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        using CancellationTokenSource ending = new();
        Task serving = AnswerAsHttpAsync(server, ending.Token);

        Answer answer = await Coatline.RunAsync(Fill(command, $"opc.tcp://{server.LocalEndpoint}"));

        await ending.CancelAsync();
        await serving;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(3), answer.ToString());
            Assert.That(answer.Errors, Does.Contain("OPC UA"));
        }
    }

    [TestCase("line", "check", "{url}")]
    [TestCase("run", "--once", "--line", "{url}", "--data", "{data}")]
    public async Task Command_OnAPortWhereNobodyListens_SaysSo(params string[] command)
    {
        int port;
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        Answer answer = await Coatline.RunAsync(Fill(command, $"opc.tcp://127.0.0.1:{port}"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(3), answer.ToString());
            Assert.That(answer.Errors, Does.Contain($"{port}"));
        }
    }

    [TestCase("run", "--speed", "0")]
    [TestCase("run", "--speed", "10001")]
    [TestCase("run", "--speed", "fast")]
    [TestCase("run", "--recipe", "/nonexistent/recipe.yaml")]
    [TestCase("run", "--line", "http://127.0.0.1")]
    [TestCase("run", "--frobnicate")]
    [TestCase("line", "check")]
    [TestCase("line", "check", "127.0.0.1:4840")]
    [TestCase("ledger", "verify", "--data", "/nonexistent")]
    [TestCase("ledger", "events", "--limit", "0")]
    [TestCase("batch", "show", "B-2026-0001", "--data", "/nonexistent")]
    [TestCase("recipe", "check", "/nonexistent/recipe.yaml")]
    [TestCase("recipe", "check")]
    [TestCase("frobnicate")]
    public async Task Command_OfBadUsage_ExitsWithTwoAndASentence(params string[] command)
    {
        Answer answer = await Coatline.RunAsync(command);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
            Assert.That(answer.Errors, Does.StartWith("error: "));
            Assert.That(answer.Errors, Does.Not.Contain("   at "));
        }
    }

    private string[] Fill(string[] command, string url) =>
        [.. command.Select(a => a switch { "{url}" => url, "{data}" => _folder.File("data"), _ => a })];

    private static async Task AnswerAsHttpAsync(TcpListener server, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await server.AcceptTcpClientAsync(cancellationToken);
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
