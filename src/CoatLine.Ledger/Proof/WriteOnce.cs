using System.Text;

namespace CoatLine.Ledger.Proof;

/// <summary>Files that are written whole, once, and reach the disk before the call returns.</summary>
internal static class WriteOnce
{
    /// <summary>Readable for everybody, writable for nobody.</summary>
    public const UnixFileMode ReadOnly =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file that is not there yet: beside it first, then moved, so that it is never seen in part.
    /// </summary>
    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    public static void File(string path, string text, UnixFileMode mode)
    {
        string beside = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(beside, mode);
        }

        System.IO.File.Move(beside, path, overwrite: false);
    }
}
