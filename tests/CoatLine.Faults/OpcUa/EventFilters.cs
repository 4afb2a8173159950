using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;

namespace CoatLine.Faults.OpcUa;

/// <summary>Event filters, some of them sound: operators with too few and too many operands, elements that point at
/// themselves or backwards, operands of every kind.</summary>
internal static class EventFilters
{
    private static readonly string[] Fields = ["EventId", "EventType", "Severity", "Message", "Time", "Nothing"];

    public static EventFilter Any(Chance chance) => new()
    {
        SelectClauses = Some(chance, 6, Field),
        WhereClause = new ContentFilter { Elements = Some(chance, 8, Element) },
    };

    private static T[] Some<T>(Chance chance, int most, Func<Chance, T> make) =>
        [.. Enumerable.Range(0, chance.Below(most + 1)).Select(_ => make(chance))];

    private static SimpleAttributeOperand Field(Chance chance) => new()
    {
        TypeDefinitionId = new NodeId(chance.OnceIn(3) ? 2782u : 2041u),
        BrowsePath = [new QualifiedName(0, chance.Pick(Fields))],
        AttributeId = chance.OnceIn(8) ? (AttributeId)chance.Below(30) : AttributeId.Value,
        IndexRange = chance.OnceIn(10) ? "0:1" : null,
    };

    private static ContentFilterElement Element(Chance chance) => new()
    {
        FilterOperator = (FilterOperator)chance.Below(19),
        FilterOperands = Some(chance, 4, Operand),
    };

    private static ExtensionObject Operand(Chance chance) => ExtensionObject.Of(chance.Below(5) switch
    {
        0 => new ElementOperand { Index = (uint)chance.Below(9) },
        1 => Field(chance),
        2 => new LiteralOperand { Value = Variant.Of((ushort)chance.Below(1000)) },
        3 => new LiteralOperand { Value = Variant.Of(new NodeId((uint)(2000 + chance.Below(1000)))) },
        _ => new UaRange(1, 0),
    });
}
