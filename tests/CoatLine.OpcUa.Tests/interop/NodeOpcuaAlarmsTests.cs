using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.Tests.Interop;

/// <summary>node-opcua as the client of our alarms and conditions: a stack written by somebody else.</summary>
[TestFixture]
[CancelAfter(LongestMs)]
internal sealed class NodeOpcuaAlarmsTests
{
    // The packages may have to be installed first.
    private const int LongestMs = 400_000;

    private static readonly DateTime At = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Client_OfAnotherStack_RefreshesAndAcknowledges()
    {
        var space = new AddressSpace();
        var ns = space.AddNamespace("urn:test");
        var mixer = new UaObject(new NodeId(ns, "Mixer"), new QualifiedName(ns, "Mixer"));
        space.Add(mixer, ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes, ObjectTypeIds.BaseObjectType);
        var lid = space.Alarms.Add(new NodeId(ns, "Mixer.LidOpen"), mixer, "LidOpen", 950);
        lid.Raise("lid open", At);
        await using var server = new UaServer(
            new UaServerOptions { AllowInsecure = true }, space, TimeProvider.System);
        await server.StartAsync(Token);
        await using var client = await NodeProcess.StartAsync("alarms-client.js", server.EndpointUrl);
        async Task Expect(string word, string expected)
        {
            var seen = await client.WaitForAsync(word, Token);
            Assert.That(seen, Is.EqualTo(expected), $"{word}:\n{client.Output}");
        }

        await Expect("REFRESHED", "Good");
        await Expect("BEGIN", "2787");
        await Expect("ALARM", "Mixer LidOpen 950 lid open");
        await Expect("STATE", "true false true");
        await Expect("END", "2788");
        await Expect("ACKNOWLEDGED", "Good");
        await Expect("AFTER", "true true");
        await Expect("AGAIN", "BadConditionBranchAlreadyAcked");
        await Expect("TYPE", "Good");
        await Expect("DONE", "");
        Assert.That(await client.WaitForExitAsync(Token), Is.Zero, client.Output);
        Assert.That(lid.IsAcknowledged, Is.True);
    }
}
