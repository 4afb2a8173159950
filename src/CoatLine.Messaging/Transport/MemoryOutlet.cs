using CoatLine.Messaging.Contracts;

namespace CoatLine.Messaging;

/// <summary>The bus in memory.</summary>
internal sealed class MemoryOutlet(ICoatLineBus bus, BusStart busStart, MessagingOptions options) : IBusOutlet
{
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        busStart.Ready.WaitAsync(options.PublishTimeout, options.NetworkTime, cancellationToken);

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class =>
        BoundedPublish.RunAsync(bus, message, mandatory: false, options, cancellationToken);
}
