using System.Text.Json;
using CoatLine.Conformance.Tests.Servers;
using CoatLine.OpcUa.Tests.Interop;

namespace CoatLine.Conformance.Tests;

/// <summary>node-opcua as the client of our secured server: a stack written by somebody else.</summary>
[CancelAfter(LongestMs)]
public sealed class NodeOpcuaClientTests
{
    // The packages may have to be installed first.
    private const int LongestMs = 400_000;

    private static readonly LineSecurity[] Secured = [.. LineSecurity.All.Where(static s => !s.Policy.IsNone)];

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Client_EveryPolicyModeAndKindOfUser_ReadsWritesAndWatches()
    {
        string[] users = ["anonymous", "password", "certificate"];
        string[] seen = await RunAsync(users);
        Assert.That(seen, Is.EquivalentTo(
            from security in Secured from user in users select $"{security} {user} Good 5 0-1-2-3-4-5"));
    }

    [Test]
    public async Task Client_WithAWrongPassword_IsRefusedAtEveryPolicy()
    {
        string[] seen = await RunAsync(["wrong"]);
        Assert.That(seen, Has.Length.EqualTo(Secured.Length));
        Assert.That(seen, Has.All.Contains("refused"));
    }

    private static async Task<string[]> RunAsync(string[] users)
    {
        DirectoryInfo store = Directory.CreateTempSubdirectory("coatline-conformance-client-");
        await using LineServer server = ServerPark.New(ServerKind.Own, new LineServerSetup(AllowsInsecure: false));
        await server.StartAsync(Token);
        NodeClientFiles files = TestCertificates.Instance.WriteFor(store);
        string settings = JsonSerializer.Serialize(new
        {
            url = server.EndpointUrl,
            folder = store.FullName,
            certificate = files.Certificate,
            key = files.Key,
            userCertificate = files.UserCertificate,
            userKey = files.UserKey,
            user = TestCertificates.UserName,
            password = TestCertificates.Password,
            users,
        });
        await using NodeProcess client = await NodeProcess.StartAsync("secured-client.js", settings);
        var seen = new List<string>();
        for (int i = 0; i < Secured.Length * users.Length; i++)
        {
            seen.Add(await client.WaitForAsync("RUN", Token));
        }

        Assert.That(await client.WaitForExitAsync(Token), Is.Zero, client.Output);
        store.Delete(recursive: true);
        return [.. seen];
    }
}
