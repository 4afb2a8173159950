using System.Globalization;

namespace CoatLine.OpcUa.NodeSets;

/// <summary>Which numbers of namespace 0 the standard has given out, and to what kind of node (OPC 10000-6 Annex A.3).
/// The address space holds only the nodes that clients of a line look for; a node set may mean any of the standard's,
/// but a number that is none of them is a slip of the pen.</summary>
internal static partial class StandardIds
{
    private static readonly Lazy<Ranges> AllRanges = new(() => new Ranges(Every));
    private static readonly Lazy<Ranges> DataTypeRanges = new(() => new Ranges(DataTypes));
    private static readonly Lazy<Ranges> ReferenceTypeRanges = new(() => new Ranges(ReferenceTypes));
    private static readonly Lazy<Ranges> ObjectTypeRanges = new(() => new Ranges(ObjectTypes));
    private static readonly Lazy<Ranges> VariableTypeRanges = new(() => new Ranges(VariableTypes));

    /// <summary>True when the identifier, which is one of namespace 0, is the standard's.</summary>
    public static bool IsKnown(NodeId id) => IsIn(AllRanges, id);

    /// <summary>True when the standard has given it to a node of one of these classes; only types can be told apart.
    /// </summary>
    public static bool IsA(NodeId id, NodeClass nodeClass) =>
        (nodeClass.HasFlag(NodeClass.DataType) && IsIn(DataTypeRanges, id))
        || (nodeClass.HasFlag(NodeClass.ReferenceType) && IsIn(ReferenceTypeRanges, id))
        || (nodeClass.HasFlag(NodeClass.ObjectType) && IsIn(ObjectTypeRanges, id))
        || (nodeClass.HasFlag(NodeClass.VariableType) && IsIn(VariableTypeRanges, id));

    private static bool IsIn(Lazy<Ranges> ranges, NodeId id) =>
        id.IdType == NodeIdType.Numeric && ranges.Value.Holds(id.Numeric);

    /// <summary>Numbers as text, <c>1-30 35 40-49</c>, in ascending order.</summary>
    private sealed class Ranges
    {
        private readonly uint[] first;
        private readonly uint[] last;

        public Ranges(string text)
        {
            var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            first = [.. parts.Select(part => Number(part.Split('-')[0]))];
            last = [.. parts.Select(part => Number(part.Split('-')[^1]))];
        }

        public bool Holds(uint number)
        {
            var at = Array.BinarySearch(first, number);
            return at >= 0 || (~at > 0 && number <= last[~at - 1]);
        }

        private static uint Number(string text) => uint.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
