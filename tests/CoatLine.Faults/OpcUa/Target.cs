using CoatLine.OpcUa;

namespace CoatLine.Faults.OpcUa;

/// <summary>What an input came to: Good, or the bad status with which it was refused; and what is still to be checked
/// about it outside the measurement, which returns a sentence when it does not hold.</summary>
internal readonly record struct Outcome(StatusCode Status, Func<string?>? Check = null);

/// <summary>Something that reads what a stranger sent.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Share">How many inputs of a hundred it gets, roughly.</param>
/// <param name="Seeds">Decent inputs to start from.</param>
/// <param name="Run">Reads one input. Throwing <see cref="UaException"/> with a bad status is a decent answer, any
/// other exception is a finding.</param>
internal sealed record Target(string Name, int Share, IReadOnlyList<byte[]> Seeds, Func<byte[], Outcome> Run)
{
    /// <summary>Octets that may be allocated for any input: mostly an exception with its stack trace.</summary>
    public long FixedAllocation { get; init; } = 64 * 1024;

    /// <summary>Octets that may be allocated for each octet of the input. The dearest octet is the mask of an empty
    /// DataValue in an array: an object of about 120 octets and its place in the array.</summary>
    public int AllocationPerOctet { get; init; } = 160;

    /// <summary>Makes the input; null to change one of the seeds.</summary>
    public Func<Chance, byte[]>? Make { get; init; }

    public long MostAllocated(int octets) => FixedAllocation + ((long)AllocationPerOctet * octets);

    public byte[] Input(Chance chance) => Make?.Invoke(chance) ?? Mutation.Of(chance.Pick(Seeds), Seeds, chance);
}
