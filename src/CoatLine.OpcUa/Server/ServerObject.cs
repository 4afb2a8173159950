using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Gives the variables below the Server object (i=2253) their values (OPC 10000-5 §6.3), none of them null.
/// </summary>
internal sealed class ServerObject
{
    private readonly AddressSpace space;
    private readonly UaServerOptions options;
    private readonly TimeProvider time;
    private readonly DateTime started;
    private readonly BuildInfo build;

    public ServerObject(AddressSpace space, UaServerOptions options, TimeProvider time)
    {
        this.space = space;
        this.options = options;
        this.time = time;
        started = time.GetUtcNow().UtcDateTime;
        build = new BuildInfo
        {
            ProductUri = options.ProductUri,
            ManufacturerName = "CoatLine",
            ProductName = options.ApplicationName,
            SoftwareVersion = options.SoftwareVersion,
            BuildNumber = options.SoftwareVersion,
            BuildDate = started,
        };
        SetStatus();
        SetCapabilities();
        SetOperationLimits();
    }

    private void SetStatus()
    {
        Compute(2254, () => Variant.Of((string?[])[options.ApplicationUri]));
        Compute(2255, () => Variant.Of((string?[])[.. space.NamespaceArray]));
        Compute(2256, () => Variant.Of(new ServerStatusDataType
        {
            StartTime = started,
            CurrentTime = Now,
            State = ServerState.Running,
            BuildInfo = build,
        }));
        Set(2257, Variant.Of(started));
        Compute(2258, () => Variant.Of(Now));
        Set(2259, Variant.Of((int)ServerState.Running));
        Set(2260, Variant.Of(build));
        Set(2261, Variant.Of(build.ProductName));
        Set(2262, Variant.Of(build.ProductUri));
        Set(2263, Variant.Of(build.ManufacturerName));
        Set(2264, Variant.Of(build.SoftwareVersion));
        Set(2265, Variant.Of(build.BuildNumber));
        Set(2266, Variant.Of(started));
        Set(2267, Variant.Of(byte.MaxValue));
        Set(2992, Variant.Of(0u));
        Set(2993, Variant.Of(LocalizedText.Of("")));
        Set(2994, Variant.Of(false));
        Set(2294, Variant.Of(false));
        Set(3709, Variant.Of(0));
    }

    private void SetCapabilities()
    {
        var limits = options.Limits;
        Set(2269, Variant.Of((string?[])["http://opcfoundation.org/UA-Profile/Server/MicroEmbeddedDevice2017"]));
        Set(2271, Variant.Of((string?[])["en"]));
        Set(2272, Variant.Of(0.0));
        Set(2735, Variant.Of((ushort)Math.Min(limits.MaxContinuationPoints, ushort.MaxValue)));
        Set(2736, Variant.Of((ushort)0));
        Set(2737, Variant.Of((ushort)0));
        Set(3704, Variant.Of(Array.Empty<ExtensionObject>()));
        Set(11702, Variant.Of((uint)UaLimits.Default.MaxArrayElements));
        Set(11703, Variant.Of((uint)UaLimits.Default.MaxStringOctets));
        Set(12911, Variant.Of((uint)UaLimits.Default.MaxByteStringOctets));
        Set(24095, Variant.Of((uint)limits.MaxSessions));
        Set(24096, Variant.Of((uint)limits.MaxSubscriptions));
        Set(24097, Variant.Of(
            (uint)Math.Min(uint.MaxValue, (long)limits.MaxSubscriptions * limits.MaxMonitoredItemsPerSubscription)));
        Set(24098, Variant.Of((uint)limits.MaxSubscriptions));
        Set(31916, Variant.Of((uint)limits.MaxQueueSize));
        Set(24104, Variant.Of((uint)limits.MaxMonitoredItemsPerSubscription));
    }

    private void SetOperationLimits()
    {
        var most = Variant.Of((uint)options.Limits.MaxOperationsPerCall);
        foreach (var id in (uint[])[11705, 11707, 11709, 11710, 11711, 11712, 11714])
        {
            Set(id, most);
        }

        // 0 stands for no limit; these services are not there, so there is nothing to limit.
        foreach (var id in (uint[])[11713, 12165, 12166, 12167, 12168])
        {
            Set(id, Variant.Of(0u));
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private void Set(uint id, Variant value) =>
        space.Variable(new NodeId(id)).Set(value, StatusCodes.Good, started);

    private void Compute(uint id, Func<Variant> value) =>
        space.Variable(new NodeId(id)).Reading = () => new DataValue(value(), StatusCodes.Good, Now);
}
