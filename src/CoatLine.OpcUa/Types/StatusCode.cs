using System.Globalization;

namespace CoatLine.OpcUa;

/// <summary>
/// Outcome of an operation or quality of a value (OPC 10000-4 §7.39). The default value is Good. The low 16 bits
/// are flags and info bits; <see cref="Code"/> holds all 32.
/// </summary>
/// <param name="Code">The 32 bits as on the wire.</param>
public readonly record struct StatusCode(uint Code)
{
    private const uint CodeMask = 0xFFFF_0000;
    private const uint InfoTypeMask = 0x0000_0C00;
    private const uint DataValueInfo = 0x0000_0400;
    private const uint OverflowBit = 0x0000_0080;

    /// <summary>Severity 00: the value may be used.</summary>
    public bool IsGood => (Code & 0xC000_0000) == 0;

    /// <summary>Severity 01: the value is doubtful.</summary>
    public bool IsUncertain => (Code & 0xC000_0000) == 0x4000_0000;

    /// <summary>Severity 10 or 11: the operation failed or the value is not to be used.</summary>
    public bool IsBad => (Code & 0x8000_0000) != 0;

    /// <summary>The code without flags and info bits, to compare with <see cref="StatusCodes"/>.</summary>
    public StatusCode WithoutInfoBits => new(Code & CodeMask);

    /// <summary>True when a monitored item's queue overflowed at this value (OPC 10000-4 §7.39.1).</summary>
    public bool IsOverflow => (Code & InfoTypeMask) == DataValueInfo && (Code & OverflowBit) != 0;

    /// <summary>This code with the overflow info bits set.</summary>
    public StatusCode WithOverflow() => new(Code | DataValueInfo | OverflowBit);

    /// <summary>The standard's name, for example <c>BadNodeIdUnknown</c>, or the number when it has none.</summary>
    public override string ToString() => StatusCodes.NameOf(Code & CodeMask)
        ?? string.Create(CultureInfo.InvariantCulture, $"0x{Code:X8}");
}
