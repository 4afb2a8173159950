using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Handshake;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Check;

/// <summary>
/// Compares a live server with the tag contract: every tag's presence, data type, array or scalar, access, engineering
/// unit and range, and that each unit declares the PackML profile. It only reads.
/// </summary>
public static class LineCheck
{
    /// <summary>Tags per group of service calls, so that no call exceeds what small PLCs take (at most 5 reads a
    /// tag).</summary>
    private const int TagsPerCall = 50;

    private const string EngineeringUnitsProperty = "EngineeringUnits";
    private const string EuRangeProperty = "EURange";

    /// <summary>Checks the server behind a connection that is connected.</summary>
    /// <exception cref="LineUnreachableException">The server cannot be reached, or does not speak OPC UA.</exception>
    public static async Task<LineCheckReport> RunAsync(ILineConnection connection, CancellationToken cancellationToken)
    {
        var findings = new List<LineFinding>();
        foreach (TagDefinition[] tags in TagContract.Tags.Chunk(TagsPerCall))
        {
            TagAddress[] addresses = [.. tags.Select(TagAddress.Of)];
            StatusCode[] found = await connection.ResolveAsync(addresses, cancellationToken).ConfigureAwait(false);
            TagDefinition[] present = [.. tags.Where((_, i) => found[i].IsGood)];
            Dictionary<string, ServerTag> server =
                await ReadAsync(connection, present, cancellationToken).ConfigureAwait(false);
            findings.AddRange(tags.SelectMany((tag, i) => server.TryGetValue(tag.FullName, out ServerTag? onServer)
                ? TagComparison.Compare(tag, onServer)
                : [Missing(tag, found[i])]));
        }

        findings.AddRange(await DeclarationsAsync(connection, findings, cancellationToken).ConfigureAwait(false));
        return new LineCheckReport(connection.EndpointUrl, TagContract.Tags.Length, Gather(findings));
    }

    /// <summary>A unit that is not there at all is one finding, not one for each of its tags.</summary>
    private static List<LineFinding> Gather(List<LineFinding> findings)
    {
        foreach (UnitContract unit in TagContract.Units)
        {
            HashSet<string> names = [.. unit.Tags.Select(static t => t.FullName)];
            LineFinding[] ofUnit =
                [.. findings.Where(f => f.Kind == LineFindingKind.MissingNode && names.Contains(f.Tag))];
            if (ofUnit.Length == names.Count)
            {
                int at = findings.IndexOf(ofUnit[0]);
                findings.RemoveAll(f => names.Contains(f.Tag));
                findings.Insert(at, new LineFinding(
                    unit.Unit.ToString(), LineFindingKind.MissingNode, $"unit with {names.Count} tags", "no node"));
            }
        }

        return findings;
    }

    private static LineFinding Missing(TagDefinition tag, StatusCode status) =>
        status.WithoutInfoBits == StatusCodes.BadNoMatch
            ? new LineFinding(tag.FullName, LineFindingKind.MissingNode, tag.TypeName, "no node")
            : new LineFinding(tag.FullName, LineFindingKind.Unreadable, tag.TypeName, status.ToString());

    private static async Task<Dictionary<string, ServerTag>> ReadAsync(
        ILineConnection connection, TagDefinition[] tags, CancellationToken cancellationToken)
    {
        if (tags.Length == 0)
        {
            return [];
        }

        TagRead[] reads = [.. tags.Select(TagAddress.Of).SelectMany(static a => (TagRead[])
        [
            new TagRead(a, AttributeId.DataType),
            new TagRead(a, AttributeId.ValueRank),
            new TagRead(a, AttributeId.AccessLevel),
            new TagRead(a with { Property = EngineeringUnitsProperty }),
            new TagRead(a with { Property = EuRangeProperty }),
        ])];
        DataValue[] values = await connection.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        return tags
            .Zip(values.Chunk(reads.Length / tags.Length))
            .ToDictionary(
                static p => p.First.FullName,
                static p => new ServerTag(p.Second[0], p.Second[1], p.Second[2], p.Second[3], p.Second[4]),
                StringComparer.Ordinal);
    }

    /// <summary>Profiles and contract version, where their tags are there at all.</summary>
    private static async Task<IEnumerable<LineFinding>> DeclarationsAsync(
        ILineConnection connection, List<LineFinding> soFar, CancellationToken cancellationToken)
    {
        (TagDefinition Tag, LineFindingKind Kind, string Wanted)[] declarations =
        [
            (TagContract.ContractVersion, LineFindingKind.ContractVersion, TagContract.Version),
            .. TagContract.Units.Select(static u =>
                (u.Tag(CommonTags.Profile), LineFindingKind.Profile, TagContract.Profile)),
        ];
        HashSet<string> missing = [.. soFar.Select(static f => f.Tag)];
        declarations = [.. declarations.Where(d => !missing.Contains(d.Tag.FullName))];
        if (declarations.Length == 0)
        {
            return [];
        }

        TagRead[] reads = [.. declarations.Select(static d => new TagRead(TagAddress.Of(d.Tag)))];
        DataValue[] values = await connection.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        return declarations
            .Select((d, i) => (d, Found: Declared(values[i])))
            .Where(static p => p.Found != p.d.Wanted)
            .Select(static p => new LineFinding(p.d.Tag.FullName, p.d.Kind, p.d.Wanted, p.Found));
    }

    private static string Declared(DataValue value) =>
        TagQuality.IsGood(value.Status) ? value.Value.ToString() : value.Status.ToString();
}
