using CoatLine.Engine;
using CoatLine.Ledger;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoatLine.Messaging;

/// <summary>Registers the feed from journal to ledger.</summary>
public static class MessagingServices
{
    /// <summary>
    /// How many segments wait in the consumer's hand; more only take memory, since one is worked at a time.
    /// </summary>
    private const int Prefetch = 16;

    /// <summary>
    /// Adds the transport (in memory, or RabbitMQ where <see cref="MessagingOptions.RabbitMq"/> is set), the dispatcher,
    /// the ledger's consumer and the fan-out. The container must hold the <see cref="Journal"/> for an edge, and the
    /// <see cref="ILedgerWriter"/> and (with RabbitMQ) the <see cref="ILedgerReader"/> for a ledger, as singletons.
    /// <see cref="LedgerFeed"/> can be resolved afterwards, on an edge.
    /// </summary>
    /// <exception cref="ArgumentException">Settings out of range; the message names each of them.</exception>
    public static IServiceCollection AddCoatLineMessaging(
        this IServiceCollection services, Action<MessagingOptions>? configure = null)
    {
        var options = new MessagingOptions();
        configure?.Invoke(options);
        string[] errors = [.. options.Errors()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(configure));
        }

        services.AddSingleton(options);
        services.AddSingleton<LedgerCommits>();
        services.TryAddSingleton<IEventSource>(static provider =>
            new JournalSource(provider.GetRequiredService<Journal>()));
        services.TryAddSingleton<IEventSink>(static provider =>
            new LedgerSink(provider.GetRequiredService<ILedgerWriter>()));
        services.AddSingleton(static provider => new LedgerFeed(provider.GetRequiredService<IEventSource>()));
        return options.RabbitMq is { } broker ? services.AddRabbit(broker) : services.AddMemory(options);
    }

    private static IServiceCollection AddMemory(this IServiceCollection services, MessagingOptions options)
    {
        services.AddSingleton<BusStart>();
        services.AddSingleton<IBusOutlet, MemoryOutlet>();
        services.AddMassTransit<ICoatLineBus, CoatLineBus>(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<LedgerConsumer>();
            bus.AddConsumer<FeedAnswersConsumer>();
            bus.UsingInMemory((context, transport) => Endpoints(context, transport, options));
        });

        // After the bus, so that the host stops them before it.
        services.AddHostedService<LedgerDispatcher>();
        services.AddHostedService<EventFanOut>();
        return services;
    }

    private static void Endpoints(
        IBusRegistrationContext context, IInMemoryBusFactoryConfigurator transport, MessagingOptions options)
    {
        transport.ConnectBusObserver(context.GetRequiredService<BusStart>());
        transport.AddDeserializer(SegmentSerializer.Instance);
        transport.ReceiveEndpoint(LedgerConsumer.EndpointName, endpoint =>
        {
            // One at a time: a line's segments are committed in the order in which they come.
            endpoint.PrefetchCount = Prefetch;
            endpoint.ConcurrentMessageLimit = 1;
            // Nobody reads an error queue in memory; the journal keeps every event that is not confirmed.
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            options.ConfigureLedgerEndpoint?.Invoke(endpoint);
            endpoint.ConfigureConsumer<LedgerConsumer>(context);
        });
        string line = context.GetRequiredService<IEventSource>().Line.Value;
        transport.ReceiveEndpoint(FeedAnswersConsumer.EndpointPrefix + line, endpoint =>
        {
            endpoint.PrefetchCount = Prefetch;
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            endpoint.ConfigureConsumer<FeedAnswersConsumer>(context);
        });
    }
}
