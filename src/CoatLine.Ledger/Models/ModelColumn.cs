namespace CoatLine.Ledger.Models;

/// <summary>What a column of a read model holds.</summary>
public enum ModelValue
{
    /// <summary>Text; a time is RFC 3339 in UTC with seven decimals, so that times sort as text.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A number of double precision; the ledger has it to the last digit.</summary>
    Real,
}

/// <summary>A column of a read model.</summary>
/// <param name="Name">Its name in both databases.</param>
/// <param name="Holds">What it holds.</param>
/// <param name="IsRequired">Whether it always has a value.</param>
public sealed record ModelColumn(string Name, ModelValue Holds, bool IsRequired);
