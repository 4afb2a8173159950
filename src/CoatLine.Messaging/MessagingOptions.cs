using MassTransit;

namespace CoatLine.Messaging;

/// <summary>
/// How the journal is fed to the ledger. Times are real times, whatever the speed of the line's clock.
/// </summary>
public sealed class MessagingOptions
{
    /// <summary>How long a segment that is not full waits for more events; 0 to 1 s, default 2 ms.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Without a confirmation for so long, everything is sent again; 10 ms to 10 min, default 2 s.</summary>
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait doubles with each resend in vain, up to this; default 30 s.</summary>
    public TimeSpan MaxResendAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When there is nothing to send, the ledger is asked after so long whether it still has what it
    /// confirmed; 10 ms to 10 min, default 30 s.</summary>
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one message may take to be handed to the transport; 10 ms to 10 min, default 10 s.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most segments sent and not yet confirmed; 1 to 1000, default 8.</summary>
    public int MaxUnconfirmedSegments { get; set; } = 8;

    /// <summary>The most events in one segment; 1 to 500, default 500.</summary>
    public int MaxSegmentEvents { get; set; } = Ledger.LedgerStore.MaxSegmentEvents;

    /// <summary>The broker; null (default) is a bus in memory, inside this process.</summary>
    public RabbitMqOptions? RabbitMq { get; set; }

    /// <summary>Clock for the waits above; the system's by default.</summary>
    public TimeProvider NetworkTime { get; set; } = TimeProvider.System;

    /// <summary>Lets a test put faults between bus and ledger.</summary>
    internal Action<IReceiveEndpointConfigurator>? ConfigureLedgerEndpoint { get; set; }

    /// <summary>Every setting that is out of its range, as a sentence; empty when all is well.</summary>
    internal IEnumerable<string> Errors()
    {
        TimeSpan tenMinutes = TimeSpan.FromMinutes(10);
        TimeSpan tenMilliseconds = TimeSpan.FromMilliseconds(10);
        if (Linger < TimeSpan.Zero || Linger > TimeSpan.FromSeconds(1))
        {
            yield return $"Linger is {Linger}, must be 0 to 1 s";
        }

        if (ResendAfter < tenMilliseconds || ResendAfter > tenMinutes)
        {
            yield return $"ResendAfter is {ResendAfter}, must be 10 ms to 10 min";
        }

        if (MaxResendAfter < ResendAfter)
        {
            yield return $"MaxResendAfter is {MaxResendAfter}, must be at least ResendAfter ({ResendAfter})";
        }

        if (AskAgainAfter < tenMilliseconds || AskAgainAfter > tenMinutes)
        {
            yield return $"AskAgainAfter is {AskAgainAfter}, must be 10 ms to 10 min";
        }

        if (PublishTimeout < tenMilliseconds || PublishTimeout > tenMinutes)
        {
            yield return $"PublishTimeout is {PublishTimeout}, must be 10 ms to 10 min";
        }

        if (MaxUnconfirmedSegments is < 1 or > 1000)
        {
            yield return $"MaxUnconfirmedSegments is {MaxUnconfirmedSegments}, must be 1 to 1000";
        }

        if (MaxSegmentEvents is < 1 or > Ledger.LedgerStore.MaxSegmentEvents)
        {
            yield return $"MaxSegmentEvents is {MaxSegmentEvents}, must be 1 to {Ledger.LedgerStore.MaxSegmentEvents}";
        }

        foreach (string error in RabbitMq?.Errors() ?? [])
        {
            yield return error;
        }
    }
}
