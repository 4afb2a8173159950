using CoatLine.Hosting;

namespace CoatLine.Cli.Running;

/// <summary>
/// Remembers in the data folder which batches' verdicts no person has been shown yet, so that a run that was killed
/// after the release, but before it said so, tells them when it is started again and does not begin another batch.
/// </summary>
internal sealed class VerdictDue(DataFolder folder)
{
    /// <summary>As many batch ids as may run are shorter; a file that is not ours is not read any further.</summary>
    private const int MaxLength = 1024;

    private readonly string _path = Path.Combine(folder.Path, "verdict-due.txt");

    /// <summary>The batches whose verdicts are due.</summary>
    public IReadOnlyList<string> Batches
    {
        get
        {
            FileInfo file = new(_path);
            return file is { Exists: true, Length: > 0 and <= MaxLength }
                ? File.ReadAllText(_path).Split(
                    '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [];
        }
    }

    /// <summary>Notes that verdicts will be due; replaced in one step, so that it is never half written.</summary>
    public void Note(IEnumerable<string> batches)
    {
        string fresh = _path + ".new";
        File.WriteAllText(fresh, string.Join('\n', batches));
        File.Move(fresh, _path, overwrite: true);
    }

    /// <summary>The verdicts were shown.</summary>
    public void Shown() => File.Delete(_path);
}
