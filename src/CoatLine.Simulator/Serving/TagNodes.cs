using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Serving;

/// <summary>
/// The nodes of the address space that show the PLCs' memory. Not thread-safe apart from what the server itself
/// guards; the line's lock is held by whoever calls.
/// </summary>
internal sealed class TagNodes
{
    private const string ContractUri = "urn:coatline:plc-tags:1";

    // By reference: hashing eight fields some thousand times a second is what this saves.
    private readonly Dictionary<TagDefinition, UaVariable> variables = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds the variable of every tag.</summary>
    public TagNodes(AddressSpace space, TagTable table, DateTime now)
    {
        ushort index = space.NamespaceIndex(ContractUri);
        foreach (TagDefinition tag in table.Tags)
        {
            variables.Add(tag, space.Variable(new NodeId(index, tag.NodeId)));
        }

        TagDefinition version = table.Tags.Single(t => t.NodeId == "Line.ContractVersion");
        variables[version].Set(Variant.Of("1"), StatusCodes.Good, now);
    }

    /// <summary>Called right before a new result id is shown; null (default) for nobody.</summary>
    public Action<TagDefinition>? Published { get; init; }

    /// <summary>Lets a writable tag's image follow its node.</summary>
    /// <param name="tag">A tag that the MES may write.</param>
    /// <param name="written">Gets the value as the image holds it; called on the server's thread.</param>
    public void OnWritten(TagDefinition tag, Action<object> written) =>
        variables[tag].Written = value => written(value.Value.Value ?? tag.InitialValue);

    /// <summary>Shows what a unit's image has changed since the last time, in the order of the changes.</summary>
    public void Show(TagImage image)
    {
        foreach (TagImage.Cell cell in image.TakeChanges())
        {
            if (Published is not null && cell is { Tag.Name: "Result.Id", Value: not 0ul })
            {
                Published(cell.Tag);
            }

            variables[cell.Tag].Set(
                ToVariant(cell.Value), cell.IsBad ? StatusCodes.BadSensorFailure : StatusCodes.Good, cell.SourceTime);
        }
    }

    /// <summary>Marks every tag as not to be trusted, after the PLC has failed.</summary>
    public void Fail(DateTime now)
    {
        foreach (UaVariable variable in variables.Values)
        {
            variable.Set(variable.Value.Value, StatusCodes.BadDeviceFailure, now);
        }
    }

    private static Variant ToVariant(object value) => value switch
    {
        double number => Variant.Of(number),
        int number => Variant.Of(number),
        uint number => Variant.Of(number),
        ulong number => Variant.Of(number),
        bool flag => Variant.Of(flag),
        string text => Variant.Of(text),
        DateTime time => Variant.Of(time),
        double[] numbers => Variant.Of(numbers),
        int[] numbers => Variant.Of(numbers),
        _ => throw new ArgumentException($"{value.GetType().Name} is no type of the tag contract", nameof(value)),
    };
}
