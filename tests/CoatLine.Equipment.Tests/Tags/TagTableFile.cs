using System.Globalization;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Tests.Tags;

/// <summary>The rows of <c>plc-tags/coatline-tags.csv</c>, as text.</summary>
internal static class TagTableFile
{
    public const string Header = "unit,tag,node,data_type,engineering_unit,low,high,access,meaning";

    private static string Folder => Path.Combine(TestContext.CurrentContext.TestDirectory, "plc-tags");

    public static string NodeSetPath => Path.Combine(Folder, "coatline.NodeSet2.xml");

    public static string[] Lines() => File.ReadAllLines(Path.Combine(Folder, "coatline-tags.csv"));

    /// <summary>The row that the table must hold for a tag of the code.</summary>
    public static string RowOf(TagDefinition tag) => string.Join(
        ',',
        tag.UnitName,
        tag.Name,
        "s=" + tag.FullName,
        tag.TypeName,
        tag.EngineeringUnit,
        Number(tag.Low),
        Number(tag.High),
        tag.Access == TagAccess.ReadWrite ? "RW" : "R",
        tag.Meaning);

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
