namespace CoatLine.System.Tests;

/// <summary>Lots at the shell: received, released by another person, listed, and refused with reasons.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LotCommandTests : IDisposable
{
    private static readonly string Lots = Path.Combine(RecipeCommandTests.FindRecipes(), "simulated-lots.yaml");

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Lots_ReceivedAndReleased_AreListedByTheLedger()
    {
        Answer received = await Coatline.RunAsync("lot", "receive", Lots, "--by", "Ito", "--data", Data, "--json");
        Answer released = await Release("SIM-AG-01", "Mori", "qa-manager");
        Answer trial = await Release("SIM-CB120-01", "Mori", "qa-manager", "--for", "engineering");
        Answer blocked = await Coatline.RunAsync(
            "lot", "block", "SIM-NMP-01", "--by", "Ito", "--role", "operator", "--reason", "leaking", "--data", Data);
        Answer list = await Coatline.RunAsync("lot", "list", "--data", Data, "--json");
        Answer show = await Coatline.RunAsync("lot", "show", "SIM-CB120-01", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(received.ExitCode, Is.Zero, received.ToString());
            Assert.That(received.Json.GetProperty("lots").GetArrayLength(), Is.EqualTo(9));
            Assert.That(released.ExitCode, Is.Zero, released.ToString());
            Assert.That(released.Output, Does.Contain("lot SIM-AG-01 is released."));
            Assert.That(trial.ExitCode, Is.Zero, trial.ToString());
            Assert.That(blocked.ExitCode, Is.Zero, blocked.ToString());
            Assert.That(list.ExitCode, Is.Zero, list.ToString());
            Dictionary<string, string> status = list.Json.GetProperty("lots").EnumerateArray().ToDictionary(
                static l => l.GetProperty("lot").GetString()!, static l => l.GetProperty("status").GetString()!);
            Assert.That(status["SIM-AG-01"], Is.EqualTo("released"));
            Assert.That(status["SIM-CB120-01"], Is.EqualTo("engineering"));
            Assert.That(status["SIM-NMP-01"], Is.EqualTo("blocked"));
            Assert.That(status["FR-01"], Is.EqualTo("quarantine"));
            Assert.That(show.Output, Does.Contain("released for engineering only").And.Contain("R06"));
        }
    }

    [Test]
    public async Task Release_AgainstTheRules_IsRefusedAndRecordsNothing()
    {
        await Coatline.RunAsync("lot", "receive", Lots, "--by", "Ito", "--data", Data);

        Answer same = await Release("SIM-AG-01", "ito", "qa-manager");
        Answer role = await Release("SIM-AG-01", "Mori", "process-engineer");
        Answer hard = await Release("SIM-CB200-01", "Mori", "qa-manager");
        Answer again = await Coatline.RunAsync("lot", "receive", Lots, "--by", "Ito", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same.ExitCode, Is.EqualTo(1), same.ToString());
            Assert.That(same.Errors, Does.Contain("was received by Ito, who cannot release it too"));
            Assert.That(role.ExitCode, Is.EqualTo(1), role.ToString());
            Assert.That(role.Errors, Does.Contain("only a QA manager releases a lot"));
            Assert.That(hard.ExitCode, Is.EqualTo(1), hard.ToString());
            Assert.That(hard.Errors, Does.Contain("R04").And.Contain("R06").And.Contain("engineering only"));
            Assert.That(again.ExitCode, Is.EqualTo(1), again.ToString());
            Assert.That(again.Errors, Does.Contain("silver lot SIM-AG-01 was received before"));
            Assert.That(LedgerFile.CountByType(Data), Does.Not.ContainKey("coatline.lot-status-set.v1"));
            Assert.That(LedgerFile.CountByType(Data)["coatline.lot-received.v1"], Is.EqualTo(9));
        }
    }

    [Test]
    public async Task BadInput_OfALotCommand_NamesFieldAndLimitAndTouchesNoFolder()
    {
        string file = _folder.File("lots.yaml");
        File.WriteAllText(file, File.ReadAllText(Lots).Replace("quantity: 50000 g", "quantity: -1 g"));

        Answer bad = await Coatline.RunAsync("lot", "receive", file, "--by", "Ito", "--data", Data);
        Answer role = await Release("SIM-AG-01", "Mori", "boss");
        Answer nobody = await Coatline.RunAsync("lot", "receive", Lots, "--data", Data);
        Answer list = await Coatline.RunAsync("lot", "list", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bad.ExitCode, Is.EqualTo(2), bad.ToString());
            Assert.That(bad.Errors, Does.Contain("lots.yaml:").And.Contain("quantity -1 g is outside 0 <"));
            Assert.That(role.ExitCode, Is.EqualTo(2), role.ToString());
            Assert.That(role.Errors, Does.Contain("operator, process-engineer, qa-manager, not 'boss'"));
            Assert.That(nobody.ExitCode, Is.EqualTo(2), nobody.ToString());
            Assert.That(nobody.Errors, Does.Contain("--by"));
            Assert.That(list.ExitCode, Is.EqualTo(2), list.ToString());
            Assert.That(Directory.Exists(Data), Is.False);
        }
    }

    private Task<Answer> Release(string lot, string by, string role, params string[] more) => Coatline.RunAsync(
    [
        "lot", "release", lot, "--by", by, "--role", role, "--reason", "certificate checked", "--data", Data, .. more,
    ]);
}
