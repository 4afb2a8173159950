using CoatLine.Conformance.Tests.Servers;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Conformance.Tests;

/// <summary>What every stack under the port owes the equipment, whatever server stands at the other end.</summary>
[TestFixtureSource(typeof(Row), nameof(Row.All))]
[CancelAfter(LongestMs)]
public sealed partial class LineConnectionConformance(Row row)
{
    private const int LongestMs = 60_000;

    private ILineConnection connection = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        using var limit = new CancellationTokenSource(ServerPark.LongestStart);
        LineServer server = await ServerPark.SharedAsync(row.Server, limit.Token);
        connection = Clients.Create(row, server.EndpointUrl);
        await connection.ConnectAsync(limit.Token);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static TagAddress[] Tags(params string[] names) => [.. names.Select(static n => new TagAddress(n))];

    private Task<StatusCode[]> WriteAsync(string tag, Variant value) =>
        connection.WriteAsync([new TagWrite(new TagAddress(tag), value)], Token);

    private async Task<DataValue> ReadAsync(string tag) =>
        (await connection.ReadAsync([new TagRead(new TagAddress(tag))], Token))[0];
}
