using System.Diagnostics;
using System.Globalization;

namespace CoatLine.Hosting;

/// <summary>
/// The folder that holds one line's journal, ledger and clock, claimed by one process at a time. The claim is a lock on
/// <c>coatline.lock</c> that the operating system drops when the process ends, however it ends. Not thread-safe.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Name of the lock file; it holds the process id of the owner.</summary>
    public const string LockFileName = "coatline.lock";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream claim)
    {
        Path = path;
        _lock = claim;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Full path of the edge journal.</summary>
    public string JournalPath => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>Full path of the embedded ledger.</summary>
    public string LedgerPath => System.IO.Path.Combine(Path, "ledger.db");

    /// <summary>Creates the folder where it is missing and claims it.</summary>
    /// <exception cref="DataFolderException">It cannot be written, or another process has claimed it.</exception>
    public static DataFolder Claim(string directory)
    {
        string path = System.IO.Path.GetFullPath(directory);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }

        string lockPath = System.IO.Path.Combine(path, LockFileName);
        FileStream claim;
        try
        {
            claim = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(path, e);
        }
        catch (IOException e)
        {
            throw Owner(lockPath) is { } owner ? InUse(path, owner, e) : Unwritable(path, e);
        }

        byte[] pid = System.Text.Encoding.ASCII.GetBytes(
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        claim.SetLength(0);
        claim.Write(pid);
        claim.Flush();
        return new DataFolder(path, claim);
    }

    /// <summary>Gives the folder up.</summary>
    public void Dispose() => _lock.Dispose();

    private static DataFolderException Unwritable(string path, Exception cause) => new(
        DataFolderFault.Unwritable,
        $"the data folder {path} can't be written ({cause.Message.TrimEnd('.')}). " +
        "Give write permission or name another.",
        cause);

    private static DataFolderException InUse(string path, string owner, Exception cause) => new(
        DataFolderFault.InUse,
        $"the data folder {path} is in use by {owner}. End that process or name another folder.",
        cause);

    /// <summary>The process named in a lock file that is locked, or null when the file cannot even be read.</summary>
    private static string? Owner(string lockPath)
    {
        try
        {
            using FileStream reader = new(lockPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader text = new(reader);
            string pid = text.ReadToEnd().Trim();
            if (!int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                return "another process";
            }

            using Process process = Process.GetProcessById(id);
            return $"process {pid} ({process.ProcessName})";
        }
        catch (ArgumentException)
        {
            // The lock is held, yet its writer is gone or lives in another process namespace (a container).
            return "another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Why a data folder cannot be used.</summary>
public enum DataFolderFault
{
    /// <summary>It cannot be created or written.</summary>
    Unwritable,

    /// <summary>Another process has claimed it.</summary>
    InUse,
}

/// <summary>A data folder cannot be used; the message names the folder and the cure.</summary>
public sealed class DataFolderException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DataFolderException(DataFolderFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>Why.</summary>
    public DataFolderFault Fault { get; }
}
