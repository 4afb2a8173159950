using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Server;

/// <summary>A server with a few nodes and a clock that stands still until it is advanced, and clients of it over real
/// sockets.</summary>
internal sealed class LineServer : IAsyncDisposable
{
    public const string ClientUri = "urn:test:client";

    private readonly List<UaClient> clients = [];

    private LineServer(UaServerLimits limits, TimeProvider? networkTime)
    {
        Space = new AddressSpace();
        Ns = Space.AddNamespace("urn:test");
        Space.Add(new UaObject(Id("Line"), Name("Line")), ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes,
            ObjectTypeIds.BaseObjectType);
        Speed = Variable("Speed", DataTypeIds.Double, Variant.Of(10.0));
        Count = Variable("Count", DataTypeIds.Int32, Variant.Of(1));
        Locked = Variable("Locked", DataTypeIds.Int32, Variant.Of(5), AccessLevels.CurrentRead);
        Profile = Variable("Profile", DataTypeIds.Double, Variant.Of([1.0, 2.0, 3.0, 4.0]), rank: 1);
        Text = Variable("Text", DataTypeIds.String, Variant.Of("start"));
        var range = new UaVariable(Id("Speed.EURange"), new QualifiedName(0, "EURange"), DataTypeIds.Range);
        range.Set(Variant.Of(new UaRange(0, 200)), StatusCodes.Good, Then);
        Space.Add(range, Speed.NodeId, ReferenceTypeIds.HasProperty, VariableTypeIds.PropertyType);
        var denied = new UaVariable(Id("Denied"), Name("Denied"), DataTypeIds.Int32)
        {
            AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
            UserAccessLevel = AccessLevels.CurrentRead,
        };
        denied.Set(Variant.Of(0), StatusCodes.Good, Then);
        Space.Add(denied, Id("Line"), ReferenceTypeIds.HasComponent, VariableTypeIds.BaseDataVariableType);
        Space.Add(
            new UaMethod(Id("Add"), Name("Add"))
            {
                Handler = (_, inputs) => inputs is [{ Type: BuiltInType.Double }, { Type: BuiltInType.Double }]
                    ? new MethodOutcome(
                        StatusCodes.Good, [Variant.Of(inputs[0].Get<double>() + inputs[1].Get<double>())])
                    : MethodOutcome.Refused(StatusCodes.BadInvalidArgument),
            },
            Id("Line"),
            ReferenceTypeIds.HasComponent);

        // The clock leaps, and a leap inside a write that is just returning must not look like a stalled client.
        limits = limits with { SendTimeout = TimeSpan.FromHours(1) };
        Server = new UaServer(
            new UaServerOptions { Limits = limits, AllowInsecure = true }, Space, networkTime ?? Time);
    }

    public static DateTime Then { get; } = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    /// <summary>The server's clock unless another is given.</summary>
    public FakeTimeProvider Time { get; } = new();

    public AddressSpace Space { get; }

    public UaServer Server { get; }

    public ushort Ns { get; }

    public UaVariable Speed { get; }

    public UaVariable Count { get; }

    public UaVariable Locked { get; }

    public UaVariable Profile { get; }

    public UaVariable Text { get; }

    public static async Task<LineServer> StartAsync(UaServerLimits? limits = null, TimeProvider? networkTime = null)
    {
        var line = new LineServer(limits ?? new UaServerLimits(), networkTime);
        await line.Server.StartAsync(CancellationToken.None);
        return line;
    }

    public NodeId Id(string name) => new(Ns, name);

    public QualifiedName Name(string name) => new(Ns, name);

    /// <summary>A client with a session. Its own clock is the real one, its session time-out long.</summary>
    public async Task<UaClient> ConnectAsync(CancellationToken cancellationToken, string applicationUri = ClientUri)
    {
        var client = await UaClient.ConnectAsync(
            new UaClientOptions
            {
                AllowInsecure = true,
                EndpointUrl = Server.EndpointUrl,
                ApplicationUri = applicationUri,
                SessionTimeout = TimeSpan.FromHours(1),
            },
            TimeProvider.System,
            cancellationToken);
        clients.Add(client);
        return client;
    }

    public static void Set(UaVariable variable, Variant value) => variable.Set(value, StatusCodes.Good, Then);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await Server.DisposeAsync();
    }

    /// <summary>The status with which the server refuses a request as a whole.</summary>
    public static async Task<StatusCode> RefusalAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (UaException refusal)
        {
            return refusal.Status;
        }

        throw new AssertionException("The request was expected to be refused.");
    }

    private UaVariable Variable(
        string name, NodeId type, Variant value,
        AccessLevels access = AccessLevels.CurrentRead | AccessLevels.CurrentWrite, int rank = -1)
    {
        var variable = new UaVariable(Id(name), Name(name), type) { AccessLevel = access, ValueRank = rank };
        variable.Set(value, StatusCodes.Good, Then);
        Space.Add(variable, Id("Line"), ReferenceTypeIds.HasComponent, VariableTypeIds.BaseDataVariableType);
        return variable;
    }
}
