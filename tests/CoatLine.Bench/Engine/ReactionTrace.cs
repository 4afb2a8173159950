using System.Diagnostics;
using CoatLine.Domain.Events;
using CoatLine.Engine.Journaling;

namespace CoatLine.Bench.Engine;

/// <summary>One reaction: from a result id at the server to the first write of the next request there, in time stamps.
/// </summary>
/// <param name="after">The result's tag.</param>
/// <param name="published">When it was published.</param>
internal sealed class Reaction(string after, long published)
{
    public string After { get; } = after;

    /// <summary>The tag that was written first; empty while none was.</summary>
    public string First { get; set; } = string.Empty;

    public long Published { get; } = published;

    /// <summary>The server's report of it was handed to the client; 0 when a read was faster.</summary>
    public long Reported { get; set; }

    /// <summary>Time in service calls of the client, the last write apart.</summary>
    public long Reading { get; set; }

    public int Reads { get; set; }

    /// <summary>Time in journal transactions.</summary>
    public long Committing { get; set; }

    public int Commits { get; set; }

    /// <summary>The client began to write the request; 0 while it has not.</summary>
    public long Writing { get; set; }

    public long Written { get; set; }

    /// <summary>A slurry had to cool down in between: what passed is physics and no reaction.</summary>
    public bool HasWaited { get; set; }

    /// <summary>All that passed.</summary>
    public TimeSpan Total => Stopwatch.GetElapsedTime(Published, Written);
}

/// <summary>
/// Takes the reactions of a batch from three places: the server, the client's connection, the journal. Thread-safe.
/// </summary>
internal sealed class ReactionTrace
{
    private readonly Lock _gate = new();
    private readonly List<Reaction> _taken = [];
    private Reaction? _open;
    private long _commitBegan;

    /// <summary>The reactions so far that no physics delayed.</summary>
    public IReadOnlyList<Reaction> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>A batch has ended: what comes next is an order and no reaction.</summary>
    public void OnEnd()
    {
        lock (_gate)
        {
            _open = null;
        }
    }

    /// <summary>A tag at the server: a result id is published, or a client has written it.</summary>
    public void OnServer(string tag)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (tag.EndsWith(".Result.Id", StringComparison.Ordinal))
            {
                _open = new Reaction(tag, now);
            }
            else if (_open is { } reaction && tag.Contains(".Request.", StringComparison.Ordinal))
            {
                (reaction.Written, reaction.First) = (now, tag);
                _open = null;
                if (!reaction.HasWaited)
                {
                    _taken.Add(reaction);
                }
            }
        }
    }

    public void OnReport()
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (_open is { Reported: 0 } reaction)
            {
                reaction.Reported = now;
            }
        }
    }

    public void OnRead(long began)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (_open is { } reaction)
            {
                reaction.Reading += now - Math.Max(began, reaction.Published);
                reaction.Reads++;
            }
        }
    }

    public void OnWriting()
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (_open is { Writing: 0 } reaction)
            {
                reaction.Writing = now;
            }
        }
    }

    public void OnTransaction(JournalMoment moment)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (moment == JournalMoment.BeforeWrite)
            {
                _commitBegan = now;
            }
            else if (moment == JournalMoment.AfterCommit && _open is { } reaction)
            {
                reaction.Committing += now - Math.Max(_commitBegan, reaction.Published);
                reaction.Commits++;
            }
        }
    }

    public void OnFact(ChainedEvent fact)
    {
        lock (_gate)
        {
            if (_open is { } reaction && fact.Type.Contains("temperature-gate", StringComparison.Ordinal))
            {
                reaction.HasWaited = true;
            }
        }
    }
}
