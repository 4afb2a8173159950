using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>
/// The signed checkpoints of a line as files that are written once and then read only,
/// <c>LINE/000000000337.json</c>. Kept outside the database on purpose: whoever forges the chain there has to forge
/// these too, and every copy that left the house. Not thread-safe.
/// </summary>
public sealed class CheckpointFolder
{
    private const string Suffix = ".json";

    private readonly string _folder;

    /// <summary>Names the folder; it is made with the first checkpoint.</summary>
    public CheckpointFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <summary>The lines that have a checkpoint.</summary>
    public ImmutableArray<LineId> Lines() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateDirectories(_folder)
            .Select(folder => LineName.TryParse(Path.GetFileName(folder)))
            .OfType<LineId>()]
        : [];

    /// <summary>Every checkpoint of a line, in the order of their numbers.</summary>
    /// <exception cref="ProofException">A file is not what it should be; the message names it.</exception>
    public ImmutableArray<SignedCheckpoint> All(LineId line) =>
        [.. Files(line).Select(ProofJson.ReadCheckpoint)];

    /// <summary>The newest checkpoint of a line; null when there is none.</summary>
    /// <exception cref="ProofException">Its file is not what it should be; the message names it.</exception>
    public SignedCheckpoint? Latest(LineId line) =>
        Files(line).LastOrDefault() is { } newest ? ProofJson.ReadCheckpoint(newest) : null;

    /// <summary>Keeps a checkpoint and gives its path; it is on the disk when this returns.</summary>
    /// <exception cref="ProofException">There is one for this number already, or it cannot be written.</exception>
    public string Keep(SignedCheckpoint signed)
    {
        string path = Path.Combine(
            FolderOf(signed.Checkpoint.Line),
            signed.Checkpoint.Seq.ToString("D12", CultureInfo.InvariantCulture) + Suffix);
        try
        {
            Directory.CreateDirectory(FolderOf(signed.Checkpoint.Line));
            WriteOnce.File(path, ProofJson.Write(signed), WriteOnce.ReadOnly);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProofException($"the checkpoint '{path}' cannot be written: {e.Message}", e);
        }
    }

    private string FolderOf(LineId line) => Path.Combine(_folder, line.Value);

    // Names have the same number of digits, so their order is that of the numbers.
    private IEnumerable<string> Files(LineId line) => Directory.Exists(FolderOf(line))
        ? Directory.EnumerateFiles(FolderOf(line), "*" + Suffix).Order(StringComparer.Ordinal)
        : [];
}
