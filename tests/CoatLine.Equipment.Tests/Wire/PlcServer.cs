using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.Equipment.Tests.Tags;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;

namespace CoatLine.Equipment.Tests.Wire;

/// <summary>
/// An OPC UA server on the loopback that serves the NodeSet of <c>plc-tags</c>, with a scripted PLC for every unit.
/// </summary>
internal sealed class PlcServer : IPlcMemory, IAsyncDisposable
{
    private readonly Lock gate = new();
    private AddressSpace space = null!;
    private UaServer server = null!;
    private ushort index;

    private PlcServer()
    {
    }

    public event Action<string>? Written;

    public Dictionary<Unit, ScriptedPlc> Plcs { get; } = [];

    public string EndpointUrl => server.EndpointUrl;

    public int Port => server.Port;

    public UaServer Server => server;

    public DataValue this[string tag]
    {
        get
        {
            lock (gate)
            {
                return space.Variable(Id(tag)).Value;
            }
        }
    }

    public static async Task<PlcServer> StartAsync(Func<string, string>? changeNodeSet = null)
    {
        var plc = new PlcServer();
        plc.Load(changeNodeSet ?? (xml => xml), []);
        await plc.ListenAsync(port: 0);
        foreach (Unit unit in Enum.GetValues<Unit>().Where(u => plc.space.Find(plc.Id($"{u}.Profile")) is not null))
        {
            plc.Plcs[unit] = new ScriptedPlc(plc, unit);
        }

        return plc;
    }

    public void Set(string tag, DataValue value)
    {
        lock (gate)
        {
            // A tag that a test has taken out of the node set is set by nobody.
            if (space.Find(Id(tag)) is UaVariable variable)
            {
                variable.Set(value.Value, value.Status, value.SourceTimestamp ?? PlcMemory.Now);
            }
        }
    }

    /// <summary>The server is gone; the PLC's memory stays.</summary>
    public ValueTask StopAsync() => server.DisposeAsync();

    /// <summary>The server is back on the same port; its namespaces are numbered otherwise now.</summary>
    public async Task RestartAsync()
    {
        int port = Port;
        lock (gate)
        {
            Dictionary<string, DataValue> kept =
                TagContract.Tags.ToDictionary(t => t.FullName, t => this[t.FullName]);
            Load(xml => xml, ["urn:test:another", "urn:test:one-more"]);
            foreach ((string tag, DataValue value) in kept)
            {
                Set(tag, value);
            }
        }

        await ListenAsync(port);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private void Load(Func<string, string> change, string[] namespacesBefore)
    {
        space = new AddressSpace();
        foreach (string uri in namespacesBefore)
        {
            space.AddNamespace(uri);
        }

        string xml = change(File.ReadAllText(TagTableFile.NodeSetPath));
        space.LoadNodeSet(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(xml)));
        index = space.NamespaceIndex(TagContract.NamespaceUri);
        foreach (TagDefinition tag in TagContract.Tags)
        {
            Set(tag.FullName, new DataValue(FakeConnection.Initial(tag), StatusCodes.Good, PlcMemory.Now));
        }

        this.Set("Line.ContractVersion", Variant.Of(TagContract.Version));
        foreach (TagDefinition tag in TagContract.Tags.Where(t => t.Access == TagAccess.ReadWrite))
        {
            if (space.Find(Id(tag.FullName)) is UaVariable variable)
            {
                variable.Written = _ => Written?.Invoke(tag.FullName);
            }
        }
    }

    private async Task ListenAsync(int port)
    {
        server = new UaServer(new UaServerOptions { Port = port, AllowInsecure = true }, space, TimeProvider.System);
        await server.StartAsync(CancellationToken.None);
    }

    private NodeId Id(string tag) => new(index, tag);
}
