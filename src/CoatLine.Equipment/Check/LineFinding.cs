namespace CoatLine.Equipment.Check;

/// <summary>In what a server differs from the tag contract.</summary>
public enum LineFindingKind
{
    /// <summary>The server has no such node.</summary>
    MissingNode,

    /// <summary>The data type is another one.</summary>
    DataType,

    /// <summary>Scalar instead of array, or the reverse.</summary>
    ValueRank,

    /// <summary>It can be read or written otherwise than agreed.</summary>
    Access,

    /// <summary>The engineering unit is another one, or is missing.</summary>
    EngineeringUnit,

    /// <summary>The range is another one, or is missing.</summary>
    Range,

    /// <summary>The unit does not declare the state model of the contract.</summary>
    Profile,

    /// <summary>The line speaks another version of the contract.</summary>
    ContractVersion,

    /// <summary>The server would not tell.</summary>
    Unreadable,
}

/// <summary>One difference between a server and the tag contract.</summary>
/// <param name="Tag">Whole tag name, e.g. <c>Mixer.Request.RevSpeedSP</c>.</param>
/// <param name="Kind">In what it differs.</param>
/// <param name="Contract">What the contract says.</param>
/// <param name="Server">What the server says.</param>
public sealed record LineFinding(string Tag, LineFindingKind Kind, string Contract, string Server)
{
    /// <summary>One sentence with the tag and both sides.</summary>
    public override string ToString() => Kind == LineFindingKind.MissingNode
        ? $"{Tag}: the contract has it ({Contract}), the server does not"
        : $"{Tag}: {Subject} is {Contract} by the contract, {Server} on the server";

    private string Subject => Kind switch
    {
        LineFindingKind.DataType => "data type",
        LineFindingKind.ValueRank => "value rank",
        LineFindingKind.Access => "access",
        LineFindingKind.EngineeringUnit => "engineering unit",
        LineFindingKind.Range => "range",
        LineFindingKind.Profile => "profile",
        LineFindingKind.ContractVersion => "contract version",
        _ => "value",
    };
}

/// <summary>What a line check found.</summary>
/// <param name="EndpointUrl">The server that was checked.</param>
/// <param name="TagsChecked">Number of tags of the contract that were looked for.</param>
/// <param name="Findings">Every difference, in the order of the contract; empty when the server keeps it.</param>
public sealed record LineCheckReport(string EndpointUrl, int TagsChecked, IReadOnlyList<LineFinding> Findings)
{
    /// <summary>Whether the server keeps the contract.</summary>
    public bool IsKept => Findings.Count == 0;
}
