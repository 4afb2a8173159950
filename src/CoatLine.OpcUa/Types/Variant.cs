using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CoatLine.OpcUa;

/// <summary>
/// A value of any built-in type, scalar, array or matrix (OPC 10000-6 §5.2.2.16). Numbers are held without boxing.
/// A matrix is a flat array, row after row, with <see cref="Dimensions"/>. The default value is null.
/// </summary>
public readonly partial struct Variant : IEquatable<Variant>
{
    private readonly long _bits;
    private readonly object? _reference;

    private Variant(BuiltInType type, long bits)
    {
        Type = type;
        _bits = bits;
    }

    private Variant(BuiltInType type, object? reference, bool isArray = false, int[]? dimensions = null)
    {
        Type = type;
        IsArray = isArray;
        _reference = dimensions is null ? reference : new Matrix((Array?)reference, dimensions);
    }

    /// <summary>The null value.</summary>
    public static Variant Null => default;

    /// <summary>Type of the value, or of each element of an array.</summary>
    public BuiltInType Type { get; }

    /// <summary>True for arrays and matrices, also for a null array.</summary>
    public bool IsArray { get; }

    /// <summary>Length per dimension of a matrix; null for scalars and one-dimensional arrays.</summary>
    public IReadOnlyList<int>? Dimensions => (_reference as Matrix)?.Dimensions;

    /// <summary>True when there is no value at all.</summary>
    public bool IsNull => Type == BuiltInType.Null;

    /// <summary>
    /// The value as its .NET type (an array for arrays); numbers are boxed here. DateTime is UTC, and
    /// <see cref="DateTime.MinValue"/> stands for the null time. ByteString is byte[], XmlElement is string.
    /// </summary>
    public object? Value => IsArray ? Reference : Type switch
    {
        BuiltInType.Null => null,
        BuiltInType.Boolean => _bits != 0,
        BuiltInType.SByte => (sbyte)_bits,
        BuiltInType.Byte => (byte)_bits,
        BuiltInType.Int16 => (short)_bits,
        BuiltInType.UInt16 => (ushort)_bits,
        BuiltInType.Int32 => (int)_bits,
        BuiltInType.UInt32 => (uint)_bits,
        BuiltInType.Int64 => _bits,
        BuiltInType.UInt64 => (ulong)_bits,
        BuiltInType.Float => BitConverter.Int32BitsToSingle((int)_bits),
        BuiltInType.Double => BitConverter.Int64BitsToDouble(_bits),
        BuiltInType.DateTime => new DateTime(_bits, DateTimeKind.Utc),
        BuiltInType.StatusCode => new StatusCode((uint)_bits),
        _ => _reference,
    };

    /// <summary>The raw bits of a numeric scalar, so the encoder need not box.</summary>
    internal long Bits => _bits;

    /// <summary>The held object of the other scalars and of arrays.</summary>
    internal object? Reference => _reference is Matrix matrix ? matrix.Elements : _reference;

    /// <summary>Number of elements of an array; 0 for a null array and for scalars.</summary>
    public int Length => IsArray && Reference is Array array ? array.Length : 0;

    /// <summary>True with the value when it is exactly a <typeparamref name="T"/>; nothing is converted.</summary>
    public bool TryGet<T>([MaybeNullWhen(false)] out T value)
    {
        if (Value is T typed)
        {
            value = typed;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The value when it is exactly of type <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidCastException">The value has another type or is null.</exception>
    public T Get<T>() => TryGet<T>(out var value)
        ? value
        : throw new InvalidCastException($"The value is {Describe()}, not {typeof(T).Name}.");

    /// <summary>True when type, shape and every element are the same; doubles compare by <c>Equals</c>.</summary>
    public bool Equals(Variant other) =>
        Type == other.Type && IsArray == other.IsArray && _bits == other._bits
        && (_reference is null
            ? other._reference is null
            : SameDimensions((_reference as Matrix)?.Dimensions, (other._reference as Matrix)?.Dimensions)
                && StructuralComparisons.StructuralEqualityComparer.Equals(Reference, other.Reference));

    private static bool SameDimensions(int[]? a, int[]? b) =>
        a is null ? b is null : b is not null && a.AsSpan().SequenceEqual(b);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Variant other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Type,
        IsArray,
        _bits,
        Reference is not { } held ? 0 : StructuralComparisons.StructuralEqualityComparer.GetHashCode(held));

    /// <summary>Same as <see cref="Equals(Variant)"/>.</summary>
    public static bool operator ==(Variant left, Variant right) => left.Equals(right);

    /// <summary>Negation of <see cref="Equals(Variant)"/>.</summary>
    public static bool operator !=(Variant left, Variant right) => !left.Equals(right);

    /// <summary>The value in the invariant culture; an array in brackets.</summary>
    public override string ToString() => Value switch
    {
        null => "null",
        Array array => "[" + string.Join(
            ", ", array.Cast<object?>().Select(e => Convert.ToString(e, CultureInfo.InvariantCulture))) + "]",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private string Describe() => IsArray ? $"{Type}[]" : Type.ToString();

    /// <summary>Rare, so that it costs the others no field.</summary>
    private sealed record Matrix(Array? Elements, int[] Dimensions);
}
