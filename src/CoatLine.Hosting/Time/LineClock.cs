namespace CoatLine.Hosting.Time;

/// <summary>Decides whether a data folder's line clock goes on or is anchored anew.</summary>
public static class LineClock
{
    /// <summary>
    /// The clock for a process that joins a folder: while another process holds the folder its clock goes on as it is;
    /// otherwise nobody depends on it, and it is anchored anew.
    /// </summary>
    /// <param name="directory">The data folder; created where it is missing.</param>
    /// <param name="speed">Line seconds per real second for a new anchor, 0.1 to 10 000 inclusive.</param>
    /// <param name="real">The real clock.</param>
    /// <exception cref="DataFolderException">The folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">The clock file is damaged.</exception>
    public static LineClockFile Of(string directory, double speed, TimeProvider real)
    {
        try
        {
            using DataFolder folder = DataFolder.Claim(directory);
            return Anew(folder, speed, real);
        }
        catch (DataFolderException e) when (e.Fault == DataFolderFault.InUse)
        {
            return LineClockFile.Read(directory) ?? throw new InvalidDataException(
                $"{directory} is in use, but has no {LineClockFile.FileName} yet; try again in a moment");
        }
    }

    /// <summary>Anchors the clock of a claimed folder at this moment, never before the last recorded fact.</summary>
    public static LineClockFile Anew(DataFolder folder, double speed, TimeProvider real) =>
        LineClockFile.Anchor(folder.Path, speed, notBefore: null, real);
}
