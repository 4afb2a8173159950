using System.Text.Json;

namespace CoatLine.System.Tests;

/// <summary>One whole run with real processes over a real connection, and what is found of it afterwards.</summary>
[TestFixture]
internal sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Answer _run = new(-1, "", "");

    private string Data => _folder.File("data");

    [OneTimeSetUp]
    public async Task RunOnce()
    {
        _run = await Coatline.RunAsync("run", "--once", "--speed", "3000", "--data", Data, "--json");
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Run_OfTheDefaultRecipe_ReleasesAndSaysSoInOneDocument()
    {
        Assert.That(_run.ExitCode, Is.Zero, _run.ToString());
        JsonElement verdict = _run.Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_run.Errors, Is.Empty);
            Assert.That(verdict.GetProperty("recipe").GetString(), Is.EqualTo("embodiment-4"));
            Assert.That(verdict.GetProperty("outcome").GetString(), Is.EqualTo("released"));
            Assert.That(verdict.GetProperty("ratio_dried").GetDecimal(), Is.InRange(5m, 10m));
            Assert.That(verdict.GetProperty("ratio_pressed").GetDecimal(), Is.InRange(5m, 10m));
            Assert.That(verdict.GetProperty("porosity_percent").GetDecimal(), Is.InRange(30m, 40m));
            Assert.That(Numbers(verdict, "sa_um"), Has.Length.GreaterThanOrEqualTo(3).And.All.LessThan(0.1m));
            Assert.That(Numbers(verdict, "sz_um"), Has.Length.GreaterThanOrEqualTo(3).And.All.LessThan(1.0m));
            Assert.That(verdict.GetProperty("mix_cycles").GetInt32(), Is.EqualTo(34));
        }
    }

    [Test]
    public void Verdict_OfTheRun_HoldsEachRuleWithValueLimitAndParagraph()
    {
        JsonElement[] checks = [.. _run.Json.GetProperty("checks").EnumerateArray()];
        string?[] rules = [.. checks.Select(static c => c.GetProperty("rule").GetString()).Distinct()];
        string[] expected = ["R01", "R30", "R31", "R33", "R34", "R35", "R36", "R37", "R38", "R60"];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expected, Is.SubsetOf(rules));
            Assert.That(
                checks.Where(static c => c.GetProperty("value").ValueKind != JsonValueKind.Number)
                    .Select(static c => c.GetProperty("rule").GetString()).Distinct(),
                Is.SubsetOf(new[] { "R15", "R21", "R22", "R24" }),
                "kind of carbon, binder, solvent and metal are names, everything else is a number");
            Assert.That(checks.All(static c => c.GetProperty("limit").GetString() is { Length: > 0 }), Is.True);
            Assert.That(checks.All(static c => c.GetProperty("paragraph").GetString() is { Length: > 0 }), Is.True);
        }
    }

    [TestCase("mes", "CoatLine MES", "CoatLine line simulator")]
    [TestCase("simulator", "CoatLine line simulator", "CoatLine MES")]
    public void Certificates_OfTheRun_AreMadeAndTrustEachOther(string store, string own, string trusted)
    {
        string[] Names(string folder) =>
            [.. Directory.GetFiles(Path.Combine(Data, "pki", store, folder)).Select(Path.GetFileName)!];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names("own/certs"), Has.Length.EqualTo(1).And.All.StartsWith(own + " ["));
            Assert.That(Names("own/private"), Has.Length.EqualTo(1).And.All.StartsWith(own + " ["));
            Assert.That(Names("trusted/certs"), Has.Length.EqualTo(1).And.All.StartsWith(trusted + " ["));
        }
    }

    [TestCase("coatline.mix-cycle-completed.v1", 34)]
    [TestCase("coatline.coat-completed.v1", 2)]
    [TestCase("coatline.drying-completed.v1", 2)]
    [TestCase("coatline.profile-registered.v1", 3)]
    [TestCase("coatline.press-cycle-completed.v1", 1)]
    [TestCase("coatline.qc-judged.v1", 1)]
    [TestCase("coatline.batch-released.v1", 1)]
    public void Ledger_OfTheRun_HoldsEveryFact(string type, int count) =>
        Assert.That(LedgerFile.CountByType(Data).GetValueOrDefault(type), Is.EqualTo(count));

    [TestCase("Base", "pre_dilution", 12)]
    [TestCase("Base", "post_dilution", 5)]
    [TestCase("Top", "pre_dilution", 12)]
    [TestCase("Top", "post_dilution", 5)]
    public void Ledger_OfTheRun_HoldsTheCyclesOfEachStage(string layer, string stage, int cycles)
    {
        long counted = LedgerFile.Scalar<long>(
            Data,
            $"""
            SELECT count(DISTINCT json_extract(payload, '$.data.cycle')) FROM events
            WHERE type = 'coatline.mix-cycle-completed.v1'
              AND lower(json_extract(payload, '$.data.layer')) = '{layer.ToLowerInvariant()}'
              AND json_extract(payload, '$.data.stage') = '{stage}'
            """);

        Assert.That(counted, Is.EqualTo(cycles));
    }

    [Test]
    public async Task LedgerVerify_OfTheRun_PrintsEventsAndHead()
    {
        Answer person = await Coatline.RunAsync("ledger", "verify", "--data", Data);
        Answer machine = await Coatline.RunAsync("ledger", "verify", "--data", Data, "--json");

        long events = machine.Json.GetProperty("events").GetInt64();
        string? head = machine.Json.GetProperty("lines")[0].GetProperty("hash").GetString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(person.ExitCode, Is.Zero);
            Assert.That(machine.ExitCode, Is.Zero);
            Assert.That(person.Output, Does.Contain($"{events} events").And.Contain(head));
            Assert.That(_run.Json.GetProperty("head_hash").GetString(), Is.EqualTo(head));
            Assert.That(_run.Json.GetProperty("events").GetInt64(), Is.EqualTo(events));
        }
    }

    [TestCase(1)]
    [TestCase(57)]
    [TestCase(300)]
    public async Task LedgerVerify_AfterOneByteOfAPayloadChanged_NamesItsSequenceNumber(long seq)
    {
        using TemporaryFolder copy = new();
        File.Copy(Path.Combine(Data, "ledger.db"), copy.File("ledger.db"));
        long changed = LedgerFile.Execute(
            copy.Path,
            "UPDATE events SET payload = substr(payload, 1, 199) || 'X' || substr(payload, 201) WHERE seq = @seq",
            new { seq });

        Answer person = await Coatline.RunAsync("ledger", "verify", "--data", copy.Path);
        Answer machine = await Coatline.RunAsync("ledger", "verify", "--data", copy.Path, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed, Is.EqualTo(1));
            Assert.That(person.ExitCode, Is.EqualTo(1), person.ToString());
            Assert.That(person.Output, Does.Contain($"seq {seq} "));
            Assert.That(machine.ExitCode, Is.EqualTo(1));
            Assert.That(machine.Json.GetProperty("damages")[0].GetProperty("seq").GetInt64(), Is.EqualTo(seq));
        }
    }

    [Test]
    public async Task LedgerEvents_OfTheRun_AreOneDocumentInOrder()
    {
        Answer answer = await Coatline.RunAsync(
            "ledger", "events", "--data", Data, "--type", "mix-cycle-completed", "--json");

        JsonElement[] events = [.. answer.Json.GetProperty("events").EnumerateArray()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero);
            Assert.That(events, Has.Length.EqualTo(34));
            Assert.That(events.Select(static e => e.GetProperty("seq").GetInt64()), Is.Ordered.Ascending);
            Assert.That(
                events[0].GetProperty("event").GetProperty("data").GetProperty("step_s").GetDecimal(),
                Is.InRange(178m, 182m));
        }
    }

    [Test]
    public async Task BatchListAndShow_OfTheRun_TellTheSame()
    {
        Answer list = await Coatline.RunAsync("batch", "list", "--data", Data, "--json");
        string batch = list.Json.GetProperty("batches")[0].GetProperty("batch").GetString()!;
        Answer show = await Coatline.RunAsync("batch", "show", batch, "--data", Data, "--json");
        Answer person = await Coatline.RunAsync("batch", "show", batch, "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list.Json.GetProperty("batches")[0].GetProperty("state").GetString(), Is.EqualTo("released"));
            Assert.That(
                show.Json.GetProperty("ratio_pressed").GetDecimal(),
                Is.EqualTo(_run.Json.GetProperty("ratio_pressed").GetDecimal()));
            Assert.That(person.Output, Does.Contain("RELEASED").And.Contain("1:5").Or.Contain("├"));
        }
    }

    [Test]
    public void Simulator_AfterTheRun_HasEnded() =>
        Assert.That(File.Exists(Path.Combine(Data, "simulator.json")), Is.False);

    private static decimal[] Numbers(JsonElement document, string name) =>
        [.. document.GetProperty(name).EnumerateArray().Select(static n => n.GetDecimal())];
}
