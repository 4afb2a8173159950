namespace CoatLine.Ledger;

/// <summary>What is wrong at a place of the ledger.</summary>
public enum DamageKind
{
    /// <summary>The payload is not the one that was hashed.</summary>
    PayloadAltered,

    /// <summary>The stored hash is not the one that the row and its successor give.</summary>
    HashAltered,

    /// <summary>The stored previous hash is not the one that was hashed.</summary>
    PreviousHashAltered,

    /// <summary>A column beside the payload differs from what the payload says, or changed its storage class.</summary>
    ColumnAltered,

    /// <summary>
    /// More than one part of the row was altered, or it belongs somewhere else and cannot be told where.
    /// </summary>
    RowAltered,

    /// <summary>The row is consistent in itself, but its successor was recorded after another one.</summary>
    Replaced,

    /// <summary>The row was recorded under another sequence number: it was moved or swapped.</summary>
    Misplaced,

    /// <summary>The row was put between two that follow one another.</summary>
    Inserted,

    /// <summary>The sequence number stands there a second time.</summary>
    Duplicate,

    /// <summary>Rows between two others are gone.</summary>
    Missing,

    /// <summary>Rows at the end are gone: the line's head, or the mark expected by the caller, lies beyond.</summary>
    Truncated,

    /// <summary>The row lies beyond the line's head: it was added past the ledger.</summary>
    BeyondHead,

    /// <summary>The line's head and the last row do not agree, so one of them was altered.</summary>
    HeadDisagrees,

    /// <summary>The line has rows, but no head.</summary>
    HeadMissing,

    /// <summary>The row is not the one that the caller expected under this number: the chain was forged from there or
    /// from somewhere before.</summary>
    NotAsExpected,

    /// <summary>The database file itself is corrupt there.</summary>
    FileCorrupt,
}

/// <summary>One finding of a verification.</summary>
/// <param name="Line">The line column as it stands; made printable where it is no valid line name.</param>
/// <param name="Seq">The sequence number that is wrong, from 1; 0 for a finding that belongs to no number.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="What">One sentence for people.</param>
public sealed record Damage(string Line, long Seq, DamageKind Kind, string What);
