using System.Collections.Immutable;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// Where a tag of the contract, or a property of it, is found on any server: by namespace URI and BrowseNames, never
/// by a namespace index, which holds for one session only.
/// </summary>
/// <param name="Tag">Whole name, e.g. <c>Mixer.Request.Id</c>, <c>Line.ContractVersion</c>, or a unit's name.</param>
/// <param name="Property">BrowseName of a namespace 0 property of the tag, e.g. <c>EURange</c>; null for the tag
/// itself.</param>
public readonly record struct TagAddress(string Tag, string? Property = null)
{
    /// <summary>Namespace URI of namespace 0.</summary>
    public const string UaNamespaceUri = "http://opcfoundation.org/UA/";

    /// <summary>The BrowseNames to follow from the Objects folder (i=85), hierarchical references forward.</summary>
    public ImmutableArray<PathStep> Path
    {
        get
        {
            // A unit's name comes below the Line object; a tag of the line itself already begins with it.
            string below = Tag.StartsWith(TagDefinition.LineName + ".", StringComparison.Ordinal)
                ? Tag
                : $"{TagDefinition.LineName}.{Tag}";
            IEnumerable<PathStep> steps =
                below.Split('.').Select(static name => new PathStep(TagContract.NamespaceUri, name));
            return Property is null ? [.. steps] : [.. steps, new PathStep(UaNamespaceUri, Property)];
        }
    }

    /// <summary>The address of a tag of the contract.</summary>
    public static TagAddress Of(TagDefinition tag) => new(tag.FullName);

    /// <summary>The name, with <c>/property</c> where there is one.</summary>
    public override string ToString() => Property is null ? Tag : $"{Tag}/{Property}";
}

/// <summary>One BrowseName of a path.</summary>
/// <param name="NamespaceUri">Namespace of the name.</param>
/// <param name="Name">The name.</param>
public readonly record struct PathStep(string NamespaceUri, string Name);
