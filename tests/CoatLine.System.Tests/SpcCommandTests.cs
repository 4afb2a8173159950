using System.Text.Json;
using CoatLine.Domain.Rules;

namespace CoatLine.System.Tests;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SpcCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task SpcChart_OfTheRatio_LeavesOutWhatDoesNotCountAndSaysWhy()
    {
        SampleLedger ledger = new(Data);
        for (int i = 0; i < 20; i++)
        {
            ledger.Released(i % 2 == 0 ? 6.8m : 7.0m);
        }

        string waived = ledger.Released(9.9m, Verdict.Fail);
        string trial = ledger.Released(9.9m, recipe: "comparative-1");
        string rejected = ledger.Rejected(9.9m);
        ledger.Write();

        Answer answer = await Coatline.RunAsync("spc", "chart", "ratio-dried", "--data", Data, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(answer.Json.GetProperty("count").GetInt32(), Is.EqualTo(20));
            Assert.That(answer.Json.GetProperty("provisional").GetBoolean(), Is.False);
            Assert.That(
                answer.Json.GetProperty("left_out").EnumerateArray()
                    .Select(static l => (l.GetProperty("lot").GetString(), l.GetProperty("why").GetString())),
                Is.EquivalentTo(new[]
                {
                    (waived, "waived"), (trial, "engineering"), (rejected, "rejected"),
                }));

            // Zigzag in ln R: MR̄ = ln(7.0/6.8), σ = MR̄/1.128, the mean half way.
            double step = Math.Log(7.0 / 6.8);
            double mean = (Math.Log(7.0) + Math.Log(6.8)) / 2d;
            JsonElement capability = answer.Json.GetProperty("capability");
            Assert.That(capability.GetProperty("cpk").GetDouble(), Is.EqualTo(
                Math.Min(Math.Log(10) - mean, mean - Math.Log(5)) / (3d * step / 1.128)).Within(1e-9));
            Assert.That(capability.GetProperty("releasable").GetBoolean(), Is.True);
            Assert.That(answer.Json.GetProperty("signals").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task SpcChart_ForAPerson_NamesSignalsAndDrawsThem()
    {
        SampleLedger ledger = new(Data);
        for (int i = 0; i < 8; i++)
        {
            ledger.Released(i % 2 == 0 ? 6.8m : 7.0m);
        }

        string far = ledger.Released(9.9m);
        ledger.Write();
        string picture = _folder.File("chart.svg");

        Answer answer = await Coatline.RunAsync("spc", "chart", "ratio-dried", "--data", Data, "--plot", picture);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(answer.Output, Does.Contain("provisional"));
            Assert.That(answer.Output, Does.Contain("Capability: Cp").And.Contain("too few lots to rely on it"));
            Assert.That(answer.Output, Does.Contain(far).And.Contain("1 a point beyond the control limit"));
            Assert.That(File.ReadAllText(picture), Does.Contain("ln R, dried").And.Contain("provisional"));
        }
    }

    [Test]
    public async Task SpcChart_OfPorosity_IsJudgedOnOneSide()
    {
        SampleLedger ledger = new(Data);
        ledger.Released(6.8m);
        ledger.Released(7.0m);
        ledger.Released(6.9m);
        ledger.Write();

        Answer answer = await Coatline.RunAsync("spc", "chart", "porosity", "--data", Data, "--last", "2", "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(answer.Json.GetProperty("count").GetInt32(), Is.EqualTo(2));
            Assert.That(answer.Json.GetProperty("chart").GetString(), Is.EqualTo("i-mr"));
            JsonElement capability = answer.Json.GetProperty("capability");
            Assert.That(capability.GetProperty("cpl").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(capability.GetProperty("cp").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(
                capability.GetProperty("cpk").GetDouble(), Is.EqualTo(capability.GetProperty("cpu").GetDouble()));
        }
    }

    [Test]
    public async Task SpcChart_OfSites_IsAMeanAndRangeChart()
    {
        SampleLedger ledger = new(Data);
        ledger.Released(6.8m);
        ledger.Released(7.0m);
        ledger.Write();

        Answer answer = await Coatline.RunAsync("spc", "chart", "base-sites", "--data", Data, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(answer.Json.GetProperty("chart").GetString(), Is.EqualTo("xbar-r"));
            Assert.That(answer.Json.GetProperty("capability").ValueKind, Is.EqualTo(JsonValueKind.Null));

            // 30.68, 33.5, 31 and 30.70, 33.5, 31: the ranges are 2.82 and 2.80.
            Assert.That(
                answer.Json.GetProperty("range").GetProperty("centre").GetDouble(), Is.EqualTo(2.81).Within(1e-9));
        }
    }

    [Test]
    public async Task SpcChart_OfOneLot_IsRefusedNamingWhatWasLeftOut()
    {
        SampleLedger ledger = new(Data);
        ledger.Released(6.8m);
        string rejected = ledger.Rejected(9.9m);
        ledger.Write();

        Answer answer = await Coatline.RunAsync("spc", "chart", "ratio-dried", "--data", Data);

        Assert.That(answer.ExitCode, Is.EqualTo(1), answer.ToString());
        Assert.That(answer.Errors, Does.Contain("1 valid lots make no limits").And.Contain($"{rejected} rejected"));
    }

    [Test]
    public async Task SpcList_AsItStands_NamesEveryQuantityWithItsChart()
    {
        Answer answer = await Coatline.RunAsync("spc", "list", "--json");

        Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
        Assert.That(
            answer.Json.GetProperty("quantities").EnumerateArray()
                .Select(static q => q.GetProperty("name").GetString()),
            Is.EqualTo(new[]
            {
                "base-mean", "base-sites", "areal-mass", "ratio-dried", "ratio-pressed", "porosity", "sa", "sz",
            }));
    }

    [TestCase(0.001, 0, "good")]
    [TestCase(0.5, 0, "marginal")]
    [TestCase(1.0, 1, "reject")]
    public async Task SpcGaugeStudy_ByItsSpread_IsGoodMarginalOrRejected(double spread, int exitCode, string verdict)
    {
        // Ten parts a micrometre apart; three trials at −1, 0 and +1 spread, the same for every appraiser.
        string file = _folder.File("study.csv");
        File.WriteAllText(file, "part,appraiser,trial,value\n" + string.Concat(
            from part in Enumerable.Range(1, 10)
            from appraiser in (string[])["A", "B", "C"]
            from trial in Enumerable.Range(1, 3)
            let value = part + (spread * (trial - 2))
            select FormattableString.Invariant($"{part},{appraiser},{trial},{value:0.0000}\n")));

        Answer answer = await Coatline.RunAsync("spc", "gauge-study", file, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(exitCode), answer.ToString());
            Assert.That(answer.Json.GetProperty("verdict").GetString(), Is.EqualTo(verdict));
            Assert.That(answer.Json.GetProperty("prescribed").GetBoolean(), Is.True);
        }
    }

    [TestCase("spc", "chart", "weight")]
    [TestCase("spc", "chart", "sa", "--last", "1")]
    [TestCase("spc", "chart", "sa", "--data", "/nonexistent")]
    [TestCase("spc", "chart", "sa", "--plot", "chart.jpg")]
    [TestCase("spc", "gauge-study", "/nonexistent/study.csv")]
    [TestCase("spc", "gauge-study", "study.csv", "--tolerance", "0")]
    public async Task SpcCommand_OfBadUsage_ExitsWithTwoAndASentence(params string[] command)
    {
        Answer answer = await Coatline.RunAsync(command);

        Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
        Assert.That(answer.Errors, Does.StartWith("error: ").And.Not.Contain("   at "));
    }
}
