using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>The where clause of an event filter (OPC 10000-4 §7.7.1). Elements refer to later ones only, so they are
/// evaluated from the last to the first, each once: however often others refer to it. An operand that is null or of
/// another type makes its element neither true nor false (§7.7.3, Table 121); an event passes when the first element
/// is true.</summary>
internal sealed class EventCondition
{
    /// <summary>Most elements of one filter.</summary>
    private const int MostElements = 200;

    private readonly ContentFilterElement[] elements;
    private readonly TypeTree types;

    private EventCondition(ContentFilterElement[] elements, TypeTree types)
    {
        this.elements = elements;
        this.types = types;
    }

    /// <summary>Checks a where clause; null when it cannot be used.</summary>
    public static EventCondition? Read(ContentFilter filter, TypeTree types, out ContentFilterResult result)
    {
        var results = filter.Elements.Take(MostElements).Select((e, i) => Check(e, i, filter, types)).ToArray();
        result = new ContentFilterResult { ElementResults = results };
        return filter.Elements.Length <= MostElements && results.All(element => element.StatusCode.IsGood)
            ? new EventCondition(filter.Elements, types)
            : null;
    }

    public bool Passes(UaEvent e)
    {
        if (elements.Length == 0)
        {
            return true;
        }

        var values = new Variant[elements.Length];
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            values[i] = Evaluate(elements[i].FilterOperator, Operands(elements[i], e, values), e);
        }

        return Truth(values[0]) == true;
    }

    private static ContentFilterElementResult Check(
        ContentFilterElement element, int index, ContentFilter filter, TypeTree types)
    {
        var operands = element.FilterOperands.Select(o => Check(o, index, filter, types)).ToArray();
        var (least, most) = OperandCount(element.FilterOperator);
        var status = most == 0 ? StatusCodes.BadFilterOperatorUnsupported
            : operands.Length < least || operands.Length > most ? StatusCodes.BadFilterOperandCountMismatch
            : operands.Any(o => o.IsBad) ? StatusCodes.BadFilterOperandInvalid
            : StatusCodes.Good;
        return new ContentFilterElementResult { StatusCode = status, OperandStatusCodes = operands };
    }

    private static StatusCode Check(ExtensionObject operand, int index, ContentFilter filter, TypeTree types) =>
        operand.Structure switch
        {
            LiteralOperand => StatusCodes.Good,
            SimpleAttributeOperand field => EventSelection.Check(field, types),
            ElementOperand { Index: var next } when next > index && next < filter.Elements.Length => StatusCodes.Good,
            ElementOperand => StatusCodes.BadFilterElementInvalid,
            _ => StatusCodes.BadFilterOperandInvalid,
        };

    private static (int Least, int Most) OperandCount(FilterOperator @operator) => @operator switch
    {
        FilterOperator.IsNull or FilterOperator.Not or FilterOperator.OfType => (1, 1),
        FilterOperator.Between => (3, 3),
        FilterOperator.InList => (2, MostElements),
        FilterOperator.Equals or FilterOperator.GreaterThan or FilterOperator.LessThan
            or FilterOperator.GreaterThanOrEqual or FilterOperator.LessThanOrEqual or FilterOperator.Like
            or FilterOperator.And or FilterOperator.Or or FilterOperator.BitwiseAnd
            or FilterOperator.BitwiseOr => (2, 2),
        _ => (0, 0),
    };

    private static Variant[] Operands(ContentFilterElement element, UaEvent e, Variant[] values) =>
        Array.ConvertAll(element.FilterOperands, operand => operand.Structure switch
        {
            LiteralOperand literal => literal.Value,
            SimpleAttributeOperand field => e[UaEvent.PathOf(field.BrowsePath), field.AttributeId],
            ElementOperand other => values[other.Index],
            _ => Variant.Null,
        });

    private Variant Evaluate(FilterOperator @operator, Variant[] operands, UaEvent e)
    {
        if (@operator is FilterOperator.BitwiseAnd or FilterOperator.BitwiseOr)
        {
            return EventComparison.Bits(@operator, operands[0], operands[1]);
        }

        var truth = @operator switch
        {
            FilterOperator.Not => !Truth(operands[0]),
            FilterOperator.And => And(Truth(operands[0]), Truth(operands[1])),
            FilterOperator.Or => Or(Truth(operands[0]), Truth(operands[1])),
            FilterOperator.IsNull => operands[0].IsNull,
            FilterOperator.OfType => IsOfType(operands[0], e),
            FilterOperator.Like => EventComparison.Like(operands[0], operands[1]),
            FilterOperator.Between => And(
                Ordered(FilterOperator.GreaterThanOrEqual, EventComparison.Compare(operands[0], operands[1])),
                Ordered(FilterOperator.LessThanOrEqual, EventComparison.Compare(operands[0], operands[2]))),
            FilterOperator.InList => InList(operands),
            FilterOperator.Equals => EventComparison.AreEqual(operands[0], operands[1]),
            _ => Ordered(@operator, EventComparison.Compare(operands[0], operands[1])),
        };
        return truth is { } known ? Variant.Of(known) : Variant.Null;
    }

    private static bool? Ordered(FilterOperator @operator, int? order) => (@operator, order) switch
    {
        (_, null) => null,
        (FilterOperator.GreaterThan, > 0) => true,
        (FilterOperator.GreaterThanOrEqual, >= 0) => true,
        (FilterOperator.LessThan, < 0) => true,
        (FilterOperator.LessThanOrEqual, <= 0) => true,
        _ => false,
    };

    private static bool? InList(Variant[] operands)
    {
        bool? found = operands[0].IsNull ? null : false;
        for (var i = 1; i < operands.Length && found != true; i++)
        {
            found = Or(found, EventComparison.AreEqual(operands[0], operands[i]));
        }

        return found;
    }

    private bool? IsOfType(Variant type, UaEvent e) =>
        type.TryGet<NodeId>(out var id) ? types.IsA(e.EventType, id) : null;

    private static bool? Truth(Variant value) => value.TryGet<bool>(out var truth) ? truth : null;

    private static bool? And(bool? left, bool? right) => left == false || right == false ? false : left & right;

    private static bool? Or(bool? left, bool? right) => left == true || right == true ? true : left | right;
}
