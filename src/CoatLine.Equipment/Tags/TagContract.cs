using System.Collections.Frozen;
using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Balance;
using CoatLine.Equipment.Coater;
using CoatLine.Equipment.Dryer;
using CoatLine.Equipment.Mixer;
using CoatLine.Equipment.Press;
using CoatLine.Equipment.Profilometer;
using CoatLine.Equipment.ThicknessGauge;

namespace CoatLine.Equipment.Tags;

/// <summary>
/// The tag contract between MES and PLCs as the code knows it. The public form is <c>plc-tags/coatline-tags.csv</c>;
/// a test keeps both the same, tag by tag.
/// </summary>
public static class TagContract
{
    /// <summary>Namespace URI of every node of the contract.</summary>
    public const string NamespaceUri = "urn:coatline:plc-tags:1";

    /// <summary>The version of the contract that this code speaks, as <c>Line.ContractVersion</c> states it.</summary>
    public const string Version = "1";

    /// <summary>The state model that every unit must declare in its <c>Profile</c> tag; others number states
    /// differently.</summary>
    public const string Profile = "OPC 30050 PackML";

    private static readonly FrozenDictionary<Unit, UnitContract> ByUnit = new[]
    {
        BalanceTags.Contract,
        MixerTags.Contract,
        CoaterTags.Contract,
        DryerTags.Contract,
        ThicknessGaugeTags.Contract,
        PressTags.Contract,
        ProfilometerTags.Contract,
    }.ToFrozenDictionary(static u => u.Unit);

    /// <summary>The version tag of the line.</summary>
    public static TagDefinition ContractVersion { get; } = new(
        null, "ContractVersion", TagType.String, false, string.Empty, null, null, TagAccess.Read,
        "Version of this tag contract; 1");

    /// <summary>The units, in the order of the enumeration.</summary>
    public static ImmutableArray<UnitContract> Units { get; } =
        [.. ByUnit.Values.OrderBy(static u => u.Unit)];

    /// <summary>Every tag of the line.</summary>
    public static ImmutableArray<TagDefinition> Tags { get; } =
        [ContractVersion, .. Units.SelectMany(static u => u.Tags)];

    /// <summary>What the contract says of a unit.</summary>
    public static UnitContract Of(Unit unit) => ByUnit[unit];
}
