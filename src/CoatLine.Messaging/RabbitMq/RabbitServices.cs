using CoatLine.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>Registers the ends that a process has on RabbitMQ. The ledger's comes first: an edge wants its queue to be
/// there, and the host stops in the reverse order.</summary>
internal static class RabbitServices
{
    public static IServiceCollection AddRabbit(this IServiceCollection services, RabbitMqOptions broker)
    {
        services.AddSingleton(broker);
        services.AddSingleton<RabbitBuses>();
        services.AddSingleton(static p => new RabbitConnections(
            p.GetRequiredService<RabbitMqOptions>(), p.GetRequiredService<MessagingOptions>().NetworkTime));
        if (broker.Role is MessagingRole.Both or MessagingRole.Ledger)
        {
            AddLedger(services);
        }

        if (broker.Role is MessagingRole.Both or MessagingRole.Edge)
        {
            AddEdge(services);
        }

        return services;
    }

    private static void AddLedger(IServiceCollection services)
    {
        services.AddSingleton(static p => new RabbitLedgerEnd(
            p.GetRequiredService<IEventSink>(),
            p.GetRequiredService<LedgerCommits>(),
            p.GetRequiredService<RabbitBuses>(),
            p.GetRequiredService<RabbitConnections>(),
            p.GetRequiredService<RabbitMqOptions>(),
            p.GetRequiredService<MessagingOptions>(),
            p.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IHostedService>(static p => p.GetRequiredService<RabbitLedgerEnd>());
        services.AddHostedService<RabbitFanOut>();
        services.AddHostedService<RabbitReplay>();
    }

    private static void AddEdge(IServiceCollection services)
    {
        services.AddSingleton(static p => new RabbitEdgeEnd(
            p.GetRequiredService<IEventSource>().Line,
            p.GetRequiredService<LedgerFeed>(),
            p.GetRequiredService<RabbitBuses>(),
            p.GetRequiredService<RabbitConnections>(),
            p.GetRequiredService<RabbitMqOptions>(),
            p.GetRequiredService<MessagingOptions>(),
            p.GetRequiredService<ILogger<RabbitOutlet>>()));
        services.AddSingleton<IHostedService>(static p => p.GetRequiredService<RabbitEdgeEnd>());
        services.AddSingleton(static p => p.GetRequiredService<RabbitEdgeEnd>().Outlet);
        services.AddHostedService<LedgerDispatcher>();
    }
}
