namespace CoatLine.Conformance.Tests.Servers;

/// <summary>An OPC UA server on the loopback that shows the line: the tag contract's NodeSet and
/// <c>types.NodeSet2.xml</c>.</summary>
internal abstract class LineServer : IAsyncDisposable
{
    public static string NodeSetFolder => Path.Combine(AppContext.BaseDirectory, "nodesets");

    public static string ContractNodeSet => Path.Combine(NodeSetFolder, "coatline.NodeSet2.xml");

    public static string TypesNodeSet => Path.Combine(NodeSetFolder, "types.NodeSet2.xml");

    /// <summary>Where it listens; the same again after a restart.</summary>
    public abstract string EndpointUrl { get; }

    /// <summary>Starts, or starts again on the same port.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops; whoever is connected loses the link.</summary>
    public abstract Task StopAsync();

    public abstract ValueTask DisposeAsync();
}
