using CoatLine.Conformance.Tests.Servers;
using CoatLine.Equipment.Connection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Conformance.Tests;

/// <summary>Makes the client end of a row.</summary>
internal static class Clients
{
    public static ILineConnection Create(Row row, string url) => Create(row.Stack, Options(row, url));

    public static ILineConnection Create(Stack stack, UaLineConnectionOptions options) => stack switch
    {
        Stack.Own => new UaLineConnection(
            options, TimeProvider.System, NullLogger<UaLineConnection>.Instance),
#if OPC_FOUNDATION
        Stack.Foundation => new OpcUa.Foundation.FoundationLineConnection(
            options, TimeProvider.System, NullLoggerFactory.Instance),
#endif
        _ => throw new ArgumentOutOfRangeException(nameof(stack), stack, "no such stack in this build"),
    };

    /// <summary>How a client of the row connects.</summary>
    public static UaLineConnectionOptions Options(Row row, string url) => new()
    {
        EndpointUrl = url,
        ApplicationUri = TestCertificates.ClientUri,
        AllowInsecure = row.Security.Policy.IsNone,
        Pki = TestCertificates.Instance.Client,
        SecurityPolicy = row.Security.Policy,
        SecurityMode = row.Security.Mode,
        FirstRetry = TimeSpan.FromMilliseconds(20),
        LongestRetry = TimeSpan.FromMilliseconds(200),
    };
}
