using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;

namespace CoatLine.Hosting.Time;

/// <summary>Decides whether a data folder's line clock goes on or is anchored anew.</summary>
public static class LineClock
{
    /// <summary>
    /// The clock for a process that joins a folder: while another process holds the folder its clock goes on as it is;
    /// otherwise nobody depends on it, and it is anchored anew.
    /// </summary>
    /// <param name="directory">The data folder; created where it is missing.</param>
    /// <param name="line">The line whose record it holds.</param>
    /// <param name="speed">Line seconds per real second for a new anchor, 0.1 to 10 000 inclusive.</param>
    /// <param name="real">The real clock.</param>
    /// <exception cref="DataFolderException">The folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">The clock file is damaged.</exception>
    public static LineClockFile Of(string directory, LineId line, double speed, TimeProvider real)
    {
        try
        {
            using DataFolder folder = DataFolder.Claim(directory);
            return Anew(folder, line, speed, real);
        }
        catch (DataFolderException e) when (e.Fault == DataFolderFault.InUse)
        {
            return LineClockFile.Read(directory) ?? throw new InvalidDataException(
                $"{directory} is in use, but has no {LineClockFile.FileName} yet; try again in a moment");
        }
    }

    /// <summary>Anchors the clock of a claimed folder at this moment, never before the last recorded fact.</summary>
    /// <param name="folder">The folder; nothing else runs on it.</param>
    /// <param name="line">The line whose record it holds.</param>
    /// <param name="speed">Line seconds per real second, 0.1 to 10 000 inclusive.</param>
    /// <param name="real">The real clock.</param>
    /// <exception cref="JournalException">The journal is damaged or of another line.</exception>
    /// <exception cref="LedgerException">The journal has retired its newest fact and the ledger can't be read.
    /// </exception>
    public static LineClockFile Anew(DataFolder folder, LineId line, double speed, TimeProvider real) =>
        LineClockFile.Anchor(folder.Path, speed, LastFact(folder, line, real), real);

    /// <summary>
    /// Line time of the newest fact: in the journal, or in the ledger where the journal has retired it.
    /// </summary>
    private static DateTimeOffset? LastFact(DataFolder folder, LineId line, TimeProvider real)
    {
        if (!File.Exists(folder.JournalPath))
        {
            return null;
        }

        using Journal journal = Journal.Open(folder.JournalPath, line, real);
        if (journal.HeadSeq == 0)
        {
            return null;
        }

        if (journal.Read(journal.HeadSeq - 1, 1) is [var last])
        {
            return last.Time;
        }

        EventQuery head = new() { Line = line.Value, FromSeq = journal.HeadSeq, Limit = 1 };
        return folder.Ledger.OpenReader().Events(head) is [var row]
            && DateTimeOffset.TryParse(row.Time, CultureInfo.InvariantCulture, out DateTimeOffset time)
                ? time
                : null;
    }
}
