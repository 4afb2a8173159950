using MassTransit;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>Makes the buses of MassTransit on RabbitMQ. They are made by hand and not by the container, so that one of
/// them can be dropped and made anew; and a bus made by hand has no usage telemetry.</summary>
internal sealed class RabbitBuses(RabbitMqOptions options)
{
    /// <summary>How many segments wait in the consumer's hand; more only take memory.</summary>
    private const int Prefetch = 16;

    /// <summary>Answers kept for an edge that does not read; the oldest give way, and it asks again.</summary>
    private const int MaxAnswers = 1000;

    public IBusControl Publisher(string name) => Create(name, static _ => { });

    /// <summary>The consumer of the ledger's queue; others of the same queue stand by.</summary>
    public IBusControl Ledger(Func<LedgerConsumer> consumer, RabbitParking parking) =>
        Create("coatline ledger in", bus => bus.ReceiveEndpoint(LedgerConsumer.EndpointName, endpoint =>
        {
            foreach ((string key, object? value) in RabbitTopology.LedgerArguments)
            {
                endpoint.SetQueueArgument(key, value);
            }

            endpoint.PrefetchCount = Prefetch;
            // One at a time: a line's segments are committed in the order in which they come.
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.ConfigureError(pipe => pipe.UseFilter(parking));
            endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(parking));
            endpoint.Consumer(consumer);
        }));

    /// <summary>The consumer of the answers to one edge, in a queue of its own.</summary>
    public IBusControl Answers(string queue, Func<FeedAnswersConsumer> consumer) =>
        Create("coatline edge in", bus => bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.Durable = false;
            endpoint.AutoDelete = true;
            endpoint.QueueExpiration = RabbitTopology.AnswersExpiry;
            endpoint.SetQueueArgument("x-max-length", MaxAnswers);
            endpoint.PrefetchCount = Prefetch;
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            endpoint.Consumer(consumer);
        }));

    private IBusControl Create(string name, Action<IRabbitMqBusFactoryConfigurator> endpoints) =>
        Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(options.Host, (ushort)options.EffectivePort, options.VirtualHost, name, host =>
            {
                host.Username(options.User);
                host.Password(BrokerPassword.Find(options).Password ?? "");
                host.Heartbeat(options.Heartbeat);
                host.PublisherConfirmation = true;
                host.RequestedConnectionTimeout(RabbitConnections.ConnectTimeout);
                if (options.Tls is { } tls)
                {
                    host.UseSsl(ssl => Encrypt(ssl, tls));
                }
            });
            bus.AddDeserializer(SegmentSerializer.Instance);
            endpoints(bus);
        });

    private void Encrypt(IRabbitMqSslConfigurator ssl, RabbitMqTlsOptions tls)
    {
        ssl.ServerName = tls.ServerName ?? options.Host;
        ssl.Protocol = RabbitMqTlsOptions.Protocols;
        ssl.CertificateValidationCallback = tls.Judge();
        ssl.Certificate = tls.Own();
    }
}
