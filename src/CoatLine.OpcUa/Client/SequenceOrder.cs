namespace CoatLine.OpcUa.Client;

/// <summary>
/// Order of the numbers of notification messages: 1..4294967295, then 1 again (OPC 10000-4 §7.26).
/// </summary>
internal static class SequenceOrder
{
    /// <summary>The number after this one.</summary>
    public static uint Next(uint number) => number == uint.MaxValue ? 1 : number + 1;

    /// <summary>
    /// How many numbers <paramref name="number"/> lies ahead of <paramref name="expected"/>; −1 when it lies behind,
    /// that is, more than half the circle ahead.
    /// </summary>
    public static long Ahead(uint number, uint expected)
    {
        var ahead = number >= expected ? number - expected : (long)number + uint.MaxValue - expected;
        return ahead <= int.MaxValue ? ahead : -1;
    }
}
