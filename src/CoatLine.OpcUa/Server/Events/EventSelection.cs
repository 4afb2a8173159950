using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>An event filter that was found sound (OPC 10000-4 §7.22.3): which events pass, and which of their fields
/// are reported.</summary>
internal sealed class EventSelection
{
    /// <summary>Most fields of one filter.</summary>
    private const int MostFields = 200;

    private static readonly NodeId BaseEventType = ObjectTypeIds.BaseEventType;

    private readonly (string Path, AttributeId Attribute, string? Range)[] fields;
    private readonly EventCondition condition;

    private EventSelection((string, AttributeId, string?)[] fields, EventCondition condition)
    {
        this.fields = fields;
        this.condition = condition;
    }

    /// <summary>Checks a filter. Null with a bad status when it cannot be used; the result tells what is wrong with
    /// which of its parts.</summary>
    public static EventSelection? Read(
        EventFilter filter, TypeTree types, out StatusCode status, out EventFilterResult result)
    {
        var fieldResults = filter.SelectClauses.Select(clause => Check(clause, types)).ToArray();
        var condition = EventCondition.Read(filter.WhereClause, types, out var whereResult);
        var isSound = fieldResults.All(field => field.IsGood) && condition is not null;
        result = new EventFilterResult
        {
            SelectClauseResults = isSound ? [] : fieldResults,
            WhereClauseResult = isSound ? new ContentFilterResult() : whereResult,
        };
        status = fieldResults.Length == 0 ? StatusCodes.BadEventFilterInvalid
            : fieldResults.Length > MostFields ? StatusCodes.BadTooManyOperations
            : isSound ? StatusCodes.Good
            : StatusCodes.BadEventFilterInvalid;
        return status.IsGood
            ? new EventSelection(
                [.. filter.SelectClauses.Select(c => (UaEvent.PathOf(c.BrowsePath), c.AttributeId, c.IndexRange))],
                condition!)
            : null;
    }

    public bool Passes(UaEvent e) => condition.Passes(e);

    /// <summary>The fields in the order of the filter.</summary>
    public Variant[] FieldsOf(UaEvent e)
    {
        var values = new Variant[fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (path, attribute, range) = fields[i];
            var value = e[path, attribute];
            values[i] = string.IsNullOrEmpty(range)
                ? value
                : AttributeService.Cut(new DataValue(value), range).Value;
        }

        return values;
    }

    /// <summary>What speaks against an operand that names a field. One that the type does not have is no mistake: a
    /// subtype may have it, and for others it is null.</summary>
    internal static StatusCode Check(SimpleAttributeOperand operand, TypeTree types)
    {
        if (!operand.TypeDefinitionId.IsNull && !types.IsA(operand.TypeDefinitionId, BaseEventType))
        {
            return StatusCodes.BadTypeDefinitionInvalid;
        }

        if (operand.AttributeId is not (AttributeId.Value or AttributeId.NodeId)
            || (operand.AttributeId == AttributeId.Value && operand.BrowsePath.Length == 0))
        {
            return StatusCodes.BadAttributeIdInvalid;
        }

        return string.IsNullOrEmpty(operand.IndexRange) || IndexRange.TryParse(operand.IndexRange, out _)
            ? StatusCodes.Good
            : StatusCodes.BadIndexRangeInvalid;
    }
}
