namespace CoatLine.System.Tests;

/// <summary>A batch that waits for a person, answered at the shell.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AnswerCommandTests : IDisposable
{
    private const string Batch = "B-2026-0001";

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task HeldBatch_TellsItsAnswersAndTakesTheRightOneOnly()
    {
        Answer run = await Coatline.RunAsync("run", "--once", "--speed", "3000", "--scans", "--data", Data, "--json");
        string batch = run.Json.GetProperty("batch").GetString()!;
        Answer wrong = await Answering(batch, "Scan", "--code", "SIM-CB80-01", "--sign", "Olga:operator");
        Answer nobody = await Answering(batch, "Scan", "--code", "SIM-CB40-01");
        Answer other = await Answering(batch, "GiveUp", "--reason", "no time", "--sign", "Erik:process-engineer");
        Answer right = await Answering(batch, "Scan", "--code", "SIM-CB40-01", "--sign", "Olga:operator");
        Answer shown = await Coatline.RunAsync("batch", "list", "--data", Data, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Json.GetProperty("outcome").GetString(), Is.EqualTo("held"));
            Assert.That(run.Json.GetProperty("question").GetString(), Is.EqualTo("scan the lot of cb-40"));
            Assert.That(run.Json.GetProperty("answers")[0].GetString(), Is.EqualTo("scan"));
            Assert.That(wrong.ExitCode, Is.EqualTo(1), wrong.ToString());
            Assert.That(wrong.Errors, Does.Contain("'SIM-CB80-01' was scanned, SIM-CB40-01 is expected"));
            Assert.That(nobody.ExitCode, Is.EqualTo(1), nobody.ToString());
            Assert.That(nobody.Errors, Does.Contain("Scan needs the signature of an operator"));
            Assert.That(other.Errors, Does.Contain("can be answered by Scan, not by GiveUp"));
            Assert.That(right.ExitCode, Is.Zero, right.ToString());
            Assert.That(shown.Json.GetProperty("batches")[0].GetProperty("state").GetString(), Is.EqualTo("open"));
            Assert.That(LedgerFile.CountByType(Data)["coatline.identity-refused.v1"], Is.EqualTo(1));
        }
    }

    [TestCase("Olga", "--sign 'Olga' must be NAME:ROLE")]
    [TestCase("Olga:boss", "--sign 'Olga:boss' must be NAME:ROLE")]
    public async Task Signature_ThatIsNone_IsBadInput(string sign, string says)
    {
        Answer answer = await Answering(Batch, "GiveUp", "--reason", "no time", "--sign", sign);

        Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
        Assert.That(answer.Errors, Does.Contain(says));
    }

    private Task<Answer> Answering(string batch, string kind, params string[] more) =>
        Coatline.RunAsync(["batch", "answer", batch, kind, "--data", Data, .. more]);
}
