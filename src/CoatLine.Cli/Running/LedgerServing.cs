using System.Collections.Concurrent;
using CoatLine.Cli.Output;
using CoatLine.Ledger;
using CoatLine.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.Cli.Running;

/// <summary>Runs the ledger's end of the feed until it is told to end, and says how far each line has come.</summary>
internal sealed class LedgerServing(LedgerPlace place, RabbitMqOptions broker, Report report, TimeProvider real)
{
    /// <summary>How often a line that has moved is spoken of, at most.</summary>
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long the host may take to stop.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(500);

    private readonly HostLog _log = new();
    private readonly ConcurrentDictionary<string, (long Seq, long Committed)> _lines = new();
    private readonly Dictionary<string, (long Seq, long Committed)> _told = [];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await MesHost.GuardAsync(async () =>
        {
            using IHost host = Host();
            try
            {
                await FindLedgerAsync(host.Services.GetRequiredService<ILedgerReader>(), cancellationToken)
                    .ConfigureAwait(false);
                host.Services.GetRequiredService<LedgerCommits>().Moved += OnMoved;
                await host.StartAsync(cancellationToken).ConfigureAwait(false);
                _log.Started();
                report.Line($"{place.Name} takes what comes over the broker at {broker.Address}. Ctrl-C ends.");
                await TellAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The regular end.
            }
            finally
            {
                using CancellationTokenSource bound = new(EndTimeout, real);
                await host.StopAsync(bound.Token).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        Tell();
        report.Line($"Ended: {_lines.Values.Sum(static l => l.Committed)} events committed.");
        return ExitCode.Done;
    }

    private IHost Host()
    {
        HostApplicationBuilder builder =
            Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        _log.AddTo(builder.Logging);
        builder.Services.AddSingleton(_ => place.OpenReader());
        builder.Services.AddSingleton(_ => place.OpenWriter());
        builder.Services.AddCoatLineMessaging(o => o.RabbitMq = broker);
        return builder.Build();
    }

    /// <summary>Waits for a database that cannot be reached as long as for a broker that cannot; what is no ledger is
    /// said at once.</summary>
    private async Task FindLedgerAsync(ILedgerReader reader, CancellationToken cancellationToken)
    {
        long begun = real.GetTimestamp();
        while (true)
        {
            try
            {
                reader.Mark(default);
                return;
            }
            catch (LedgerException e) when (e.Fault is LedgerFault.Missing or LedgerFault.NotALedger)
            {
                throw CommandFailedException.BadInput(e.Message, e);
            }
            catch (LedgerException e) when (e.Fault == LedgerFault.Unavailable
                && real.GetElapsedTime(begun) < broker.StartTimeout)
            {
                await Task.Delay(BetweenAttempts, real, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(StatusInterval, real, cancellationToken).ConfigureAwait(false);
            Tell();
        }
    }

    private void OnMoved(LedgerMark mark, int committed) => _lines.AddOrUpdate(
        mark.Line.Value, (mark.Seq, committed), (_, known) => (mark.Seq, known.Committed + committed));

    private void Tell()
    {
        foreach ((string line, (long Seq, long Committed) now) in _lines.OrderBy(static l => l.Key))
        {
            if (!_told.TryGetValue(line, out (long Seq, long Committed) told) || told != now)
            {
                _told[line] = now;
                long fresh = now.Committed - told.Committed;
                report.Line(FormattableString.Invariant(
                    $"{real.GetUtcNow():HH:mm:ss}  {line}: {now.Seq} events, {fresh} of them new"));
            }
        }
    }
}
