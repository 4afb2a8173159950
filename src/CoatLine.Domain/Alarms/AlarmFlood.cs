using CoatLine.Domain.Events;

namespace CoatLine.Domain.Alarms;

/// <summary>
/// Finds floods: more than ten new alarms of a line within ten minutes begin one, fewer than five end it
/// (ISA-18.2 §16.5). For one thread; it remembers ten minutes, no more than <see cref="MostRemembered"/> alarms.
/// </summary>
public sealed class AlarmFlood
{
    /// <summary>The time that is looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>More new alarms than this in the window begin a flood.</summary>
    public const int Begins = 10;

    /// <summary>Fewer new alarms than this in the window end it.</summary>
    public const int Ends = 5;

    /// <summary>Alarms remembered at most; more in the window count as so many.</summary>
    public const int MostRemembered = 10_000;

    private readonly Queue<AlarmRaised> _recent = new();
    private AlarmFloodBegan? _flood;
    private int _inFlood;

    /// <summary>Begins without any alarm, in a flood where one stands.</summary>
    public AlarmFlood(AlarmFloodBegan? standing = null) => _flood = standing;

    /// <summary>Takes a new alarm; the fact that follows from it, or null.</summary>
    public BatchEvent? Take(AlarmRaised alarm)
    {
        _recent.Enqueue(alarm);
        _inFlood++;
        Forget(alarm.At);
        if (_flood is not null || _recent.Count <= Begins)
        {
            return null;
        }

        AlarmRaised first = _recent.Peek();
        _inFlood = _recent.Count;
        return _flood = new AlarmFloodBegan(string.Empty, first.Unit, first.Alarm, _recent.Count, alarm.At);
    }

    /// <summary>Lets time pass; the fact that follows from it, or null.</summary>
    public BatchEvent? Pass(DateTimeOffset now)
    {
        Forget(now);
        if (_flood is null || _recent.Count >= Ends)
        {
            return null;
        }

        _flood = null;
        return new AlarmFloodEnded(string.Empty, _inFlood, now);
    }

    private void Forget(DateTimeOffset now)
    {
        while (_recent.TryPeek(out AlarmRaised? oldest)
            && (oldest.At <= now - Window || _recent.Count > MostRemembered))
        {
            _recent.Dequeue();
        }
    }
}
