using System.Globalization;

namespace CoatLine.OpcUa.Server;

/// <summary>Builds namespace 0 from the table: the folders, the type tree and the Server object, without values.
/// </summary>
internal static partial class StandardNodes
{
    public static void AddTo(AddressSpace space)
    {
        var rows = $"{Table}\n{EventTable}"
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new Row(line))
            .ToList();
        foreach (var row in rows)
        {
            space.Add(NodeOf(row));
        }

        foreach (var row in rows)
        {
            if (row.Parent is { } parent)
            {
                space.AddReference(parent.Id, parent.ReferenceType, row.Id);
            }

            if (row.TypeDefinition is { } type)
            {
                space.AddReference(row.Id, AddressSpace.HasTypeDefinition, type);
            }
        }
    }

    private static UaNode NodeOf(Row row) => row.Class switch
    {
        "O" => new UaObject(row.Id, row.Name) { EventNotifier = NotifierOf(row.Id) },
        "M" => new UaMethod(row.Id, row.Name),
        "V" => new UaVariable(row.Id, row.Name, row.DataType) { ValueRank = row.ValueRank },
        "OT" => new UaObjectType(row.Id, row.Name) { IsAbstract = row.IsAbstract },
        "VT" => new UaVariableType(row.Id, row.Name)
        {
            IsAbstract = row.IsAbstract,
            DataType = row.DataType,
            ValueRank = row.ValueRank,
        },
        "DT" => new UaDataType(row.Id, row.Name) { IsAbstract = row.IsAbstract },
        "RT" => new UaReferenceType(row.Id, row.Name)
        {
            IsAbstract = row.IsAbstract,
            Symmetric = row.Symmetric,
            InverseName = LocalizedText.Of(row.InverseName),
        },
        _ => throw new InvalidOperationException($"The table of namespace 0 has a row of class '{row.Class}'."),
    };

    /// <summary>Every event of the server is reported by the Server object (OPC 10000-5 §6.3.1).</summary>
    private static byte NotifierOf(NodeId id) => id == ObjectIds.Server ? UaObject.SubscribeToEvents : (byte)0;

    private readonly struct Row(string line)
    {
        private readonly string[] fields = line.Split('|');

        public string Class => fields[0];

        public NodeId Id => new(Number(fields[1]));

        public QualifiedName Name => new(0, fields[2]);

        public (NodeId ReferenceType, NodeId Id)? Parent => Field(3) is { Length: > 0 } text
            ? (new NodeId(Number(text[..text.IndexOf('<')])), new NodeId(Number(text[(text.IndexOf('<') + 1)..])))
            : null;

        public NodeId? TypeDefinition => Field(4) is { Length: > 0 } text ? new NodeId(Number(text)) : null;

        public NodeId DataType => new(Number(Field(5)));

        public int ValueRank => int.Parse(Field(6), CultureInfo.InvariantCulture);

        public bool IsAbstract => Field(7).Contains('a', StringComparison.Ordinal);

        public bool Symmetric => Field(7).Contains('s', StringComparison.Ordinal);

        public string? InverseName => Field(8) is { Length: > 0 } text ? text : null;

        private string Field(int index) => index < fields.Length ? fields[index] : "";

        private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
    }
}
