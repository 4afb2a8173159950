using CoatLine.Equipment.Connection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Conformance.Tests;

/// <summary>Makes the client end of a row.</summary>
internal static class Clients
{
    public static ILineConnection Create(Row row, string url) => row.Stack switch
    {
        Stack.Own => new UaLineConnection(
            Options(url), TimeProvider.System, NullLogger<UaLineConnection>.Instance),
#if OPC_FOUNDATION
        Stack.Foundation => new OpcUa.Foundation.FoundationLineConnection(
            Options(url), TimeProvider.System, NullLoggerFactory.Instance),
#endif
        _ => throw new ArgumentOutOfRangeException(nameof(row), row.Stack, "no such stack in this build"),
    };

    private static UaLineConnectionOptions Options(string url) => new()
    {
        EndpointUrl = url,
        AllowInsecure = true,
        FirstRetry = TimeSpan.FromMilliseconds(20),
        LongestRetry = TimeSpan.FromMilliseconds(200),
    };
}
