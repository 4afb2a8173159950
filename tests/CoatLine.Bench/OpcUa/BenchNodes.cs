using CoatLine.OpcUa;

namespace CoatLine.Bench.OpcUa;

/// <summary>The nodes that every server of the benchmark has.</summary>
internal static class BenchNodes
{
    public const string NamespaceUri = "urn:coatline:bench";

    public const int Count = 5000;

    /// <summary>How often the changing values change.</summary>
    public static readonly TimeSpan ChangeInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Int32: how many of the values, from the first on, change; 0 for none.</summary>
    public static NodeId Changing(ushort ns) => new(ns, "Changing");

    /// <summary>A Double that may be written. Numeric: the figures to compare with were taken with such ids.</summary>
    public static NodeId Value(ushort ns, int number) => new(ns, (uint)(1000 + number));

    public static IEnumerable<NodeId> Values(ushort ns, int count) =>
        Enumerable.Range(0, count).Select(number => Value(ns, number));
}
