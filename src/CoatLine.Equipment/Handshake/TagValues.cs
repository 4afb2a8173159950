using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Values of one unit as one Read gave them, by tag name below the unit.</summary>
internal sealed class TagValues(UnitContract contract, IReadOnlyDictionary<string, DataValue> values)
{
    /// <summary>Value, quality and times as they came.</summary>
    public DataValue this[string name] => values[name];

    /// <summary>Whether the PLC vouches for the value.</summary>
    public bool IsGood(string name) => TagQuality.IsGood(values[name].Status);

    /// <summary>The value of a tag without which nothing can be decided.</summary>
    /// <exception cref="Domain.Execution.LineUnreachableException">It is not Good: nothing is known.</exception>
    /// <exception cref="Domain.Execution.LineContractException">There is no such tag, or it has another
    /// type.</exception>
    public T Required<T>(string name)
    {
        DataValue value = values[name];
        TagDefinition tag = contract.Tag(name);
        if (!TagQuality.IsGood(value.Status))
        {
            throw TagQuality.Failure(tag.FullName, "read", value.Status);
        }

        return value.Value.Value is T typed ? typed : throw TagQuality.WrongType(tag, value.Value);
    }

    /// <summary>The value where it is Good, else what is given.</summary>
    /// <exception cref="Domain.Execution.LineContractException">It has another type than the contract's.</exception>
    public T WhereGood<T>(string name, T otherwise) => IsGood(name) ? Required<T>(name) : otherwise;
}
