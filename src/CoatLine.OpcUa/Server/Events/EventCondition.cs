using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>The where clause of an event filter (OPC 10000-4 §7.7.1). Elements refer to later ones only, so it is
/// finite. An operand that is null or of another type makes its element neither true nor false (§7.7.3, Table 121);
/// an event passes when the first element is true.</summary>
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

    public bool Passes(UaEvent e) => elements.Length == 0 || Evaluate(0, e) == true;

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

    private bool? Evaluate(int index, UaEvent e)
    {
        var element = elements[index];
        var operands = element.FilterOperands;
        return element.FilterOperator switch
        {
            FilterOperator.Not => !Truth(operands[0], e),
            FilterOperator.And => And(Truth(operands[0], e), Truth(operands[1], e)),
            FilterOperator.Or => Or(Truth(operands[0], e), Truth(operands[1], e)),
            FilterOperator.IsNull => Value(operands[0], e).IsNull,
            FilterOperator.OfType => IsOfType(Value(operands[0], e), e),
            FilterOperator.Like => EventComparison.Like(Value(operands[0], e), Value(operands[1], e)),
            FilterOperator.Between => And(
                Ordered(
                    FilterOperator.GreaterThanOrEqual,
                    EventComparison.Compare(Value(operands[0], e), Value(operands[1], e))),
                Ordered(
                    FilterOperator.LessThanOrEqual,
                    EventComparison.Compare(Value(operands[0], e), Value(operands[2], e)))),
            FilterOperator.InList => InList(operands, e),
            FilterOperator.BitwiseAnd or FilterOperator.BitwiseOr =>
                Truth(EventComparison.Bits(element.FilterOperator, Value(operands[0], e), Value(operands[1], e))),
            FilterOperator.Equals => EventComparison.AreEqual(Value(operands[0], e), Value(operands[1], e)),
            _ => Ordered(
                element.FilterOperator,
                EventComparison.Compare(Value(operands[0], e), Value(operands[1], e))),
        };
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

    private bool? InList(ExtensionObject[] operands, UaEvent e)
    {
        var value = Value(operands[0], e);
        bool? found = value.IsNull ? null : false;
        for (var i = 1; i < operands.Length && found != true; i++)
        {
            found = Or(found, EventComparison.AreEqual(value, Value(operands[i], e)));
        }

        return found;
    }

    private bool? IsOfType(Variant type, UaEvent e) =>
        type.TryGet<NodeId>(out var id) ? types.IsA(e.EventType, id) : null;

    private bool? Truth(ExtensionObject operand, UaEvent e) => operand.Structure is ElementOperand element
        ? Evaluate((int)element.Index, e)
        : Truth(Value(operand, e));

    private static bool? Truth(Variant value) => value.TryGet<bool>(out var truth) ? truth : null;

    private Variant Value(ExtensionObject operand, UaEvent e) => operand.Structure switch
    {
        LiteralOperand literal => literal.Value,
        SimpleAttributeOperand field => e[UaEvent.PathOf(field.BrowsePath), field.AttributeId],
        ElementOperand element when elements[(int)element.Index] is
            { FilterOperator: FilterOperator.BitwiseAnd or FilterOperator.BitwiseOr } bits =>
            EventComparison.Bits(
                bits.FilterOperator, Value(bits.FilterOperands[0], e), Value(bits.FilterOperands[1], e)),
        ElementOperand element => Evaluate((int)element.Index, e) is { } truth ? Variant.Of(truth) : Variant.Null,
        _ => Variant.Null,
    };

    private static bool? And(bool? left, bool? right) => left == false || right == false ? false : left & right;

    private static bool? Or(bool? left, bool? right) => left == true || right == true ? true : left | right;
}
