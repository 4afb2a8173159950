using System.Globalization;
using CoatLine.Equipment.Handshake;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Check;

/// <summary>What a server says of one tag.</summary>
internal sealed record ServerTag(
    DataValue DataType,
    DataValue ValueRank,
    DataValue AccessLevel,
    DataValue EngineeringUnits,
    DataValue EuRange);

/// <summary>Compares one tag with what a server says of it. Pure.</summary>
internal static class TagComparison
{
    /// <summary>ValueRank of a scalar (OPC 10000-3 §5.6.2).</summary>
    private const int Scalar = -1;

    /// <summary>ValueRank of a one-dimensional array.</summary>
    private const int OneDimension = 1;

    /// <summary>Every difference of a tag that the server has.</summary>
    public static IEnumerable<LineFinding> Compare(TagDefinition tag, ServerTag server)
    {
        LineFinding?[] findings =
        [
            DataType(tag, server.DataType),
            ValueRank(tag, server.ValueRank),
            Access(tag, server.AccessLevel),
            EngineeringUnit(tag, server.EngineeringUnits),
            Range(tag, server.EuRange),
        ];
        return findings.OfType<LineFinding>();
    }

    private static LineFinding? DataType(TagDefinition tag, DataValue read) =>
        TagQuality.IsGood(read.Status) && read.Value.TryGet(out NodeId type)
            ? Unless(
                type == new NodeId((uint)tag.Type),
                tag, LineFindingKind.DataType, tag.Type.ToString(), NameOf(type))
            : Unreadable(tag, "DataType", read);

    private static LineFinding? ValueRank(TagDefinition tag, DataValue read)
    {
        if (!TagQuality.IsGood(read.Status) || !read.Value.TryGet(out int rank))
        {
            return Unreadable(tag, "ValueRank", read);
        }

        int wanted = tag.IsArray ? OneDimension : Scalar;
        return Unless(rank == wanted, tag, LineFindingKind.ValueRank, NameOf(wanted), NameOf(rank));
    }

    private static LineFinding? Access(TagDefinition tag, DataValue read)
    {
        if (!TagQuality.IsGood(read.Status) || !read.Value.TryGet(out byte bits))
        {
            return Unreadable(tag, "AccessLevel", read);
        }

        // The other bits say what history there is, which is the server's own affair.
        TagAccess access = (TagAccess)bits & TagAccess.ReadWrite;
        return Unless(access == tag.Access, tag, LineFindingKind.Access, NameOf(tag.Access), NameOf(access));
    }

    private static LineFinding? EngineeringUnit(TagDefinition tag, DataValue read)
    {
        if (tag.EngineeringUnit.Length == 0)
        {
            return null;
        }

        EUInformation? unit = Structure<EUInformation>(read);
        int? id = EngineeringUnits.UnitId(tag.EngineeringUnit);
        bool isSame = id is { } code
            ? unit is not null && unit.NamespaceUri == EngineeringUnits.UneceNamespace && unit.UnitId == code
            : unit?.DisplayName.Text == tag.EngineeringUnit;
        return Unless(
            isSame, tag, LineFindingKind.EngineeringUnit, NameOf(tag.EngineeringUnit, id), NameOf(unit, read));
    }

    private static LineFinding? Range(TagDefinition tag, DataValue read)
    {
        if (tag.Low is not { } low || tag.High is not { } high)
        {
            return null;
        }

        UaRange? range = Structure<UaRange>(read);
        return Unless(
            range is not null && range.Low == low && range.High == high,
            tag,
            LineFindingKind.Range,
            NameOf(low, high),
            range is null ? Missing(read) : NameOf(range.Low, range.High));
    }

    private static LineFinding? Unless(
        bool isSame, TagDefinition tag, LineFindingKind kind, string contract, string server) =>
        isSame ? null : new LineFinding(tag.FullName, kind, contract, server);

    private static LineFinding Unreadable(TagDefinition tag, string attribute, DataValue read) =>
        new(tag.FullName, LineFindingKind.Unreadable, $"a readable {attribute}", read.Status.ToString());

    private static T? Structure<T>(DataValue read)
        where T : class, IUaStructure =>
        TagQuality.IsGood(read.Status) && read.Value.Value is ExtensionObject body ? body.Structure as T : null;

    private static string Missing(DataValue read) => read.Status.IsBad ? $"missing ({read.Status})" : "missing";

    private static string NameOf(NodeId type) => type.NamespaceIndex == 0 && Enum.IsDefined((BuiltInType)type.Numeric)
        ? ((BuiltInType)type.Numeric).ToString()
        : type.ToString();

    private static string NameOf(int rank) => rank switch
    {
        Scalar => "scalar",
        OneDimension => "array",
        _ => rank.ToString(CultureInfo.InvariantCulture),
    };

    private static string NameOf(TagAccess access) => access switch
    {
        TagAccess.Read => "R",
        TagAccess.ReadWrite => "RW",
        TagAccess.Write => "W",
        _ => "none",
    };

    private static string NameOf(string symbol, int? id) => id is null
        ? symbol
        : string.Create(CultureInfo.InvariantCulture, $"{symbol} (unit id {id})");

    private static string NameOf(EUInformation? unit, DataValue read) => unit is null
        ? Missing(read)
        : string.Create(CultureInfo.InvariantCulture, $"{unit.DisplayName.Text} (unit id {unit.UnitId})");

    private static string NameOf(double low, double high) =>
        string.Create(CultureInfo.InvariantCulture, $"{low}..{high}");
}
