namespace CoatLine.OpcUa.Transport;

/// <summary>Finds out that one numbered thing is under way for too long by being asked now and then. What is under way
/// costs nothing on its own way: no timer, no clock. Asked by one sweep at a time: not thread safe.</summary>
internal sealed class Overdue(TimeSpan longest, TimeProvider time)
{
    private long number;
    private long seenAt;

    /// <summary>True when this number has been under way at every question for longer than allowed.</summary>
    /// <param name="underWay">Its number; 0 when nothing is under way.</param>
    public bool IsOver(long underWay)
    {
        if (underWay == number)
        {
            return underWay != 0 && time.GetElapsedTime(seenAt) > longest;
        }

        (number, seenAt) = (underWay, time.GetTimestamp());
        return false;
    }
}
