using CoatLine.Faults.OpcUa;

namespace CoatLine.OpcUa.Tests.Hostile;

/// <summary>A bounded share of the campaign of <c>./ops/faults opcua</c>, and that the campaign sees what it is there
/// to see.</summary>
internal sealed class CampaignTests
{
    /// <summary>Inputs in a test run; the long campaign has a million.</summary>
    private const int Inputs = 30_000;

    [Test]
    public void Campaign_BoundedShare_FindsNothing()
    {
        var result = OpcUaFaults.Campaign(OpcUaFaults.DefaultSeed).Run(0, Inputs);
        Assert.That(result.Findings, Is.Empty);
        Assert.That(result.Inputs, Is.EqualTo(Inputs));
    }

    [Test]
    public void Input_MadeTwice_IsTheSame()
    {
        for (var input = 0; input < 200; input++)
        {
            var (target, octets) = OpcUaFaults.Campaign(7).InputOf(input);
            var (again, same) = OpcUaFaults.Campaign(7).InputOf(input);
            Assert.That(again.Name, Is.EqualTo(target.Name));
            Assert.That(same, Is.EqualTo(octets));
        }
    }

    [TestCase("exception", "InvalidOperationException")]
    [TestCase("good refusal", "UaException")]
    [TestCase("allocation", "octets were allocated")]
    [TestCase("round trip", "not the same")]
    public void Campaign_OnSomethingBroken_FindsIt(string how, string expected)
    {
        byte[] kept = [];
        Func<byte[], Outcome> broken = how switch
        {
            "exception" => static _ => throw new InvalidOperationException(),
            "good refusal" => static _ => throw new UaException(StatusCodes.Good, "no"),
            "allocation" => _ =>
            {
                kept = new byte[1 << 24];
                return default;
            },
            _ => static _ => new Outcome(StatusCodes.Good, static () => "not the same"),
        };
        var result = new Campaign([new Target("broken", 1, [[1, 2, 3]], broken)], 1).Run(0, 1);
        Assert.That(result.Findings.Single().What, Does.Contain(expected));
        GC.KeepAlive(kept);
    }
}
