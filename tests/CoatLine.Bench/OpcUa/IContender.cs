namespace CoatLine.Bench.OpcUa;

/// <summary>How a channel is secured: not at all, or by a policy in mode SignAndEncrypt.</summary>
internal enum SecurityLevel
{
    None,
    Basic256Sha256,
    Aes256_Sha256_RsaPss,
}

internal static class SecurityLevels
{
    public static bool IsEncrypted(this SecurityLevel security) => security != SecurityLevel.None;
}

/// <summary>Somebody who can be measured: a client in this process or another, against one server.</summary>
internal interface IContender
{
    string Name { get; }

    SecurityLevel Security { get; }

    /// <summary>Works for the time; null when this contender does not do such work.</summary>
    Task<Sample?> RunAsync(Workload workload, TimeSpan time);
}
