using CoatLine.Messaging.Contracts;
using MassTransit;

namespace CoatLine.Messaging;

/// <summary>Publishes one message on a bus of MassTransit, within the bound of the options.</summary>
internal static class BoundedPublish
{
    /// <summary>The token is not always honoured by a transport, so there is an outer time-out as well.</summary>
    /// <exception cref="TimeoutException">The transport did not take it in time; it may have it all the same.
    /// </exception>
    public static async Task RunAsync<T>(
        IBus bus, T message, bool mandatory, MessagingOptions options, CancellationToken cancellationToken)
        where T : class
    {
        using var late = new CancellationTokenSource(options.PublishTimeout, options.NetworkTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await bus.Publish(message, context => Mark(context, mandatory), either.Token)
                .WaitAsync(options.PublishTimeout, options.NetworkTime, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"the transport did not take a message within {options.PublishTimeout.TotalSeconds:0.###} s", e);
        }
    }

    private static void Mark<T>(PublishContext<T> context, bool mandatory)
        where T : class
    {
        context.Mandatory = mandatory;
        if (typeof(T) == typeof(LedgerSegment))
        {
            context.Serializer = SegmentSerializer.Instance;
            context.ContentType = SegmentSerializer.MediaType;
        }
        else
        {
            // Asking again is cheaper than keeping a question or an answer on disk.
            context.Durable = false;
        }
    }
}
