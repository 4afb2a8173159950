using System.Globalization;

namespace CoatLine.OpcUa;

/// <summary>A name with its namespace (OPC 10000-3 §8.3), as BrowseNames are; by default the null name.</summary>
/// <param name="NamespaceIndex">Index into the server's NamespaceArray.</param>
/// <param name="Name">The name, at most 512 characters by the standard; null for the null name.</param>
public readonly record struct QualifiedName(ushort NamespaceIndex, string? Name)
{
    /// <summary>True for the null name.</summary>
    public bool IsNull => NamespaceIndex == 0 && string.IsNullOrEmpty(Name);

    /// <summary>The notation <c>2:Mixer</c>; the index is left out in namespace 0.</summary>
    public override string ToString() => NamespaceIndex == 0
        ? Name ?? ""
        : string.Create(CultureInfo.InvariantCulture, $"{NamespaceIndex}:{Name}");
}
