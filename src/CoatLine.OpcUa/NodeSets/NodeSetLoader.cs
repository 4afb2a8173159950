using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.NodeSets;

internal static class NodeSetLoader
{
    public static void Load(Stream xml, AddressSpace space)
    {
        throw new NodeSetException(0, "Not yet.");
    }
}
