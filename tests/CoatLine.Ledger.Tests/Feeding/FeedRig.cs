using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.Ledger.Tests.Feeding;

/// <summary>A host with a real journal, a real bus in memory and a real ledger, in one folder.</summary>
internal sealed class FeedRig : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come; never a measure of speed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private FeedRig(IHost host, Journal journal, LedgerStore ledger) =>
        (_host, Journal, Ledger) = (host, journal, ledger);

    public Journal Journal { get; }

    public LedgerStore Ledger { get; }

    public LedgerFeed Feed => _host.Services.GetRequiredService<LedgerFeed>();

    public IBus Bus => _host.Services.GetRequiredService<ICoatLineBus>();

    public static async Task<FeedRig> StartAsync(TemporaryFolder folder, FeedFaults? faults = null)
    {
        var journal = Journal.Open(folder.File("journal.db"), SampleChain.Line, TimeProvider.System);
        LedgerStore ledger = LedgerStore.Open(folder.File("ledger.db"));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(journal);
        builder.Services.AddSingleton<ILedgerWriter>(ledger);
        faults?.Services?.Invoke(builder.Services);
        if (faults?.Ledger is { } broken)
        {
            builder.Services.AddSingleton<IEventSink>(new FaultySink(ledger, broken));
        }

        builder.Services.AddCoatLineMessaging(options =>
        {
            options.ResendAfter = TimeSpan.FromMilliseconds(100);
            options.MaxResendAfter = TimeSpan.FromMilliseconds(400);
            options.MaxSegmentEvents = faults?.MaxSegmentEvents ?? 500;
            options.ConfigureLedgerEndpoint = endpoint =>
            {
                if (faults?.Segment is { } decide)
                {
                    endpoint.UseFilter(new SegmentFaults(decide));
                }
            };
        });
        IHost host = builder.Build();
        await host.StartAsync();
        return new FeedRig(host, journal, ledger);
    }

    /// <summary>Records so many facts, a few per transaction.</summary>
    public void Record(int count)
    {
        foreach (int[] some in Enumerable.Range(1, count).Chunk(7))
        {
            Journal.AppendAll([.. some.Select(i => new LinkLost("", null, $"fact {i}"))]);
        }
    }

    public async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Feed.DrainAsync(patience.Token);
    }

    /// <summary>Waits until the status is such.</summary>
    public async Task<FeedStatus> UntilAsync(Func<FeedStatus, bool> reached)
    {
        var seen = new TaskCompletionSource<FeedStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(FeedStatus status)
        {
            if (reached(status))
            {
                seen.TrySetResult(status);
            }
        }

        Feed.StatusChanged += Look;
        Look(Feed.Status);
        FeedStatus result = await seen.Task.WaitAsync(Patience);
        Feed.StatusChanged -= Look;
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Journal.Dispose();
        Ledger.Dispose();
    }
}
