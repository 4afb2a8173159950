namespace CoatLine.OpcUa;

/// <summary>
/// Bounds on what one message may contain. Every length read from the wire is held against these and against the
/// octets that are really there before anything is allocated.
/// </summary>
public sealed record UaLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static UaLimits Default { get; } = new();

    /// <summary>Longest String or XmlElement, octets of UTF-8; default 1 MiB.</summary>
    public int MaxStringOctets { get; init; } = 1 << 20;

    /// <summary>Longest ByteString or ExtensionObject body, octets; default 4 MiB.</summary>
    public int MaxByteStringOctets { get; init; } = 4 << 20;

    /// <summary>Longest array, elements; default 262 144.</summary>
    public int MaxArrayElements { get; init; } = 1 << 18;

    /// <summary>Largest whole message, octets; default 16 MiB.</summary>
    public int MaxMessageOctets { get; init; } = 16 << 20;

    /// <summary>Deepest nesting of Variants, structures and inner diagnostics; 100 by OPC 10000-6 §5.1.</summary>
    public int MaxDepth { get; init; } = 100;
}
