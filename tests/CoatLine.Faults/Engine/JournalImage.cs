namespace CoatLine.Faults.Engine;

/// <summary>The bytes of a journal's files at one moment, open or not: what a kill at that moment leaves.</summary>
internal sealed class JournalImage
{
    private const string Log = "-wal";

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private JournalImage()
    {
    }

    public static JournalImage Of(string folder)
    {
        var image = new JournalImage();
        foreach (string file in Directory.GetFiles(folder))
        {
            image._files.Add(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        return image;
    }

    /// <summary>Makes a folder hold these files and no others.</summary>
    public void PutInto(string folder)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }

        foreach ((string name, byte[] bytes) in _files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    /// <summary>
    /// What a power failure inside the last write leaves: a part of what it changed in the write-ahead log. Where the
    /// database file changed too the log had been synchronized before, so nothing of it can be torn.
    /// </summary>
    /// <param name="before">The files before the write.</param>
    /// <param name="chance">Where it is torn, and whether the rest is missing or zero.</param>
    public JournalImage TornFrom(JournalImage before, Chance chance)
    {
        var torn = new JournalImage();
        foreach ((string name, byte[] bytes) in _files)
        {
            byte[] old = before._files.GetValueOrDefault(name, []);
            bool isLog = name.EndsWith(Log, StringComparison.Ordinal);
            if (!isLog && !bytes.AsSpan().SequenceEqual(old))
            {
                return this;
            }

            torn._files.Add(name, isLog ? Tear(old, bytes, chance) : bytes);
        }

        return torn;
    }

    private static byte[] Tear(byte[] old, byte[] bytes, Chance chance)
    {
        int first = old.AsSpan().CommonPrefixLength(bytes);
        int cut = first + chance.Below(bytes.Length - first);
        bool zeros = chance.OnceIn(2);
        byte[] rest = cut < old.Length ? old[cut..] : zeros ? new byte[bytes.Length - cut] : [];
        return [.. bytes.AsSpan(0, cut), .. rest];
    }
}
