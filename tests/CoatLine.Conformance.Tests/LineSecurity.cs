using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.Conformance.Tests;

/// <summary>How a channel is secured.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Mode">The mode.</param>
public sealed record LineSecurity(UaSecurityPolicy Policy, MessageSecurityMode Mode)
{
    /// <summary>No security at all, explicitly allowed.</summary>
    public static LineSecurity None { get; } = new(UaSecurityPolicy.None, MessageSecurityMode.None);

    /// <summary>What a client takes that may choose.</summary>
    public static LineSecurity Strongest { get; } =
        new(UaSecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.SignAndEncrypt);

    /// <summary>None, and every policy with keys in both modes.</summary>
    public static IReadOnlyList<LineSecurity> All { get; } =
    [
        None,
        .. from policy in UaSecurityPolicy.Secured
           from mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }
           select new LineSecurity(policy, mode),
    ];

    /// <summary>For the names of the tests.</summary>
    public override string ToString() => Policy.IsNone ? "None" : $"{Policy.Name} {Mode}";
}
