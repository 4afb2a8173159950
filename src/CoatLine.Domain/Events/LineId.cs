namespace CoatLine.Domain.Events;

/// <summary>
/// Names one coating line. 1 to 32 characters of <c>a-z</c>, <c>0-9</c> and <c>-</c>, so that it can stand in
/// a routing key and in a file name as it is.
/// </summary>
public readonly record struct LineId
{
    /// <summary>The longest name, in characters, inclusive.</summary>
    public const int MaxLength = 32;

    private readonly string? _value;

    /// <summary>Creates the name.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, or has a character outside a-z, 0-9, '-'.
    /// </exception>
    public LineId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > MaxLength || !value.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            throw new ArgumentException(
                $"line id '{value}' must be 1 to {MaxLength} characters of a-z, 0-9 and '-'", nameof(value));
        }

        _value = value;
    }

    /// <summary>The name as text; <c>line-1</c> for the default value.</summary>
    public string Value => _value ?? "line-1";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
