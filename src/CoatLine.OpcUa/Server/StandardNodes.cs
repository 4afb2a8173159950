using System.Globalization;

namespace CoatLine.OpcUa.Server;

/// <summary>Builds namespace 0 from the table: the folders, the type tree and the Server object, without values.
/// </summary>
internal static partial class StandardNodes
{
    public static void AddTo(AddressSpace space)
    {
        List<Row> rows = [.. Rows(Table, isOfEvents: false), .. Rows(EventTable, isOfEvents: true)];
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

    private static IEnumerable<Row> Rows(string table, bool isOfEvents) => table
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => new Row(line, isOfEvents));

    private static UaNode NodeOf(Row row) => row.Class switch
    {
        "O" => new UaObject(row.Id, row.Name) { EventNotifier = NotifierOf(row.Id) },
        "M" => new UaMethod(row.Id, row.Name),
        "V" => VariableOf(row),
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

    /// <summary>The fields of event types have no value of their own; what they show is an empty one of their type.
    /// </summary>
    private static UaVariable VariableOf(Row row)
    {
        var variable = new UaVariable(row.Id, row.Name, row.DataType) { ValueRank = row.ValueRank };
        if (row.IsOfEvents)
        {
            variable.Store(new DataValue(EmptyOf(row.DataType.Numeric, row.ValueRank)));
        }

        return variable;
    }

    private static Variant EmptyOf(uint dataType, int rank) => (dataType, rank) switch
    {
        (1, _) => Variant.Of(false),
        (5, _) => Variant.Of((ushort)0),
        (12, _) => Variant.Of(""),
        (15, _) => Variant.Of(Array.Empty<byte>()),
        (17, -1) => Variant.Of(NodeId.Null),
        (17, _) => Variant.Of(Array.Empty<NodeId>()),
        (19, _) => Variant.Of(StatusCodes.Good),
        (21, -1) => Variant.Of(LocalizedText.Of("")),
        (21, _) => Variant.Of(Array.Empty<LocalizedText>()),
        (294, _) => Variant.Of(DateTime.UnixEpoch),
        (296, _) => Variant.Of(Array.Empty<ExtensionObject>()),
        _ => throw new InvalidOperationException($"No empty value is known for data type i={dataType}."),
    };

    /// <summary>Every event of the server is reported by the Server object (OPC 10000-5 §6.3.1).</summary>
    private static byte NotifierOf(NodeId id) => id == ObjectIds.Server ? UaObject.SubscribeToEvents : (byte)0;

    private readonly struct Row(string line, bool isOfEvents)
    {
        private readonly string[] fields = line.Split('|');

        public bool IsOfEvents => isOfEvents;

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
