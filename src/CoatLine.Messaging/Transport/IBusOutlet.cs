namespace CoatLine.Messaging;

/// <summary>
/// The publishing end of the transport: a seam to the broker, which is not trusted. What is published may be lost,
/// come twice, or come late; whoever publishes waits for an answer of the other end.
/// </summary>
internal interface IBusOutlet
{
    /// <summary>Completes when messages can be published; throws with the reason when the broker cannot be used.
    /// </summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>Hands a message to the transport, within a bound. Throws when it is not known to have taken
    /// it.</summary>
    Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class;
}
