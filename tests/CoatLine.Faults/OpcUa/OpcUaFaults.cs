namespace CoatLine.Faults.OpcUa;

/// <summary>The campaign against everything that reads OPC UA from a stranger.</summary>
internal static class OpcUaFaults
{
    public const long DefaultInputs = 1_000_000;
    public const ulong DefaultSeed = 1;

    public static IReadOnlyList<Target> Targets() =>
        [.. DecoderTargets.All(), .. TransportTargets.All(), .. SecuredTargets.All(), ServerTarget.Get()];

    public static Campaign Campaign(ulong seed) => new(Targets(), seed);
}
