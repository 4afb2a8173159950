using CoatLine.Domain.Alarms;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Recipes.Approval;
using CoatLine.Domain.Spc;
using CoatLine.Engine.Journaling;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine;

/// <content>What is kept of the facts beyond the retirement of their rows.</content>
public sealed partial class Journal
{
    private Stock _stock;
    private RecipeBook _recipes;
    private Quarantine _quarantine;
    private AlarmBoard _alarms;

    /// <summary>The alarms of the line, as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public AlarmBoard Alarms
    {
        get
        {
            lock (_gate)
            {
                _file.ThrowIfUnusable();
                return _alarms;
            }
        }
    }

    /// <summary>The units in quarantine, as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public Quarantine Quarantine
    {
        get
        {
            lock (_gate)
            {
                _file.ThrowIfUnusable();
                return _quarantine;
            }
        }
    }

    /// <summary>Every lot of the line with what is used, reserved and free, as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public Stock Stock
    {
        get
        {
            lock (_gate)
            {
                _file.ThrowIfUnusable();
                return _stock;
            }
        }
    }

    /// <summary>The master recipes that batches may be made of, as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public RecipeBook Recipes
    {
        get
        {
            lock (_gate)
            {
                _file.ThrowIfUnusable();
                return _recipes;
            }
        }
    }

    /// <summary>What run-to-run control has learnt of a coat; null when nothing.</summary>
    /// <exception cref="JournalException">The journal is faulted or cannot be read.</exception>
    public LearntGap? Learnt(SubLayer layer) =>
        ReadKept(Kept.Learnt).FirstOrDefault(r => r.Key == layer.ToString()) is { } row ? Parsed(row) : null;

    /// <summary>How many sheets each deviation has covered that covered any, by deviation.</summary>
    /// <exception cref="JournalException">The journal is faulted or cannot be read.</exception>
    public IReadOnlyDictionary<string, int> DeviationsUsed() =>
        ReadKept(Kept.Deviation).ToDictionary(static r => r.Key, Kept.Count);

    private LearntGap Parsed(KeptRow row)
    {
        try
        {
            return LearntGap.FromJson(row.Value);
        }
        catch (FormatException e)
        {
            throw new JournalException(
                $"the journal {_path} has something learnt of {row.Key} that cannot be read; restore it from a copy",
                e);
        }
    }

    /// <summary>The rows kept of one kind, by key.</summary>
    /// <exception cref="JournalException">The journal is faulted or cannot be read.</exception>
    internal IReadOnlyList<KeptRow> ReadKept(string kind) => Locked(c => Kept.Read(c, kind));

    private T ReadKept<T>(string what, Func<SqliteConnection, T> read)
    {
        try
        {
            return _file.Read(read);
        }
        catch (FormatException e)
        {
            _file.Dispose();
            throw new JournalException(
                $"the journal {_path} has {what} that cannot be read; restore it from a copy", e);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }
}
