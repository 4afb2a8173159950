using System.Text.Json;

namespace CoatLine.System.Tests;

/// <summary>A batch's certificate, from the run that made it to a stranger who has nothing but the file.</summary>
[TestFixture]
internal sealed class CertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    private string Certificate => _folder.File("certificate.json");

    [OneTimeSetUp]
    public async Task RunAndCertify()
    {
        Answer run = await Coatline.RunAsync("run", "--once", "--speed", "3000", "--data", Data, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        string batch = run.Json.GetProperty("batch").GetString()!;
        Answer certified = await Coatline.RunAsync("ledger", "certificate", batch, "--data", Data, "-o", Certificate);
        Assert.That(certified.ExitCode, Is.Zero, certified.ToString());
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Verify_WithThePublishedKey_Holds()
    {
        Answer answer = await Coatline.RunAsync("verify", Certificate, "--key", await KeyAsync(), "--json");

        Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
        Assert.That(answer.Json.GetProperty("key_trust").GetString(), Is.EqualTo("trusted"));
        Assert.That(answer.Json.GetProperty("events").GetInt32(), Is.GreaterThan(300));
    }

    [Test]
    public async Task Verify_WithAnotherKey_Fails()
    {
        Answer answer = await Coatline.RunAsync("verify", Certificate, "--key", new string('0', 64));

        Assert.That(answer.ExitCode, Is.EqualTo(1));
        Assert.That(answer.Output, Does.Contain("does not hold"));
    }

    [Test]
    public async Task Verify_OfAChangedCertificate_NamesTheEvent()
    {
        string changed = _folder.File("changed.json");
        string text = await File.ReadAllTextAsync(Certificate);
        int at = text.IndexOf("ratio_pressed", StringComparison.Ordinal) + "ratio_pressed\\\":".Length;
        char digit = text[at];
        await File.WriteAllTextAsync(changed, text[..at] + (digit == '9' ? '8' : '9') + text[(at + 1)..]);

        Answer answer = await Coatline.RunAsync("verify", changed, "--json");

        JsonElement finding = answer.Json.GetProperty("findings")[0];
        Assert.That(digit, Is.InRange('0', '9'), "the place of the change");
        Assert.That(answer.ExitCode, Is.EqualTo(1));
        Assert.That(finding.GetProperty("seq").GetInt64(), Is.GreaterThan(300));
    }

    [Test]
    public async Task Checkpoint_OfAnEditedLedger_IsRefusedAndNamesTheEvent()
    {
        using TemporaryFolder copy = new();
        File.Copy(Path.Combine(Data, "ledger.db"), copy.File("ledger.db"));
        LedgerFile.Execute(
            copy.Path,
            "UPDATE events SET payload = substr(payload, 1, 199) || 'X' || substr(payload, 201) WHERE seq = @seq",
            new { seq = 57 });

        Answer answer = await Coatline.RunAsync("ledger", "checkpoint", "--data", copy.Path);

        Assert.That(answer.ExitCode, Is.EqualTo(1), answer.ToString());
        Assert.That(answer.Errors, Does.Contain("57"));
        Assert.That(Directory.Exists(copy.File("checkpoints")), Is.False);
    }

    [Test]
    public async Task Certificate_OfNoSuchBatch_SaysSo()
    {
        Answer answer = await Coatline.RunAsync("ledger", "certificate", "B-9999-0001", "--data", Data);

        Assert.That(answer.ExitCode, Is.EqualTo(1));
        Assert.That(answer.Errors, Does.Contain("B-9999-0001"));
    }

    [TestCase("verify", "nowhere.json")]
    [TestCase("verify", "nowhere.json", "--key", "12")]
    [TestCase("ledger", "checkpoint", "--line", "Line 1")]
    public async Task Command_OfBadInput_ExitsWithTwo(params string[] command)
    {
        Answer answer = await Coatline.RunAsync(command);

        Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
        Assert.That(answer.Errors, Is.Not.Empty);
    }

    private async Task<string> KeyAsync()
    {
        Answer keys = await Coatline.RunAsync("ledger", "key", "--data", Data, "--json");
        return keys.Json.GetProperty("keys")[0].GetProperty("id").GetString()!;
    }
}
