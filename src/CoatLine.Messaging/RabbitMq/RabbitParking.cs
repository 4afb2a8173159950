using MassTransit;
using RabbitMQ.Client;

namespace CoatLine.Messaging;

/// <summary>
/// Sets a message aside that the ledger can never take: its bytes as they came, its reason in a header. The next
/// message is not held up. While it cannot be set aside it stays in the queue.
/// </summary>
internal sealed class RabbitParking(RabbitConnections connections, MessagingOptions options)
    : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>, IDisposable
{
    /// <summary>Header with the reason, one sentence.</summary>
    public const string ReasonHeader = "coatline-reason";

    private const int MaxReason = 500;

    private readonly SemaphoreSlim _one = new(1);
    private readonly RabbitChannel _channel =
        new(connections, "coatline parking", static (channel, token) =>
            RabbitTopology.DeclareParkedAsync(channel, token));

    public async Task ParkAsync(ReceiveContext context, string reason)
    {
        CancellationToken cancellationToken = context.CancellationToken;
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = context.ContentType?.ToString() ?? "",
            Headers = new Dictionary<string, object?>
            {
                [ReasonHeader] = reason.Length <= MaxReason ? reason : reason[..MaxReason],
            },
        };
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IChannel channel = await _channel.OpenAsync(cancellationToken).ConfigureAwait(false);
            await channel.BasicPublishAsync(
                "", RabbitTopology.ParkedQueue, mandatory: true, properties, context.Body.GetBytes(), cancellationToken)
                .AsTask().WaitAsync(options.PublishTimeout, options.NetworkTime, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It comes again at once; without a pause that would be a busy loop.
            await _channel.DisposeAsync().ConfigureAwait(false);
            await Task.Delay(options.ResendAfter, options.NetworkTime, cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A message whose bytes cannot be read, or at which the consumer failed.</summary>
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        MessagingMetrics.SegmentsParked.Add(1);
        return ParkAsync(context, "Unreadable: " + context.Exception.GetBaseException().Message);
    }

    /// <summary>A message that nobody here consumes.</summary>
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        MessagingMetrics.SegmentsParked.Add(1);
        return ParkAsync(context, "Unreadable: the message is of no kind that the ledger knows");
    }

    public void Probe(ProbeContext context) => context.CreateScope("coatline-parking");

    public ValueTask StopAsync() => _channel.DisposeAsync();

    public void Dispose() => _one.Dispose();
}
