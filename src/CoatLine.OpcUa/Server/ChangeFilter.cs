using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>Which changes of a value are worth a notification (OPC 10000-4 §7.22.2).</summary>
/// <param name="Trigger">What counts as a change.</param>
/// <param name="Deadband">Least change of a number, in the unit of the variable; 0 for any.</param>
internal sealed record ChangeFilter(DataChangeTrigger Trigger, double Deadband)
{
    public static ChangeFilter Default { get; } = new(DataChangeTrigger.StatusValue, 0);

    /// <summary>Reads the filter of a request; percent counts of the EURange of the variable.</summary>
    public static StatusCode Read(ExtensionObject filter, UaNode node, AttributeId attribute, AddressSpace space,
        out ChangeFilter result)
    {
        result = Default;
        if (filter.IsNull)
        {
            return StatusCodes.Good;
        }

        if (filter.Structure is not DataChangeFilter wanted)
        {
            return filter.Structure is EventFilter
                ? StatusCodes.BadFilterNotAllowed
                : StatusCodes.BadMonitoredItemFilterUnsupported;
        }

        if (attribute != AttributeId.Value || node is not UaVariable variable)
        {
            return StatusCodes.BadFilterNotAllowed;
        }

        var deadband = 0.0;
        if (wanted.DeadbandType != DeadbandType.None)
        {
            if (!space.Types.IsA(variable.DataType, DataTypeIds.Number))
            {
                return StatusCodes.BadFilterNotAllowed;
            }

            deadband = wanted.DeadbandType == DeadbandType.Absolute
                ? wanted.DeadbandValue
                : Percent(wanted.DeadbandValue, variable, space);
            if (!(deadband >= 0))
            {
                return StatusCodes.BadDeadbandFilterInvalid;
            }
        }

        result = new ChangeFilter(wanted.Trigger, deadband);
        return StatusCodes.Good;
    }

    /// <summary>True when <paramref name="next"/> is to be reported after <paramref name="before"/>.</summary>
    public bool Passes(in DataValue? before, in DataValue next)
    {
        if (before is not { } last || last.Status.Code != next.Status.Code)
        {
            return true;
        }

        return Trigger switch
        {
            DataChangeTrigger.Status => false,
            DataChangeTrigger.StatusValueTimestamp when last.SourceTimestamp != next.SourceTimestamp => true,
            _ => Differs(last.Value, next.Value),
        };
    }

    private static double Percent(double percent, UaVariable variable, AddressSpace space)
    {
        if (percent is < 0 or > 100)
        {
            return double.NaN;
        }

        foreach (var reference in variable.ReferenceArray)
        {
            if (reference.IsForward && reference.ReferenceType == ReferenceTypeIds.HasProperty
                && space.Find(reference.Target) is UaVariable range
                && range.BrowseName == new QualifiedName(0, "EURange")
                && range.Value.Value.TryGet<ExtensionObject>(out var structure)
                && structure.Structure is UaRange { Low: var low, High: var high })
            {
                return (high - low) * percent / 100;
            }
        }

        return double.NaN;
    }

    private bool Differs(Variant last, Variant next)
    {
        if (Deadband == 0 || last.Type != next.Type || last.IsArray != next.IsArray)
        {
            return last != next;
        }

        if (!next.IsArray)
        {
            return !(Math.Abs(Number(next.Value) - Number(last.Value)) <= Deadband);
        }

        return last.Length != next.Length
            || ((Array)last.Value!).Cast<object>().Zip(((Array)next.Value!).Cast<object>())
                .Any(pair => !(Math.Abs(Number(pair.Second) - Number(pair.First)) <= Deadband));
    }

    private static double Number(object? value) =>
        Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
}
