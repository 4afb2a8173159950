using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Handshake;

/// <summary>One unit as the handshake sees it: its tags, what it reports by itself, the bounds of waiting.</summary>
internal sealed class UnitLink(UnitTags tags, UnitWatch watch, OpcUaLineOptions options, TimeProvider networkTime)
{
    public UnitTags Tags { get; } = tags;

    public UnitWatch Watch { get; } = watch;

    public OpcUaLineOptions Options { get; } = options;

    /// <summary>Present mark of network time, for <see cref="Elapsed"/>.</summary>
    public long Now => networkTime.GetTimestamp();

    /// <summary>Network time since a mark.</summary>
    public TimeSpan Elapsed(long since) => networkTime.GetElapsedTime(since);

    /// <summary>
    /// Reads the tags now, at every report of the server and at least once a period, until they decide something:
    /// the reports make it fast, the reads make it certain.
    /// </summary>
    /// <param name="wait">What to read and how long to go on.</param>
    /// <param name="decide">The decision, or null to go on waiting; may throw.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decision, or null when the bound has passed.</returns>
    /// <exception cref="Domain.Execution.LineUnreachableException">The link was lost, the session is a new one, or the
    /// PLC shows no sign of life.</exception>
    public async Task<T?> PollAsync<T>(UnitWait wait, Func<TagValues, T?> decide, CancellationToken cancellationToken)
        where T : class
    {
        string[] names = [.. wait.Names, CommonTags.HeartbeatPlc];
        long began = Now;
        while (true)
        {
            Task next = wait.Signal.Next;
            Tags.ExpectSession(wait.Session, wait.During);
            TagValues values = await Tags.ReadAsync(names, cancellationToken).ConfigureAwait(false);
            Watch.OnHeartbeat(values[CommonTags.HeartbeatPlc]);
            if (decide(values) is { } decided)
            {
                return decided;
            }

            TimeSpan left = wait.Bound - Elapsed(began);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            Watch.ExpectAlive();
            await WaitAsync(next, left < wait.Period ? left : wait.Period, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(atMost, networkTime, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The read that follows makes up for a report that did not come.
        }
    }
}

/// <summary>How to wait for a unit.</summary>
/// <param name="During">What is being done, for the message when the link is lost.</param>
/// <param name="Session">The session in which it was begun.</param>
/// <param name="Names">Tags to read, in this order.</param>
/// <param name="Signal">What wakes the wait.</param>
/// <param name="Period">Longest time between two reads.</param>
/// <param name="Bound">Longest time of all; <see cref="TimeSpan.MaxValue"/> where only the link, the PLC's heartbeat
/// and the caller bound it.</param>
internal sealed record UnitWait(
    string During,
    long Session,
    IReadOnlyList<string> Names,
    ChangeSignal Signal,
    TimeSpan Period,
    TimeSpan Bound);
