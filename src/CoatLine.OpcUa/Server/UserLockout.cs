namespace CoatLine.OpcUa.Server;

/// <summary>Counts wrong passwords and locks a user name out for a growing time. It goes by the name, whether there is
/// such a user or not, so that an answer does not tell. Thread safe.</summary>
internal sealed class UserLockout(UaServerLimits limits, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public bool IsLocked(string user)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            return entries.TryGetValue(user, out var entry) && now < entry.LockedUntil;
        }
    }

    public void Right(string user)
    {
        lock (gate)
        {
            entries.Remove(user);
        }
    }

    public void Wrong(string user)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (!entries.TryGetValue(user, out var entry) && entries.Count >= limits.MaxCountedUsers)
            {
                // Who is locked out stays so as long as anybody else can make room.
                entries.Remove(entries.MinBy(e => (e.Value.LockedUntil, e.Value.LastWrong)).Key);
            }

            var count = (entry?.Count ?? 0) + 1;
            entries[user] = new Entry(count, now, now + Lock(count));
        }
    }

    private TimeSpan Lock(int count)
    {
        var over = count - limits.MaxWrongPasswords;
        if (over < 0)
        {
            return TimeSpan.Zero;
        }

        var wanted = limits.FirstLockout * Math.Pow(2, Math.Min(over, 30));
        return wanted < limits.LongestLockout ? wanted : limits.LongestLockout;
    }

    private sealed record Entry(int Count, DateTimeOffset LastWrong, DateTimeOffset LockedUntil);
}
