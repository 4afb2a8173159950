using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests;

/// <summary>The published vectors of the canonical byte form; their values were computed with other software.</summary>
[TestFixture]
internal sealed class TestVectorTests
{
    private static IEnumerable<TestCaseData> Vectors()
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "test-vectors.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement v in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            yield return new TestCaseData(
                v.GetProperty("line").GetString(),
                v.GetProperty("seq").GetInt64(),
                v.GetProperty("prevhash").GetString(),
                v.GetProperty("payload").GetString(),
                v.GetProperty("canonical_hex").GetString(),
                v.GetProperty("hash").GetString())
                .SetName($"Hash_OfPublishedVector_IsThePublishedOne({v.GetProperty("name").GetString()})");
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Hash_OfPublishedVector_IsThePublishedOne(
        string line, long seq, string previous, string payload, string canonical, string hash)
    {
        ChainHash computed = EventChain.Hash(
            new LineId(line), seq, ChainHash.Parse(previous), Encoding.UTF8.GetBytes(payload));

        Assert.That(computed.ToString(), Is.EqualTo(hash));
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(canonical))), Is.EqualTo(hash));
    }

    [Test]
    public void Vectors_AreThere() => Assert.That(Vectors().Count(), Is.GreaterThanOrEqualTo(7));
}
