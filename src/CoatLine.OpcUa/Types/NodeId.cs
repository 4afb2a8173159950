using System.Globalization;

namespace CoatLine.OpcUa;

/// <summary>The four kinds of node identifier (OPC 10000-3 §8.2.3).</summary>
public enum NodeIdType
{
    /// <summary>A 32 bit number, <c>i=</c>.</summary>
    Numeric = 0,
    /// <summary>Text, <c>s=</c>.</summary>
    String = 1,
    /// <summary>A GUID, <c>g=</c>.</summary>
    Guid = 2,
    /// <summary>Octets, <c>b=</c> in Base64.</summary>
    Opaque = 3,
}

/// <summary>
/// Identifier of a node within one server (OPC 10000-3 §8.2). The default value is the null NodeId <c>i=0</c>.
/// Two opaque identifiers are equal when their octets are.
/// </summary>
public readonly record struct NodeId
{
    private readonly uint _numeric;
    private readonly object? _identifier;

    /// <summary>A numeric identifier in namespace 0.</summary>
    public NodeId(uint identifier) => _numeric = identifier;

    /// <summary>A numeric identifier.</summary>
    public NodeId(ushort namespaceIndex, uint identifier)
    {
        NamespaceIndex = namespaceIndex;
        _numeric = identifier;
    }

    /// <summary>A string identifier.</summary>
    public NodeId(ushort namespaceIndex, string identifier)
    {
        NamespaceIndex = namespaceIndex;
        IdType = NodeIdType.String;
        _identifier = identifier;
    }

    /// <summary>A GUID identifier.</summary>
    public NodeId(ushort namespaceIndex, Guid identifier)
    {
        NamespaceIndex = namespaceIndex;
        IdType = NodeIdType.Guid;
        _identifier = identifier;
    }

    /// <summary>An opaque identifier; the array is kept, so the caller must not change it afterwards.</summary>
    public NodeId(ushort namespaceIndex, byte[] identifier)
    {
        NamespaceIndex = namespaceIndex;
        IdType = NodeIdType.Opaque;
        _identifier = identifier;
    }

    /// <summary>The null NodeId.</summary>
    public static NodeId Null => default;

    /// <summary>Index into the server's NamespaceArray; valid for one session only.</summary>
    public ushort NamespaceIndex { get; }

    /// <summary>Which kind of identifier this is.</summary>
    public NodeIdType IdType { get; }

    /// <summary>The identifier as uint, string, Guid or byte[].</summary>
    public object Identifier => IdType == NodeIdType.Numeric ? _numeric : _identifier!;

    /// <summary>The number of a numeric identifier; 0 for the other kinds.</summary>
    public uint Numeric => _numeric;

    /// <summary>True for the null NodeId in any of its four forms.</summary>
    public bool IsNull => NamespaceIndex == 0 && IdType switch
    {
        NodeIdType.Numeric => _numeric == 0,
        NodeIdType.String => ((string)_identifier!).Length == 0,
        NodeIdType.Guid => (Guid)_identifier! == Guid.Empty,
        _ => ((byte[])_identifier!).Length == 0,
    };

    /// <summary>Reads the standard notation <c>ns=2;s=Mixer.State</c>.</summary>
    /// <exception cref="FormatException">The text is not a NodeId.</exception>
    public static NodeId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not a NodeId such as i=85 or ns=2;s=Mixer.State.");

    /// <summary>Reads the standard notation; false when the text is not a NodeId.</summary>
    public static bool TryParse(string? text, out NodeId id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        ushort ns = 0;
        var rest = text.AsSpan();
        if (rest.StartsWith("ns=", StringComparison.Ordinal))
        {
            var semicolon = rest.IndexOf(';');
            if (semicolon < 0
                || !ushort.TryParse(rest[3..semicolon], NumberStyles.None, CultureInfo.InvariantCulture, out ns))
            {
                return false;
            }

            rest = rest[(semicolon + 1)..];
        }

        return rest.Length >= 2 && rest[1] == '=' && TryParseIdentifier(ns, rest[0], rest[2..], out id);
    }

    private static bool TryParseIdentifier(ushort ns, char kind, ReadOnlySpan<char> value, out NodeId id)
    {
        id = default;
        switch (kind)
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                id = new NodeId(ns, number);
                return true;
            case 's':
                id = new NodeId(ns, value.ToString());
                return true;
            case 'g' when Guid.TryParseExact(value, "D", out var guid):
                id = new NodeId(ns, guid);
                return true;
            case 'b':
                var octets = new byte[value.Length];
                if (!Convert.TryFromBase64Chars(value, octets, out var count))
                {
                    return false;
                }

                id = new NodeId(ns, octets[..count]);
                return true;
            default:
                return false;
        }
    }

    /// <summary>True when kind, namespace and identifier are the same.</summary>
    public bool Equals(NodeId other) =>
        NamespaceIndex == other.NamespaceIndex && IdType == other.IdType && _numeric == other._numeric
        && IdType switch
        {
            NodeIdType.Numeric => true,
            NodeIdType.Opaque => ((byte[])_identifier!).AsSpan().SequenceEqual((byte[])other._identifier!),
            _ => _identifier!.Equals(other._identifier),
        };

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(NamespaceIndex);
        hash.Add(_numeric);
        if (_identifier is byte[] octets)
        {
            hash.AddBytes(octets);
        }
        else
        {
            hash.Add(_identifier);
        }

        return hash.ToHashCode();
    }

    /// <summary>The standard notation (OPC 10000-6 §5.3.1.10), for example <c>ns=2;s=Mixer.State</c>.</summary>
    public override string ToString()
    {
        var identifier = IdType switch
        {
            NodeIdType.Numeric => string.Create(CultureInfo.InvariantCulture, $"i={_numeric}"),
            NodeIdType.String => $"s={_identifier}",
            NodeIdType.Guid => $"g={_identifier}",
            _ => $"b={Convert.ToBase64String((byte[])_identifier!)}",
        };
        return NamespaceIndex == 0
            ? identifier
            : string.Create(CultureInfo.InvariantCulture, $"ns={NamespaceIndex};{identifier}");
    }
}
