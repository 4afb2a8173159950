namespace CoatLine.Faults;

/// <summary>A folder for a journal, gone with the test; in memory where the machine has such a place.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath(),
        System.IO.Path.GetRandomFileName())).FullName;

    public string Journal => System.IO.Path.Combine(Path, "journal.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
