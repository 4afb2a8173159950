using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;

namespace CoatLine.Conformance.Tests.Servers;

/// <summary>The server core of CoatLine.OpcUa.</summary>
internal sealed class OwnServer(LineServerSetup setup) : LineServer
{
    private static readonly DateTime Then = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private UaServer? server;
    private int port;

    public override string EndpointUrl => server?.EndpointUrl
        ?? throw new InvalidOperationException("The server was not started.");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new UaServerOptions
        {
            Port = port,
            ApplicationUri = TestCertificates.ServerUri,
            AllowInsecure = setup.AllowsInsecure,
            Pki = TestCertificates.Instance.ServerPki,
            CheckUser = static (name, password) =>
                (name, password) == (TestCertificates.UserName, TestCertificates.Password),
            UserCertificates = TestCertificates.Instance.Users,
        };
        server = new UaServer(options, Space(setup.ShowsTheLine), TimeProvider.System);
        await server.StartAsync(cancellationToken);
        port = server.Port;
    }

    public override async Task StopAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    public override async ValueTask DisposeAsync() => await StopAsync();

    private static AddressSpace Space(bool showsTheLine)
    {
        var space = new AddressSpace();
        if (!showsTheLine)
        {
            return space;
        }

        foreach (string path in new[] { ContractNodeSet, TypesNodeSet })
        {
            using FileStream xml = File.OpenRead(path);
            space.LoadNodeSet(xml);
        }

        ushort types = space.NamespaceIndex(LineServerSetup.TypesNamespace);
        space.Variable(new NodeId(types, "Types.Bad")).Set(Variant.Of(0.0), StatusCodes.BadSensorFailure, Then);
        ((UaMethod)space.Find(new NodeId(types, "Types.Add"))!).Handler = Add;
        NodeId temperature = new(space.NamespaceIndex(TagContract.NamespaceUri), "Mixer.Live.SlurryTemp");
        space.Variable(temperature).Set(Variant.Of(LineServerSetup.SlurryTemperature), StatusCodes.Good, Then);
        var mixer = (UaObject)space.Find(new NodeId(space.NamespaceIndex(TagContract.NamespaceUri), "Mixer"))!;
        UaAlarm alarm = space.Alarms.Add(
            new NodeId(types, "Types.Alarm"), mixer, LineServerSetup.AlarmName, LineServerSetup.AlarmSeverity);
        space.Variable(new NodeId(types, "Types.LidOpen")).Written = open =>
        {
            if (open.Value == Variant.Of(true))
            {
                alarm.Raise("the lid is open", Then);
            }
            else
            {
                alarm.Clear("the lid is closed", Then);
            }
        };
        return space;
    }

    private static MethodOutcome Add(NodeId objectId, IReadOnlyList<Variant> inputs) =>
        inputs is [{ Type: BuiltInType.Double }, { Type: BuiltInType.Double }]
            ? new MethodOutcome(StatusCodes.Good, [Variant.Of(inputs[0].Get<double>() + inputs[1].Get<double>())])
            : MethodOutcome.Refused(StatusCodes.BadInvalidArgument);
}
