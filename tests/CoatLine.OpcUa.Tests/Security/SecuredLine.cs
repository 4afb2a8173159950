using System.Collections.Concurrent;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>A server with security and a node, and clients of it over real sockets.</summary>
internal sealed class SecuredLine : IAsyncDisposable
{
    private SecuredLine(UaServer server, Party party, ConcurrentQueue<SecurityIncident> incidents)
    {
        Server = server;
        Party = party;
        Incidents = incidents;
    }

    public UaServer Server { get; }

    public Party Party { get; }

    /// <summary>What the server reported and did not say.</summary>
    public ConcurrentQueue<SecurityIncident> Incidents { get; }

    public static async Task<SecuredLine> StartAsync(
        Func<UaServerOptions, UaServerOptions>? change = null, Party? party = null, TimeProvider? time = null)
    {
        var own = party ?? Party.Server;
        var incidents = new ConcurrentQueue<SecurityIncident>();
        var options = new UaServerOptions
        {
            ApplicationUri = own.Uri,
            Pki = own.Pki,
            SecurityReport = incidents.Enqueue,
        };
        var server = new UaServer(change?.Invoke(options) ?? options, new AddressSpace(), time ?? TimeProvider.System);
        await server.StartAsync(CancellationToken.None);
        return new SecuredLine(server, own, incidents);
    }

    /// <summary>Options of a client that trusts and is trusted.</summary>
    public UaClientOptions Options(Party? client = null)
    {
        var party = (client ?? Party.Client).With(Party);
        return new UaClientOptions
        {
            EndpointUrl = Server.EndpointUrl,
            ApplicationUri = party.Uri,
            Pki = party.Pki,
        };
    }

    public static Task<UaClient> ConnectAsync(UaClientOptions options, CancellationToken cancellationToken) =>
        UaClient.ConnectAsync(options, TimeProvider.System, cancellationToken);

    /// <summary>The server's state, read with the client.</summary>
    public static async Task<int> StateAsync(UaClient client, CancellationToken cancellationToken)
    {
        var values = await client.ReadAsync([VariableIds.Server_ServerStatus_State], cancellationToken);
        return values[0].Value.Get<int>();
    }

    /// <summary>How a client failed to connect.</summary>
    public static async Task<UaException> FailureAsync(Task<UaClient> connecting)
    {
        try
        {
            await (await connecting).DisposeAsync();
        }
        catch (UaException failure)
        {
            return failure;
        }

        throw new AssertionException("The client was expected to be refused.");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
