namespace CoatLine.Domain.Events;

/// <summary>A SHA-256 value of the event chain: 32 bytes, written as 64 lower-case hexadecimal digits.</summary>
public readonly struct ChainHash : IEquatable<ChainHash>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly ReadOnlyMemory<byte> _bytes;

    private ChainHash(byte[] bytes) => _bytes = bytes;

    /// <summary>The previous hash of the first event of a line: 32 zero bytes.</summary>
    public static ChainHash Zero { get; } = new(new byte[Length]);

    /// <summary>The 32 bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes.IsEmpty ? Zero._bytes.Span : _bytes.Span;

    /// <summary>Copies 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32 bytes.</exception>
    public static ChainHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new ChainHash(bytes.ToArray())
        : throw new ArgumentException($"a chain hash has {Length} bytes, not {bytes.Length}", nameof(bytes));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static ChainHash Parse(string hex) => hex.Length == 2 * Length
        ? new ChainHash(Convert.FromHexString(hex))
        : throw new FormatException($"a chain hash has {2 * Length} hexadecimal digits, not {hex.Length}");

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(Span);

    /// <inheritdoc/>
    public bool Equals(ChainHash other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChainHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(Span);

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(ChainHash left, ChainHash right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(ChainHash left, ChainHash right) => !left.Equals(right);
}
