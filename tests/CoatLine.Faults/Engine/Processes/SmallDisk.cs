using System.Diagnostics;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>
/// A folder on a file system of a few megabytes, where the machine lets us mount one; there the disk can be filled for
/// real.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const string UsualSize = "12m";
    private const int Chunk = 4096;
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    private string Ballast => Path.Combine(_path, "ballast");

    /// <summary>Mounts one at an empty folder; null where that is not permitted.</summary>
    public static async Task<SmallDisk?> MountAsync(string path, string size = UsualSize)
    {
        Directory.CreateDirectory(path);
        return await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path)
            ? new SmallDisk(path)
            : null;
    }

    /// <summary>Takes every free page.</summary>
    public void Fill()
    {
        using FileStream file = File.Create(Ballast, bufferSize: 0);
        byte[] page = new byte[Chunk];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        using Process unmount = Process.Start("umount", ["--lazy", _path]);
        unmount.WaitForExit();
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
            })!;
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
