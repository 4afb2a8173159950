using CoatLine.OpcUa.Tests.Server;

namespace CoatLine.OpcUa.Tests.Interop;

/// <summary>node-opcua as the client against our server: a stack written by somebody else.</summary>
[TestFixture]
[CancelAfter(LongestMs)]
internal sealed class NodeOpcuaToServerTests
{
    // The packages may have to be installed first.
    private const int LongestMs = 400_000;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Client_OfAnotherStack_BrowsesReadsWritesCallsAndSubscribes()
    {
        await using var line = await LineServer.StartAsync(networkTime: TimeProvider.System);
        await using var client = await NodeProcess.StartAsync("client.js", line.Server.EndpointUrl, "urn:test");
        async Task Expect(string word, string expected)
        {
            var seen = await client.WaitForAsync(word, Token);
            Assert.That(seen, Is.EqualTo(expected), $"{word}:\n{client.Output}");
        }

        await Expect("ENDPOINT", line.Server.EndpointUrl);
        await Expect("SERVER", "urn:coatline:server");
        await Expect("BROWSED", "Speed,Count,Locked,Profile,Text,Denied,Add");
        await Expect("TYPES", "Good");
        await Expect("TRANSLATED", "Speed");
        await Expect("SPEED", "10");
        await Expect("PROFILE", "1,2,3,4");
        await Expect("RANGE", "0..200");
        await Expect("STATE", "0");
        await Expect("WRITTEN", "Good");
        await Expect("MISMATCH", "BadTypeMismatch");
        await Expect("LOCKED", "BadNotWritable");
        await Expect("CALLED", "3.5");
        await Expect("CHANGES", string.Join(',', Enumerable.Range(1, 20)));
        await Expect("DONE", "");
        Assert.That(await client.WaitForExitAsync(Token), Is.Zero, client.Output);
        Assert.That(line.Speed.Value.Value, Is.EqualTo(Variant.Of(25.5)));
        Assert.That((line.Server.SessionCount, line.Server.SubscriptionCount), Is.EqualTo((0, 0)));
    }
}
