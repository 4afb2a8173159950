namespace CoatLine.Ledger;

/// <summary>A row as the database hands it over, without copies; valid until the next row is read.</summary>
internal readonly ref struct RawRow
{
    public required long Seq { get; init; }

    public required ReadOnlySpan<byte> Id { get; init; }

    public required ReadOnlySpan<byte> Type { get; init; }

    public required ReadOnlySpan<byte> Batch { get; init; }

    public required ReadOnlySpan<byte> Time { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>32 bytes, or 64 hexadecimal digits, as the database stores hashes.</summary>
    public required ReadOnlySpan<byte> Previous { get; init; }

    /// <summary>32 bytes, or 64 hexadecimal digits, as the database stores hashes.</summary>
    public required ReadOnlySpan<byte> Hash { get; init; }
}

/// <summary>Takes a row; false ends the scan.</summary>
internal delegate bool RowTaker(in RawRow row);
