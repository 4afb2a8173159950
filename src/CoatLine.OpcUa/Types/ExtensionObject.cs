namespace CoatLine.OpcUa;

/// <summary>How the body of an <see cref="ExtensionObject"/> is written (OPC 10000-6 §5.2.2.15).</summary>
public enum ExtensionObjectEncoding
{
    /// <summary>There is no body.</summary>
    None = 0,
    /// <summary>UA Binary octets.</summary>
    Binary = 1,
    /// <summary>XML text in UTF-8.</summary>
    Xml = 2,
}

/// <summary>
/// A structure with its type (OPC 10000-4 §7.17). A known structure is held decoded in <see cref="Structure"/>, an
/// unknown one keeps its octets in <see cref="Body"/> unchanged, so it can be passed on.
/// </summary>
public sealed class ExtensionObject : IEquatable<ExtensionObject>
{
    /// <summary>An object with a raw body.</summary>
    /// <param name="typeId">NodeId of the encoding.</param>
    /// <param name="body">The octets; null for no body.</param>
    /// <param name="encoding">How they are written; ignored without a body.</param>
    public ExtensionObject(
        NodeId typeId, byte[]? body, ExtensionObjectEncoding encoding = ExtensionObjectEncoding.Binary)
    {
        TypeId = typeId;
        Body = body;
        Encoding = body is null ? ExtensionObjectEncoding.None : encoding;
    }

    /// <summary>An object that holds a known structure.</summary>
    public ExtensionObject(IUaStructure structure)
    {
        TypeId = structure.BinaryEncodingId;
        Structure = structure;
        Encoding = ExtensionObjectEncoding.Binary;
    }

    /// <summary>The null object: null type, no body.</summary>
    public static ExtensionObject Null { get; } = new(NodeId.Null, null);

    /// <summary>NodeId of the encoding.</summary>
    public NodeId TypeId { get; }

    /// <summary>The raw octets of an unknown structure; null when there are none or it is known.</summary>
    public byte[]? Body { get; }

    /// <summary>The decoded structure; null when the type is unknown or there is no body.</summary>
    public IUaStructure? Structure { get; }

    /// <summary>How the body is written.</summary>
    public ExtensionObjectEncoding Encoding { get; }

    /// <summary>True for the null object.</summary>
    public bool IsNull => TypeId.IsNull && Body is null && Structure is null;

    /// <summary>Wraps a structure; null becomes the null object.</summary>
    public static ExtensionObject Of(IUaStructure? structure) => structure is null ? Null : new(structure);

    /// <summary>True when type, encoding and content are the same.</summary>
    public bool Equals(ExtensionObject? other) =>
        other is not null && TypeId == other.TypeId && Encoding == other.Encoding
        && Equals(Structure, other.Structure)
        && (Body is null ? other.Body is null : other.Body is not null && Body.AsSpan().SequenceEqual(other.Body));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExtensionObject);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TypeId, Encoding, Body?.Length, Structure);

    /// <summary>The structure, or the type and size of the raw body.</summary>
    public override string ToString() => Structure?.ToString() ?? $"ExtensionObject({TypeId}, {Body?.Length ?? 0} B)";
}
