using CoatLine.Hosting;

namespace CoatLine.Cli.Running;

/// <summary>
/// Remembers in the data folder which batch's verdict no person has been shown yet, so that a run that was killed after
/// the release, but before it said so, tells that verdict when it is started again and does not begin another batch.
/// </summary>
internal sealed class VerdictDue(DataFolder folder)
{
    /// <summary>A batch id is shorter; a file that is not ours is not read any further.</summary>
    private const int MaxLength = 64;

    private readonly string _path = Path.Combine(folder.Path, "verdict-due.txt");

    /// <summary>The batch whose verdict is due, or null.</summary>
    public string? Batch
    {
        get
        {
            FileInfo file = new(_path);
            return file is { Exists: true, Length: > 0 and <= MaxLength } ? File.ReadAllText(_path).Trim() : null;
        }
    }

    /// <summary>Notes that a verdict will be due; replaced in one step, so that it is never half written.</summary>
    public void Note(string batch)
    {
        string fresh = _path + ".new";
        File.WriteAllText(fresh, batch);
        File.Move(fresh, _path, overwrite: true);
    }

    /// <summary>The verdict was shown.</summary>
    public void Shown() => File.Delete(_path);
}
