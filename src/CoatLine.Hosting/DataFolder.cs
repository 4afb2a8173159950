using System.Diagnostics;
using System.Globalization;
using CoatLine.Ledger;

namespace CoatLine.Hosting;

/// <summary>
/// The folder that holds one line's journal, ledger and clock, claimed by one process at a time. The claim is a lock on
/// <c>coatline.lock</c> that the operating system drops when the process ends, however it ends. Not thread-safe.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Name of the lock file.</summary>
    public const string LockFileName = "coatline.lock";

    /// <summary>Name of the file beside it that holds the owner's process id: a locked file cannot be read.</summary>
    public const string OwnerFileName = "coatline.pid";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream claim)
    {
        Path = path;
        _lock = claim;
        Ledger = LedgerPlace.OfFolder(path);
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Full path of the edge journal.</summary>
    public string JournalPath => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>The folder's ledger: a file in it, or a database that the folder's note names.</summary>
    public LedgerPlace Ledger { get; private set; }

    /// <summary>Full path of the folder of signed checkpoints.</summary>
    public string CheckpointsPath => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>Full path of the folder of the keys that sign them.</summary>
    public string KeysPath => System.IO.Path.Combine(Path, "keys");

    /// <summary>Takes a database on a server as the folder's ledger from now on, and notes it in the folder for whoever
    /// reads it later. A password is not noted: others give it by PGPASSFILE or PGPASSWORD.</summary>
    /// <param name="connection">Connection string, or <c>postgres://</c> address.</param>
    /// <exception cref="LedgerException">The text is neither.</exception>
    /// <exception cref="DataFolderException">The note cannot be written.</exception>
    internal void UseLedger(string connection)
    {
        Ledger = LedgerPlace.Server(connection);
        try
        {
            File.WriteAllText(
                System.IO.Path.Combine(Path, LedgerPlace.NoteName), LedgerPlace.WithoutPassword(connection));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(Path, e);
        }
    }

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

        FileStream? claim = null;
        try
        {
            claim = new FileStream(
                System.IO.Path.Combine(path, LockFileName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None);
            File.WriteAllText(
                System.IO.Path.Combine(path, OwnerFileName),
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolder(path, claim);
        }
        catch (IOException e) when (claim is null && IsSharingViolation(e))
        {
            throw InUse(path, Owner(path), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            claim?.Dispose();
            throw Unwritable(path, e);
        }
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

    /// <summary>EWOULDBLOCK on Linux (11) and macOS (35), ERROR_SHARING_VIOLATION (32) on Windows.</summary>
    private static bool IsSharingViolation(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32;

    private static string Owner(string path)
    {
        try
        {
            string pid = File.ReadAllText(System.IO.Path.Combine(path, OwnerFileName)).Trim();
            using Process process = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
            return $"process {pid} ({process.ProcessName})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or FormatException or ArgumentException)
        {
            // The lock is held, yet its owner did not say who it is or lives in another process namespace.
            return "another process";
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
