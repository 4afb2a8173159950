using System.Runtime.InteropServices;

namespace CoatLine.Cli.Simulation;

/// <summary>
/// The two POSIX calls that .NET does not offer. Elsewhere they do nothing and say so by returning false.
/// </summary>
internal static class Posix
{
    private const int SigTerm = 15;

    /// <summary>
    /// Leaves the parent's session and process group (setsid(2)), so that its terminal's Ctrl-C stays away.
    /// </summary>
    public static bool LeaveSession() => !OperatingSystem.IsWindows() && setsid() >= 0;

    /// <summary>Asks a process to end (SIGTERM).</summary>
    public static bool AskToEnd(int pid) => !OperatingSystem.IsWindows() && kill(pid, SigTerm) == 0;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setsid();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
