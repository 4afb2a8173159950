using System.Globalization;
using CoatLine.Domain.Events;

namespace CoatLine.Messaging;

/// <summary>Up to where each line's events were published for dashboards: in files where there is a folder for them, so
/// that a restart goes on from there. One caller.</summary>
internal sealed class FanOutPlaces(string? folder)
{
    private const string Suffix = ".published";

    private readonly Dictionary<LineId, long> _known = [];

    /// <summary>The last number that was published; null when nothing is known of the line.</summary>
    public long? Find(LineId line)
    {
        if (_known.TryGetValue(line, out long seq))
        {
            return seq;
        }

        string? path = PathOf(line);
        return path is not null && File.Exists(path)
            && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out seq)
                ? seq
                : null;
    }

    /// <summary>Remembers it. A file is replaced as a whole; one that is lost means that events come twice.</summary>
    public void Keep(LineId line, long seq)
    {
        _known[line] = seq;
        if (PathOf(line) is { } path)
        {
            Directory.CreateDirectory(folder!);
            File.WriteAllText(path + ".new", seq.ToString(CultureInfo.InvariantCulture));
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    private string? PathOf(LineId line) => folder is null ? null : Path.Combine(folder, line.Value + Suffix);
}
