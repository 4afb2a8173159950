using CoatLine.Engine;
using CoatLine.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoatLine.Hosting;

/// <summary>
/// Starts the MES with its host: first journal and ledger agree, then the line is connected behind. A line that cannot
/// be reached does not keep the host from starting.
/// </summary>
internal sealed class MesService(
    CoatLineMes mes, Func<LineFactRecorder> recordLineFacts, IOptions<CoatLineOptions> options)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _connecting = Task.CompletedTask;
    private LineFactRecorder? _lineFacts;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource bound = new(options.Value.AgreementTimeout, TimeProvider.System);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            await mes.AgreeAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            throw new LedgerFeedException(
                $"the ledger did not answer within {options.Value.AgreementTimeout.TotalSeconds:0} s: "
                + mes.Feed.Reason);
        }

        // Not before journal and ledger agree, and before the line can report anything.
        _lineFacts = recordLineFacts();
        _connecting = options.Value.ConnectLine ? mes.ConnectAsync(_stopping.Token) : Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_lineFacts is not null)
        {
            await _lineFacts.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _stopping.Dispose();
}
