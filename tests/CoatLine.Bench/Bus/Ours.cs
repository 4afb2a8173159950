using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;
using CoatLine.Ledger.Postgres;
using CoatLine.Ledger.Proof;
using CoatLine.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.Bench.Bus;

/// <summary>The product: journal on the disk, dispatch, duplicates dropped, chain recomputed, rows and head committed,
/// and a signed checkpoint at the end of a run; with or without each event published by itself for
/// dashboards.</summary>
internal sealed class Ours(Func<RabbitMqOptions> broker, string owner, string folder, bool publishes) : IPipeline
{
    /// <summary>Facts of one journal transaction when there are many: as many as the raw pipeline puts into a message.
    /// </summary>
    private const int AtOnce = 500;

    /// <summary>Octets of an event beside the text in it.</summary>
    private const int Around = 352;

    private static readonly LineId Line = new("bench");

    private static readonly string Filling = new('x', Payloads.Octets - Around);

    private IHost? _edge;
    private IHost? _ledger;
    private Journal? _journal;
    private Flow? _flow;
    private string _run = "";
    private long _base;

    public string Name => publishes ? "ours, and each event to dashboards" : "ours, complete";

    /// <summary>Octets of the last event that was recorded.</summary>
    public int EventOctets { get; private set; }

    /// <summary>A fact of the usual length.</summary>
    public static BatchEvent Fact(int number) =>
        new LinkLost(string.Empty, null, FormattableString.Invariant($"{number:0000000} {Filling}"));

    public async Task PrepareAsync(Flow flow)
    {
        await DisposeAsync();
        _flow = flow;
        _run = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        PostgresLayout.Migrate(owner);
        LedgerPlace place = LedgerPlace.Server(owner);
        await Clear.RunAsync(owner);
        _ledger = Build(MessagingRole.Ledger, services =>
        {
            services.AddSingleton(_ => place.OpenReader());
            services.AddSingleton(_ => place.OpenWriter());
        });
        await _ledger.StartAsync();
        _ledger.Services.GetRequiredService<LedgerCommits>().Moved += OnMoved;
        _journal = Journal.Open(Path.Combine(_run, "journal.db"), Line, TimeProvider.System);
        _base = _journal.HeadSeq;
        _edge = Build(MessagingRole.Edge, services => services.AddSingleton(_journal));
        await _edge.StartAsync();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _edge.Services.GetRequiredService<LedgerFeed>().AgreeAsync(bound.Token);
    }

    public Task SendAsync(int first, int count)
    {
        for (int at = first; at < first + count; at += AtOnce)
        {
            int many = Math.Min(AtOnce, first + count - at);
            BatchEvent[] facts = [.. Enumerable.Range(at, many).Select(Fact)];
            IReadOnlyList<ChainedEvent> recorded = _journal!.AppendAll(facts);
            EventOctets = recorded[^1].Payload.Length;
            _flow!.Begin(at, many);
        }

        return Task.CompletedTask;
    }

    public Task FinishAsync()
    {
        using var reader = new PostgresReader(owner);
        new LedgerNotary(
            reader,
            new CheckpointFolder(Path.Combine(_run, "checkpoints")),
            new KeyFolder(Path.Combine(_run, "keys")),
            TimeProvider.System).Sign(Line);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IHost? host in new[] { _edge, _ledger })
        {
            if (host is not null)
            {
                await host.StopAsync();
                host.Dispose();
            }
        }

        _journal?.Dispose();
        (_edge, _ledger, _journal) = (null, null, null);
        if (_run.Length > 0)
        {
            Directory.Delete(_run, recursive: true);
            _run = "";
        }
    }

    private IHost Build(MessagingRole role, Action<IServiceCollection> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        RabbitMqOptions to = broker();
        to.Role = role;
        to.PublishEvents = publishes;
        builder.Services.AddCoatLineMessaging(options => options.RabbitMq = to);
        return builder.Build();
    }

    private void OnMoved(LedgerMark mark, int committed)
    {
        if (committed > 0)
        {
            _flow!.CommitThrough((int)(mark.Seq - _base));
        }
    }
}
