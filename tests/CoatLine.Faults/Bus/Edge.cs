using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;
using CoatLine.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoatLine.Faults.Bus;

/// <summary>The edge by itself: a journal on the disk and its feed to a broker. The ledger is somebody else.</summary>
internal sealed class Edge : IAsyncDisposable
{
    private readonly IHost _host;

    private Edge(IHost host, Journal journal) => (_host, Journal) = (host, journal);

    public Journal Journal { get; }

    public LedgerFeed Feed => _host.Services.GetRequiredService<LedgerFeed>();

    /// <summary>Opens the journal and starts the feed.</summary>
    public static async Task<Edge> StartAsync(
        string folder, LineId line, RabbitMqOptions broker, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        var journal = Journal.Open(Path.Combine(folder, "journal.db"), line, TimeProvider.System);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(journal);
        broker.Role = MessagingRole.Edge;
        builder.Services.AddCoatLineMessaging(options => Impatient(options, broker));
        IHost host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return new Edge(host, journal);
        }
        catch
        {
            host.Dispose();
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Records so many facts, some in each transaction.</summary>
    public void Record(int count, int inOne = 20)
    {
        foreach (int[] some in Enumerable.Range(1, count).Chunk(inOne))
        {
            Journal.AppendAll([.. some.Select(i => new LinkLost("", null, $"fact {i} after {Journal.HeadSeq}"))]);
        }
    }

    /// <summary>Waits until the ledger has everything.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        using var bound = new CancellationTokenSource(patience);
        await Feed.DrainAsync(bound.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Journal.Dispose();
    }

    /// <summary>Faults last seconds here, not minutes.</summary>
    internal static void Impatient(MessagingOptions options, RabbitMqOptions broker)
    {
        options.RabbitMq = broker;
        options.ResendAfter = TimeSpan.FromMilliseconds(500);
        options.MaxResendAfter = TimeSpan.FromSeconds(2);
        options.PublishTimeout = TimeSpan.FromSeconds(5);
    }
}

/// <summary>The ledger's end by itself: takes segments from a broker and commits them.</summary>
internal sealed class LedgerEnd : IAsyncDisposable
{
    private readonly IHost _host;

    private LedgerEnd(IHost host) => _host = host;

    /// <summary>Starts it on a ledger in PostgreSQL.</summary>
    public static Task<LedgerEnd> StartAsync(
        string connection, RabbitMqOptions broker, CancellationToken cancellationToken = default) =>
        StartAsync(LedgerPlace.Server(connection), broker, null, cancellationToken);

    /// <summary>Starts it on a ledger, with something between it and the ledger.</summary>
    public static async Task<LedgerEnd> StartAsync(
        LedgerPlace ledger,
        RabbitMqOptions broker,
        Func<ILedgerWriter, ILedgerWriter>? between,
        CancellationToken cancellationToken = default)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(_ => ledger.OpenReader());
        builder.Services.AddSingleton(_ => between is null ? ledger.OpenWriter() : between(ledger.OpenWriter()));
        if (Environment.GetEnvironmentVariable("COATLINE_FAULTS_LOG") is not null)
        {
            builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        broker.Role = MessagingRole.Ledger;
        builder.Services.AddCoatLineMessaging(options => Edge.Impatient(options, broker));
        IHost host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return new LedgerEnd(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
